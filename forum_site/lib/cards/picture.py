"""The drawing itself: name above, title below it, words at the foot, and the hall of the edition on the lower edge."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forum_site.lib.cards.setting import Setting, fit
from forum_site.lib.cards.typefaces import Typefaces, plain, runs
from forum_site.lib.colours import accent_scheme
from forum_site.lib.hall import DOT, draw_hall, small_mark

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

DRAWING = 2  # to be raised when the same words would look different
WIDTH, HEIGHT, MARGIN = 1200, 630, 72
PAPER, INK, MUTED, SEAT, SECOND_SEAT = "#FBFAF6", "#131A30", "#4D5367", "#D6D1C6", "#A3A3AE"
TITLE_SIZES = [(76, 2), (64, 3), (54, 3), (46, 4), (38, 5), (32, 6)]
SECOND_SIZES = [(30, 2), (26, 3), (22, 4)]
FOOT_SIZES = [(34, 2), (28, 3)]
HALL_WIDTH, FOOT_WIDTH = 500, 520
FINENESS = 3  # dots are drawn larger and made smaller, for smooth edges


@dataclass(frozen=True)
class Card:
    """The words of a picture: ``second`` stands muted below the title, ``foot`` and ``foot_note`` at the lower edge.

    ``slug`` gives the hall and ``accent`` its light.
    """

    slug: str
    accent: str
    name: str
    title: str
    second: str = ""
    foot: str = ""
    foot_note: str = ""


def draw_card(card: Card) -> bytes:
    """Return the picture as PNG of 1200 by 630 pixels; about a quarter of a second."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    accent = accent_scheme(card.accent).light
    _paste_hall(image, card.slug, accent)
    pen = _Pen(ImageDraw.Draw(image), Typefaces())
    _head(image, pen, card, accent)
    _body(pen, card)
    _foot(pen, card)
    output = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(output, "PNG", optimize=True)
    return output.getvalue()


class _Pen:
    """Writes lines of mixed scripts on one baseline."""

    def __init__(self, draw: ImageDraw, faces: Typefaces) -> None:
        self.draw, self.faces = draw, faces

    def write(self, setting: Setting, face: str, top: int, colour: str, *, left: int = MARGIN) -> int:
        """Write the lines from ``top`` on and return where they end."""
        for number, line in enumerate(setting.lines):
            baseline = top + number * setting.leading + round(setting.size * 0.92)
            self._line(line, face, setting.size, left, baseline, colour)
        return top + setting.height

    def _line(self, line: str, face: str, size: int, x: float, baseline: int, colour: str) -> None:
        for name, run in runs(line, face):
            font = self.faces.font(name, size)
            self.draw.text((x, baseline), run, font=font, fill=colour, anchor="ls")
            x += font.getlength(run)


def _head(image: Image, pen: _Pen, card: Card, accent: str) -> None:
    mark = small_mark()
    paths = [(mark.outline, INK, mark.dot_width), (mark.middle, accent, mark.dot_width)]
    _paste_dots(image, paths, scale=1.0, box=(MARGIN, 46, 64, 35))
    name = fit(card.name, pen.faces, face="serif", width=WIDTH - 2 * MARGIN - 84, sizes=[(30, 1), (26, 1)])
    pen.write(name, "serif", 51, INK, left=MARGIN + 84)
    pen.draw.line([(MARGIN, 108), (WIDTH - MARGIN, 108)], fill=INK, width=2)


def _body(pen: _Pen, card: Card) -> None:
    width = WIDTH - 2 * MARGIN
    sizes = TITLE_SIZES if not card.second else TITLE_SIZES[1:]
    end = pen.write(fit(card.title, pen.faces, face="serif", width=width, sizes=sizes), "serif", 140, INK)
    if plain(card.second):
        second = fit(card.second, pen.faces, face="sans", width=width, sizes=SECOND_SIZES)
        pen.write(second, "sans", end + 14, MUTED)


def _foot(pen: _Pen, card: Card) -> None:
    note = fit(card.foot_note, pen.faces, face="sans", width=FOOT_WIDTH, sizes=[(24, 2), (21, 3)])
    foot = fit(card.foot, pen.faces, face="serif", width=FOOT_WIDTH, sizes=FOOT_SIZES)
    top = HEIGHT - 56 - note.height - foot.height
    pen.write(note, "sans", pen.write(foot, "serif", top, INK) + 8, MUTED)


def _paste_hall(image: Image, slug: str, accent: str) -> None:
    hall, scale = draw_hall(slug), HALL_WIDTH / 1000
    paths = [
        (hall.empty, SEAT, hall.seat_width),
        (hall.second, SECOND_SEAT, hall.seat_width),
        (hall.lit, accent, hall.lit_width),
    ]
    height = round(506 * scale)
    _paste_dots(image, paths, scale=scale, box=(WIDTH - MARGIN - HALL_WIDTH, HEIGHT - height, HALL_WIDTH, height))


def _paste_dots(
    image: Image, paths: list[tuple[str, str, float]], *, scale: float, box: tuple[int, int, int, int]
) -> None:
    """Draw dots of the hall's paths into a box: left, top, width, height."""
    from PIL import Image as Images
    from PIL import ImageDraw

    left, top, width, height = box
    fine = scale * FINENESS
    layer = Images.new("RGB", (width * FINENESS, height * FINENESS), PAPER)
    draw = ImageDraw.Draw(layer)
    for path, colour, size in paths:
        for x, y in DOT.findall(path):
            draw.circle((float(x) * fine, float(y) * fine), size * fine / 2, fill=colour)
    image.paste(layer.resize((width, height), Images.Resampling.LANCZOS), (left, top))
