"""The lines of a brief: tidied up, joined where they were broken, and in which language they are."""

from __future__ import annotations

import re
import unicodedata

from .decoding import normalise_line_ends

SPACES = re.compile(r"\s+")
INVISIBLE = {"\ufeff", "\u200b", "\u2060", "\u200e", "\u200f"}
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
SENTENCE_END = re.compile("[.!?。！？…][\"'”’」』)）]*$")
BULLET = re.compile(r"^(?:[-–—•·●○■◆▪‣*]+\s*|[(（]?\d{1,2}[.)）、．](?!\d)\s*|[①-⑳]\s*)")


def split_lines(text: str) -> list[str]:
    """The lines of a text, without invisible and control characters; tabs and wide spaces are kept."""
    return [_visible(line) for line in normalise_line_ends(text).split("\n")]


def tidy(text: str) -> str:
    """The text with every run of spaces (also no-break and ideographic ones) as one space."""
    return SPACES.sub(" ", text).strip()


def without_bullet(text: str) -> str:
    """The text without a leading bullet or item number; the text itself where nothing else is left."""
    return BULLET.sub("", text, count=1).strip() or text


def ends_sentence(text: str) -> bool:
    """Whether the text closes with the mark of a sentence."""
    return bool(SENTENCE_END.search(text))


def join_lines(lines: list[str]) -> str:
    """Wrapped lines as one text: with a space, but without one between two Han characters."""
    joined = lines[0] if lines else ""
    for line in lines[1:]:
        glue = "" if HAN.match(line[:1]) and not LATIN.match(joined[-1:]) else " "
        joined += glue + line
    return joined


def language_of(text: str) -> str:
    """ "zh-hans" for a text written mostly in Chinese characters, else "en"."""
    # A Chinese word takes about two characters, an English one about six letters.
    return "zh-hans" if len(HAN.findall(text)) * 3 > len(LATIN.findall(text)) else "en"


def _visible(line: str) -> str:
    return "".join(
        character
        for character in line
        if character == "\t" or (character not in INVISIBLE and unicodedata.category(character) not in ("Cc", "Cs"))
    )
