"""Pictures that were drawn once, by what stands on them: the same words give the same file, so none is ever stale."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

from django.conf import settings

from forum_site.lib.cards import DRAWING, Card, draw_card

logger = logging.getLogger(__name__)
#: About 40 KB each; drawing one again costs a quarter of a second.
MOST_PICTURES = 4000
AT_A_TIME = 200


def key_of(card: Card) -> str:
    """Return the name under which the picture of these words is kept."""
    return hashlib.sha256("\x1f".join([str(DRAWING), *astuple(card)]).encode()).hexdigest()[:40]


def picture_of(card: Card) -> bytes:
    """Return the picture, kept or drawn now."""
    return kept(f"{key_of(card)}.png", lambda: draw_card(card))


def kept(name: str, draw: Callable[[], bytes]) -> bytes:
    """Return what is kept under a name, or make it now. A disk that cannot be written costs time only."""
    path = _folder() / name
    try:
        return path.read_bytes()
    except OSError:
        picture = draw()
    try:
        _keep(path, picture)
    except OSError:
        logger.warning("A picture for sharing could not be kept in %s", path.parent)
    return picture


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "cards"


def _keep(path: Path, picture: bytes) -> None:
    """Write the file in one step, and drop the oldest where there are too many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(picture)
    Path(name).replace(path)
    kept = list(path.parent.glob("*.*g"))
    if len(kept) > MOST_PICTURES:
        for old in sorted(kept, key=_age)[:AT_A_TIME]:
            old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    """When it was written; a file that another process has just dropped is the oldest."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
