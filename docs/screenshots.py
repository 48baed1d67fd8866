"""Takes the pictures of docs/screenshots: every page type, both widths, schemes and languages. ``make screenshots``.

``ARGS="news personal"`` takes those alone. Pages that only one person can open are those of invented people.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.chromium import chromium  # noqa: E402
from tests.journeys import steps  # noqa: E402
from tests.processes import running_site  # noqa: E402
from tests.sample_moments import add_recordings, moments_of  # noqa: E402
from tests.sample_states import IN_TROUBLE, add_states, address_in  # noqa: E402

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
    "editions": "editions/",
    "speakers-a-z": f"{SAMPLE}speakers/?order=name",
    "speaker": "events/aicg-2021/speakers/beate-trankmann/",
    "partner": "events/aicg-2021/partners/undp/",
    "documents": f"{SAMPLE}documents/",
    "page": f"{SAMPLE}practical-information/",
    "news-post": f"{SAMPLE}news/programme-published/",
    "nothing-found": f"{SAMPLE}agenda/?q=nothing-has-this",
    "register-group": f"{SAMPLE}register/group/",
    "resend": f"{SAMPLE}register/resend/",
    "not-found": f"{SAMPLE}nowhere/",
    "register-errors": f"{SAMPLE}register/",
    "register-too-often": f"{SAMPLE}register/",
    "register-too-large": f"{SAMPLE}register/",
    "group-done": f"{SAMPLE}register/group/done/",
    "agenda-print": f"{SAMPLE}agenda/",
    "broken": "trouble/500/",
    "unreachable": "trouble/503/",
}
#: What is sent before the picture is taken, and what is taken as it is printed.
SENT = {
    "register-errors": steps.nothing,
    "register-too-often": steps.too_often,
    "register-too-large": steps.too_much,
}
PRINTED = {"agenda-print"}
#: A4, of whatever size the screen is.
SHEET = {"width": 794, "height": 1123}
#: Pages of editions in other states, which are added to the sample.
REGISTER_STATES = ("full", "closed", "soon", "cancelled", "postponed", "over")
STATES = {f"home-{state}": f"events/lakeside-{state}/" for state in ("full", "cancelled", "postponed", "empty", "over")}
STATES |= {f"register-{state}": f"events/lakeside-{state}/register/" for state in REGISTER_STATES}
#: Pages of people, of those that `add_states` gives.
PERSONAL = ["personal", "personal-sessions", "personal-data", "personal-cancel", "transfer", "claim", "group"]
PERSONAL += ["delegation", "invitation", "join", "thanks", "preview"]
PERSONAL += [f"personal-{page}" for page in ("edit", "type", "agenda", "transfer", "erase", "renew")]
PERSONAL += ["transfer-decline", "invitation-decline", "invitation-answered"]
#: Pages that look different at other moments.
LATER = {
    "live": {"home-live": SAMPLE, "live": f"{SAMPLE}live/"},
    "overnight": {"live-overnight": f"{SAMPLE}live/"},
    "after": {"home-after": SAMPLE, "home-past": "events/aicg-2021/"},
}
#: Folds: what stands further down repeats itself, and the files stay small.
HEIGHTS = {1440: 1800, 390: 1688}
COLOURS = 160


def main(wanted: set[str]) -> None:
    """Start a site with the sample content and take all pictures, or those that are wanted."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site(f"sqlite:///{folder}/forum.sqlite3", **IN_TROUBLE) as site,
    ):
        site.manage("loadsample")
        take_all(site.url, some(PAGES, wanted))
        for name, moment in moments_of(site).items():
            if name == "after":
                add_recordings(site)
            if later := some(LATER[name], wanted):
                site.move_clock(moment)
                take_all(site.url, later, moment)
        if wanted and not wanted & {*STATES, *PERSONAL}:
            return
        site.move_clock(dt.datetime.now(dt.UTC))
        pages = add_states(site)
        take_all(site.url, some(STATES | {name: pages[name] for name in PERSONAL}, wanted))


def some(pages: dict[str, str], wanted: set[str]) -> dict[str, str]:
    """Return the pages that are wanted, all where nothing is."""
    return {name: address for name, address in pages.items() if not wanted or name in wanted}


def take_all(url: str, pages: dict[str, str], moment: dt.datetime | None = None) -> None:
    """Take the pages in all looks, at another moment where one is given."""
    with chromium() as browser:
        for width in HEIGHTS:
            for scheme in ("light", "dark"):
                take(browser, url, pages, width, scheme, moment)


def take(
    browser: Any, url: str, pages: dict[str, str], width: int, scheme: str, moment: dt.datetime | None = None
) -> None:
    """Take the pages in both languages at one width and in one scheme."""
    size = {"width": width, "height": HEIGHTS[width]}
    context = browser.new_context(
        viewport=size, color_scheme=scheme, reduced_motion="reduce", timezone_id="Africa/Nairobi"
    )
    for language, word in (("en", "en"), ("zh-hans", "zh")):
        page = context.new_page()
        if moment:
            page.clock.set_system_time(moment)
        for name, address in pages.items():
            page.emulate_media(media="print" if name in PRINTED else "screen")
            page.set_viewport_size(SHEET if name in PRINTED else size)
            if name in SENT:
                steps.send(page, SENT[name], f"{url}/{language}/{address}")
                page.wait_for_load_state("networkidle")
            else:
                page.goto(url + address_in(language, address), wait_until="networkidle")
            keep(page.screenshot(), FOLDER / f"{name}-{width}-{scheme}-{word}.png")
        page.close()


def keep(picture: bytes, path: Path) -> None:
    """Store a picture with few colours, which is all that these pages have."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(
        COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    ).save(path, optimize=True)
    print(path.relative_to(ROOT), path.stat().st_size // 1024, "KB")


if __name__ == "__main__":
    main(set(sys.argv[1:]))
