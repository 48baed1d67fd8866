"""Breaking a text into lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from forum_site.lib.cards.typefaces import Typefaces, is_wide, plain
from forum_site.lib.chinese_words import chinese_pieces, is_han

#: A line does not begin with these, nor end with those.
NOT_FIRST = frozenset("，。、；：！？）》」』】”’…—·,.;:!?)")
NOT_LAST = frozenset("（《「『【“‘(")


@dataclass(frozen=True)
class Setting:
    """Lines of one size in pixels, with the distance between two of them."""

    lines: list[str]
    size: int
    leading: int

    @property
    def height(self) -> int:
        """From the top of the first line to the foot of the last."""
        return len(self.lines) * self.leading


def fit(text: str, faces: Typefaces, *, face: str, width: int, sizes: Sequence[tuple[int, int]]) -> Setting:
    """Set the text in the first size that needs no more than its number of lines; the last size cuts it.

    ``sizes``: pairs of a size and its most lines. Lines are made about equally long.
    """
    text = plain(text)
    for size, most in sizes:
        lines = _balanced(text, _measure(faces, face, size), width)
        if len(lines) <= most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], _measure(faces, face, size), width)]
    loose = 1.32 if any(is_wide(sign) for sign in text) else 1.16
    return Setting(lines, size, round(size * loose))


def _measure(faces: Typefaces, face: str, size: int) -> Callable[[str], float]:
    return lambda line: faces.width(line, face, size)


def _balanced(text: str, measure: Callable[[str], float], width: int) -> list[str]:
    """Break at the narrowest width that needs no more lines."""
    lines = _broken(text, measure, width)
    low, high = width // max(1, len(lines)), width
    while len(lines) > 1 and high - low > 8:
        middle = (low + high) // 2
        tried = _broken(text, measure, middle)
        if len(tried) <= len(lines) and all(measure(line) <= middle for line in tried):
            lines, high = tried, middle
        else:
            low = middle
    return lines


def _broken(text: str, measure: Callable[[str], float], width: float) -> list[str]:
    lines = [""]
    for piece in pieces(text):
        if lines[-1] and measure((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def pieces(text: str) -> list[str]:
    """Cut a text where a line may end: at blanks, and around signs as wide as high, but not inside Chinese words."""
    ends = set(accumulate(len(piece) for piece in chinese_pieces(text)))
    found: list[str] = []
    for place, sign in enumerate(text):
        before = found[-1][-1] if found else ""
        if is_han(before) and is_han(sign):
            breaks = place in ends
        elif not before or sign == " " or sign in NOT_FIRST or before in NOT_LAST:
            breaks = not before
        else:
            breaks = before == " " or is_wide(sign) or is_wide(before)
        found[-1:] = [*found[-1:], sign] if breaks else [found[-1] + sign]
    return found


def _cut(line: str, measure: Callable[[str], float], width: int) -> str:
    while line and measure(f"{line}…") > width:
        line = line[:-1].rstrip()
    return f"{line}…"
