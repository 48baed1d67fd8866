"""Draw the icons of phones and browsers from the mark: ``python deploy/icons.py``."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from forum_site.lib.hall import DOT, small_mark  # noqa: E402 - after the path to it is known

PAPER, INK, ACCENT = "#FBFAF6", "#131A30", "#4C2A8F"
FINENESS = 4
#: Name, side in pixels, and how much of it the mark is wide; a maskable icon is cut to a circle by the phone.
ICONS = [("apple-touch-icon", 180, 0.72), ("icon-192", 192, 0.78), ("icon-512", 512, 0.78), ("maskable-512", 512, 0.58)]


def draw_icon(side: int, share: float) -> Image.Image:
    """Return the mark on paper."""
    mark, scale = small_mark(), side * FINENESS * share / 64
    left, top = side * FINENESS * (1 - share) / 2, side * FINENESS / 2 - 18 * scale
    image = Image.new("RGB", (side * FINENESS, side * FINENESS), PAPER)
    draw = ImageDraw.Draw(image)
    for path, colour in ((mark.outline, INK), (mark.middle, ACCENT)):
        for x, y in DOT.findall(path):
            centre = (left + float(x) * scale, top + float(y) * scale)
            draw.circle(centre, mark.dot_width * 0.62 * scale, fill=colour)
    return image.resize((side, side), Image.Resampling.LANCZOS).quantize(32, dither=Image.Dither.NONE)


def main() -> None:
    """Write all icons."""
    folder = ROOT / "forum_site" / "static" / "icons"
    folder.mkdir(exist_ok=True)
    for name, side, share in ICONS:
        draw_icon(side, share).save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
