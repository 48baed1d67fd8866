"""The style sheet of the site: many small files to read, one file to send.

In development every part is linked by itself. When the static files are collected, `BundledStorage` writes the parts
into one file, in this order, before names are hashed and files compressed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
#: Sent by itself: browsers fetch it last, and draw no later for it.
PRINT = "css/print.css"
#: The columns of the home page's chart, for wide screens only; phones fetch it last too.
CHART = "css/glance-columns.css"
#: What stands behind a personal link, linked there only.
PERSONAL = "css/personal.css"
PARTS = [
    *("tokens", "pictures", "base", "layout", "controls", "icons", "header", "footer", "hall", "facts"),
    *("people", "partners", "forms", "glance", "agenda-bar", "filters", "agenda", "cards"),
    *("session", "news"),
]


def part_names() -> list[str]:
    """Names of the parts as static files, in the order of the cascade."""
    return [f"css/{part}.css" for part in PARTS]


def compact(css: str) -> str:
    """Drop comments, indentation and blanks that mean nothing; strings are left as they are."""
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    pieces = re.split(r"(\"[^\"]*\"|'[^']*')", without_comments)
    return (
        "".join(piece if number % 2 else _without_blanks(piece) for number, piece in enumerate(pieces)).strip() + "\n"
    )


def _without_blanks(css: str) -> str:
    """Blanks stay where they may separate: in selectors, between values, around operators."""
    shorter = re.sub(r"\s+", " ", css)
    shorter = re.sub(r" ?([{};]) ?", r"\1", shorter)
    return re.sub(r"([:,]) ", r"\1", shorter).replace(";}", "}")


class BundledStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, which also joins the parts of the style sheet."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Write the bundle among the collected files, then hash and compress all of them."""
        if not dry_run and set(part_names()) <= set(paths):
            target = Path(self.path(BUNDLE))
            target.write_text(compact("".join(Path(self.path(name)).read_text() for name in part_names())))
            paths = {**paths, BUNDLE: (self, BUNDLE)}
        yield from super().post_process(paths, dry_run, **options)


def stylesheet_names() -> list[str]:
    """The static files to link: the bundle where files are collected with hashed names, else its parts."""
    from django.contrib.staticfiles.storage import staticfiles_storage

    hashed = getattr(staticfiles_storage, "hashed_files", {})
    return [BUNDLE] if BUNDLE in hashed else part_names()
