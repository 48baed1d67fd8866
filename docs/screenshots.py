"""Takes the pictures of docs/screenshots: every page type, both widths, schemes and languages. ``make screenshots``."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.chromium import chromium  # noqa: E402
from tests.processes import running_site  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
SAMPLE = "events/calavine-forum-sample/"
PAGES = {
    "home": SAMPLE,
    "about": f"{SAMPLE}about/",
    "agenda": f"{SAMPLE}agenda/",
    "changes": f"{SAMPLE}agenda/changes/",
    "session": f"{SAMPLE}sessions/opening-ceremony/",
    "speakers": f"{SAMPLE}speakers/",
    "partners": f"{SAMPLE}partners/",
    "register": f"{SAMPLE}register/",
    "news": f"{SAMPLE}news/",
    "library": "documents/",
    "partners-2022": "events/aicg-2022/partners/",
}
#: Folds: what stands further down repeats itself, and the files stay small.
HEIGHTS = {1440: 1800, 390: 1688}
COLOURS = 160


def main() -> None:
    """Start a site with the sample content and take all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_site(f"sqlite:///{folder}/forum.sqlite3") as site:
        site.manage("loadsample")
        with chromium() as browser:
            for width in HEIGHTS:
                for scheme in ("light", "dark"):
                    take(browser, site.url, width, scheme)


def take(browser: Any, url: str, width: int, scheme: str) -> None:
    """Take every page in both languages at one width and in one scheme."""
    size = {"width": width, "height": HEIGHTS[width]}
    context = browser.new_context(
        viewport=size, color_scheme=scheme, reduced_motion="reduce", timezone_id="Africa/Nairobi"
    )
    for language, word in (("en", "en"), ("zh-hans", "zh")):
        page = context.new_page()
        for name, address in PAGES.items():
            page.goto(f"{url}/{language}/{address}", wait_until="networkidle")
            keep(page.screenshot(), FOLDER / f"{name}-{width}-{scheme}-{word}.png")
        page.close()


def keep(picture: bytes, path: Path) -> None:
    """Store a picture with few colours, which is all that these pages have."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(
        COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    ).save(path, optimize=True)
    print(path.relative_to(ROOT), path.stat().st_size // 1024, "KB")


if __name__ == "__main__":
    main()
