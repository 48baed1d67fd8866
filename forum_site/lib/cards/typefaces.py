"""The fonts of the site for drawing: which sign comes from which file."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
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
#: Letters with a dot below and the like, which stand in the main file: Yoruba, Igbo, Sanskrit, Arabic in Latin letters.
_DOTTED = "ḌḍḤḥḶḷṂṃṄṅṆṇṚṛṢṣṬṭẒẓẠạẸẹỊịỌọỤụ"
_SINGLE = frozenset(map(ord, f"{_DOTTED}ƒǦǧǴǵȘșȚțˆ˚˜€™−"))
#: The files of a Latin face by their endings, with the codes in each, as in the style sheet (css/tokens.css): the first
#: that has a sign counts.
PARTS: dict[str, list[Collection[int]]] = {
    "latin": [range(0x180), range(0x1CD, 0x1DD), range(0x2000, 0x2070), _SINGLE],
    "vietnamese": [range(0x1A0, 0x1A2), range(0x1AF, 0x1B1), range(0x1EA0, 0x1EFA), range(0x20AB, 0x20AC)],
    "rest": [range(0x180, 0x300), range(0x1E00, 0x1EA0)],
}


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


#: Which signs a font has, as far as anybody asked: by the font's name and the sign.
_known: dict[tuple[str, str], bool] = {}


def can_draw(text: str) -> bool:
    """Return whether every sign of the text is in the font from which it would be drawn."""
    needed = {(_file(sign, "serif"), sign) for sign in plain(text) if not sign.isascii()}
    unknown = needed - _known.keys()
    for name in {name for name, _sign in unknown}:
        font = _open(name, 18)
        empty_box = bytes(font.getmask(UNKNOWN))
        signs = [sign for other, sign in unknown if other == name]
        _known.update(((name, sign), bytes(font.getmask(sign)) != empty_box) for sign in signs)
    return all(_known[key] for key in needed)


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
    part = next((part for part, ranges in PARTS.items() if any(code in codes for codes in ranges)), None)
    return "song" if part is None else f"{face}-{part}"


def _open(name: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    if name == "song":
        return ImageFont.truetype(HERE / "fonts" / "forum-song.woff2", size)
    font = ImageFont.truetype(STATIC / f"forum-{name}.woff2", size)
    font.set_variation_by_axes([min(60, max(20, size)) if name.startswith("serif") else 400])
    return font
