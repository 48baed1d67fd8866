"""The fonts of the site for drawing: which sign comes from which file."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "static" / "fonts"
#: Signs that both Latin and Chinese print; they look like the signs around them.
SHARED = frozenset("“”‘’—…·")
UNKNOWN = "\uffff"


class Typefaces:
    """Serif, sans and Chinese at one size each time; made for one drawing and then forgotten, for memory's sake."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[str, int], FreeTypeFont] = {}

    def width(self, text: str, face: str, size: int) -> float:
        """The length of a line in pixels."""
        return sum(self.font(name, size).getlength(run) for name, run in runs(text, face))

    def font(self, name: str, size: int) -> FreeTypeFont:
        """A file at a size; the serif with the optical size that fits."""
        if (name, size) not in self._fonts:
            self._fonts[name, size] = _open(name, size)
        return self._fonts[name, size]


#: Which signs the Chinese font has, as far as anybody asked.
_known: dict[str, bool] = {}


def can_draw(text: str) -> bool:
    """Return whether every sign of the text is in one of the fonts."""
    signs = {sign for sign in plain(text) if _file(sign, "serif") == "song"}
    if unknown := signs - _known.keys():
        font = _open("song", 16)
        empty_box = bytes(font.getmask(UNKNOWN))
        _known.update((sign, bytes(font.getmask(sign)) != empty_box) for sign in unknown)
    return all(_known[sign] for sign in signs)


def plain(text: str) -> str:
    """One line of composed signs, without the invisible ones."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(sign for sign in composed if unicodedata.category(sign) != "Cf").split())


def runs(text: str, face: str) -> list[tuple[str, str]]:
    """Cut a line where the font changes: pairs of a font's name and its signs."""
    names: list[str] = []
    for sign in text:
        follows_chinese = bool(names) and names[-1] == "song"
        names.append("song" if sign in SHARED and follows_chinese else _file(sign, face))
    pairs = zip(names, text, strict=True)
    return [(name, "".join(sign for _name, sign in group)) for name, group in groupby(pairs, key=lambda pair: pair[0])]


def is_wide(sign: str) -> bool:
    """Whether a sign is as wide as it is high, and a line may end after it."""
    return unicodedata.east_asian_width(sign) in "WF"


@lru_cache(maxsize=1024)
def _file(sign: str, face: str) -> str:
    code = ord(sign)
    if 0x100 <= code <= 0x2FF or 0x1E00 <= code <= 0x1EFF:
        return f"{face}-ext"
    return face if code < 0x100 or 0x2000 <= code <= 0x206F or sign in "€™−" else "song"


def _open(name: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    if name == "song":
        return ImageFont.truetype(HERE / "fonts" / "forum-song.woff2", size)
    face, _, extended = name.partition("-")
    file = f"forum-{face}-latin{'-ext' if extended else ''}.woff2"
    font = ImageFont.truetype(STATIC / file, size)
    font.set_variation_by_axes([min(60, max(18, size)) if face == "serif" else 400])
    return font
