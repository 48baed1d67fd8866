import pytest
from django.utils.safestring import SafeString

from forum_site.lib.markdown import paragraphs, plain_text, render_markdown


def test_render_markdown_makes_safe_html():
    html = render_markdown("A **bold** and ~~old~~ word.\n\n1. one\n2. two")

    assert isinstance(html, SafeString)
    assert html == ("<p>A <strong>bold</strong> and <s>old</s> word.</p>\n<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**重要：**内容", "<strong>重要：</strong>内容"),
        ("请看**《议程》**第二页", "请看<strong>《议程》</strong>第二页"),
        ("地点**“主楼”**一层*（待定）*，线上同步", "地点<strong>“主楼”</strong>一层<em>（待定）</em>，线上同步"),
        ("**重要** ** 不是", "<strong>重要</strong> ** 不是"),
        ("2 * 3 * 4 与 a*b*c", "2 * 3 * 4 与 a<em>b</em>c"),
        ("**Note:**text", "**Note:**text"),
    ],
)
def test_emphasis_beside_chinese_punctuation(text, html):
    assert render_markdown(text) == f"<p>{html}</p>\n"


def test_render_markdown_of_nothing_is_nothing():
    assert render_markdown(" \n") == ""


@pytest.mark.parametrize(
    ("text", "offset", "html"),
    [
        ("# One", 1, "<h2>One</h2>\n"),
        ("## Two", 1, "<h3>Two</h3>\n"),
        ("# One", 0, "<h2>One</h2>\n"),
        ("# One", 2, "<h3>One</h3>\n"),
        ("###### Six", 1, "<h3>Six</h3>\n"),
        ("# A\n### B\n#### C\n# D", 0, "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>\n<h2>D</h2>\n"),
        ("One\n===", 1, "<h2>One</h2>\n"),
    ],
)
def test_render_markdown_leaves_the_first_heading_to_the_page(text, offset, html):
    assert render_markdown(text, heading_offset=offset) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<iframe src=//evil.example></iframe>",
        '<p style="position:fixed">x</p>',
    ],
)
def test_render_markdown_lets_no_markup_through(text):
    html = render_markdown(text)

    assert not any(sign in html for sign in ("<script", "<img", "<iframe", "<p style", "href"))


def test_render_markdown_links_without_opener():
    assert render_markdown("[site](https://example.org)") == (
        '<p><a href="https://example.org" rel="noopener">site</a></p>\n'
    )
    assert 'href="/en/"' in render_markdown("[home](/en/)")


@pytest.mark.parametrize("source", ["https://evil.example/x.png", "//evil.example/x.png", "x.png"])
def test_render_markdown_loads_no_image_from_elsewhere(source):
    assert "evil" not in render_markdown(f"![alt]({source})")
    assert "src" not in render_markdown(f"![alt]({source})")


def test_render_markdown_shows_own_images():
    assert 'src="/media/a.png"' in render_markdown("![Hall](/media/a.png)")


def test_render_markdown_aligns_cells_without_style():
    html = render_markdown("| a | b |\n|---|--:|\n| 1 | 2 |")

    assert '<td class="align-right">2</td>' in html
    assert "style" not in html


def test_render_markdown_keeps_chinese():
    assert render_markdown("**人工智能**治理") == "<p><strong>人工智能</strong>治理</p>\n"


def test_plain_text_has_only_words():
    assert plain_text("# Title\n\nA **bold** [link](/x) & more <b>") == "Title A bold link & more <b>"
    assert plain_text("About *this*.") == "About this."


def test_paragraphs_are_parted_by_blank_lines():
    assert paragraphs("One\ntwo\r\n\r\n \nthree\n") == ["One two", "three"]
    assert paragraphs("") == []
