"""What is wrong with the HTML of a page."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import html5lib

REFERENCES = ("for", "list", "form", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
REFERENCES += ("aria-activedescendant", "aria-details", "aria-errormessage", "popovertarget")
#: What may not stand inside what, as a press on it would mean two things.
PRESSED = {"a", "button", "label", "select", "summary", "textarea"}
NOT_INSIDE = {"a": PRESSED, "button": PRESSED, "label": {"label"}}


class MarkupReader(HTMLParser):
    """Identifiers, what refers to them, and elements at places where a parser that forgives does not mind them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: list[str] = []
        self.problems: list[str] = []
        self._pressed: list[str] = []
        self._headings = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes: dict[str, Any] = dict(attrs)
        if len(attributes) < len(attrs):
            self.problems.append(f"<{tag}> says something twice")
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.references += [one for name in REFERENCES for one in (attributes.get(name) or "").split()]
        self._headings += tag == "h1"
        if tag == "img" and "alt" not in attributes:
            self.problems.append(f"picture without words: {attributes.get('src')}")
        if tag in PRESSED:
            self.problems += [f"<{tag}> in <{one}>" for one in self._pressed if tag in NOT_INSIDE.get(one, ())]
            self._pressed.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in PRESSED and tag in self._pressed:
            self._pressed.remove(tag)

    def faults(self) -> list[str]:
        """Return what a page may not have."""
        doubles = {one for one in self.ids if self.ids.count(one) > 1}
        missing = set(self.references) - set(self.ids)
        found = [f"id twice: {one}" for one in sorted(doubles)] + [f"no such id: {one}" for one in sorted(missing)]
        return [*self.problems, *found, *([f"{self._headings} × <h1>"] if self._headings != 1 else [])]


def faults_of(text: str) -> list[str]:
    """Return what a strict parser complains of, and what it does not see."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    complaints = [f"line {line}: {code} {detail}" for (line, _column), code, detail in parser.errors]
    return [*complaints, *MarkupReader(text).faults()]
