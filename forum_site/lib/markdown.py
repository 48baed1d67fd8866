"""Markdown as organizers write it, turned into clean HTML."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize
from markdown_it.token import Token

TAGS = {"p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img"}
TAGS |= {"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}, "th": {"class"}, "td": {"class"}}
#: A sign of Chinese, Japanese or Korean, with their punctuation.
CJK = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003134f]")
ALIGNMENT = re.compile(r"text-align:\s*(left|center|right)")


def render_markdown(text: str, *, heading_offset: int = 1) -> SafeString:
    """Clean HTML of a Markdown text; "" for an empty one.

    HTML in the text is shown as it was typed. A heading of level n becomes level n + `heading_offset`, between 2 and 6,
    and never skips a level. Images must lie on this site. Aligned cells of tables have the class "align-center" or
    "align-right".
    """
    if not text.strip():
        return SafeString("")
    html = _parser().render(text, {"heading_offset": heading_offset})
    return mark_safe(_clean(html))


def plain_text(text: str) -> str:
    """The words of a Markdown text without any marks, on one line; for descriptions and search."""
    html = re.sub(r"</?(?:a|b|code|del|em|i|s|strong|sub|sup)\b[^>]*>", "", render_markdown(text))
    words = re.sub(r"<[^>]+>", " ", html)
    return re.sub(r"\s+", " ", _unescape(words)).strip()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text: parts between blank lines, each on one line, without empty ones."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return [" ".join(part.split()) for part in parts if part.strip()]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """The preset for untrusted text: no HTML, and links typed without brackets stay as they are."""
    parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    parser.core.ruler.push("house", _adapt)
    parser.inline.ruler.at("emphasis", _emphasis)
    return parser


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Let stars open and close beside Chinese, which has no spaces; CommonMark prints those of "**重要：**内容"."""
    start, known = state.pos, len(state.delimiters)
    if not tokenize(state, silent):
        return False
    before, after = state.src[start - 1 : start] if start else "", state.src[state.pos : state.pos + 1]
    if state.src[start] == "*":
        for delimiter in state.delimiters[known:]:
            delimiter.open = delimiter.open or bool(CJK.match(before) and after.strip())
            delimiter.close = delimiter.close or bool(CJK.match(after) and before.strip())
    return True


def _adapt(state: Any) -> None:
    offset = state.env.get("heading_offset", 1)
    above = 1 + offset
    for token in state.tokens:
        if token.type == "heading_open":
            above = min(6, above + 1, max(2, int(token.tag[1:]) + offset))
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{above}"
        elif token.type in {"th_open", "td_open"}:
            _name_alignment(token)


def _name_alignment(token: Token) -> None:
    """A class for the style attribute, which the content security policy would ignore."""
    match = ALIGNMENT.search(str(token.attrs.pop("style", "")))
    if match and match[1] != "left":
        token.attrSet("class", f"align-{match[1]}")


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_own_images_only,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )


def _own_images_only(tag: str, attribute: str, value: str) -> str | None:
    is_foreign = not value.startswith("/") or value.startswith(("//", "/\\"))
    return None if (tag, attribute) == ("img", "src") and is_foreign else value


def _unescape(html: str) -> str:
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", " "), ("&amp;", "&")):
        html = html.replace(entity, sign)
    return html
