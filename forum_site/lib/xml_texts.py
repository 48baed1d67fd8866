"""Texts for files made of XML: feeds, schedules, spreadsheets."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def for_xml(text: object) -> str:
    """The text without signs that XML 1.0 cannot hold, not even escaped: one of them makes the whole file unreadable.

    They come with what is pasted from other programs, and nobody sees them.
    """
    return _NOT_IN_XML.sub("", str(text))
