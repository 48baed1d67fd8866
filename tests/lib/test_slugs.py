import pytest

from forum_site.lib.slugs import free_slug, slugify_name


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Rules That Travel: Accountable AI", "rules-that-travel-accountable-ai"),
        ("Founders’ Hall", "founders-hall"),
        ("Science & Technology", "science-and-technology"),
        ("AI/ML", "ai-ml"),
        ("Łódź, Sønderborg, Straße", "lodz-sonderborg-strasse"),
        ("Tomáš Ďurčo", "tomas-durco"),
        ("人工智能治理", ""),
        ("2026 年度论坛", "2026"),
        ("", ""),
    ],
)
def test_slugify_name_writes_ascii(text, slug):
    assert slugify_name(text) == slug


def test_slugify_name_is_cut_at_a_word():
    assert slugify_name("one two three", max_length=9) == "one-two"
    assert slugify_name("one two three", max_length=7) == "one-two"
    assert slugify_name("x" * 20, max_length=5) == "xxxxx"


def test_free_slug_keeps_a_free_one():
    assert free_slug("opening", set().__contains__) == "opening"


def test_free_slug_counts_on():
    assert free_slug("opening", {"opening", "opening-2"}.__contains__) == "opening-3"


def test_free_slug_stands_in_for_an_empty_one():
    assert free_slug("", {"item"}.__contains__) == "item-2"


def test_free_slug_leaves_room_for_the_number():
    assert free_slug("abcdef", {"abcdef"}.__contains__, max_length=6) == "abcd-2"
