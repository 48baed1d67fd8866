"""Reads the form of a page as a browser would send it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Form(HTMLParser):
    """Collects the fields of the form with a given ``id``."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.is_inside, self.data = form_id, False, {}
        self.select, self.area = "", ""

    def handle_starttag(self, tag: str, pairs: Any) -> None:
        attrs = dict(pairs)
        if tag == "form":
            self.is_inside = attrs.get("id", "") == self.form_id
        if not self.is_inside or "__prefix__" in attrs.get("name", "") or "disabled" in attrs:
            return
        name, kind = attrs.get("name", ""), attrs.get("type", "text")
        if tag == "input" and name and kind not in {"submit", "file"}:
            if kind not in {"checkbox", "radio"} or "checked" in attrs:
                self._add(name, attrs.get("value", "on" if kind in {"checkbox", "radio"} else "") or "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in attrs:
            self._add(self.select, attrs.get("value", ""))
        elif tag == "textarea":
            self.area = name
            self._add(name, "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, text: str) -> None:
        if self.is_inside and self.area:
            self.data[self.area][-1] += text.removeprefix("\n")

    def _add(self, name: str, value: str) -> None:
        self.data.setdefault(name, []).append(value)


def form_data(response: Any, form_id: str) -> dict[str, Any]:
    """Return what the form would send if nothing were changed, without the protection token."""
    parser = _Form(form_id)
    parser.feed(response.content.decode())
    parser.data.pop("csrfmiddlewaretoken", None)
    return {name: values[0] if len(values) == 1 else values for name, values in parser.data.items()}
