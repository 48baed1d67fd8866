"""The folder of an archive: written beside its place, and put there in one step."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from events.models import Event
from forum_site.lib.errors import DomainError

LABEL = "archive.json"
SUMS = "SHA256SUMS"
FORMAT = 1


@contextmanager
def new_folder(place: Path, event: Event) -> Iterator[Path]:
    """Give an empty folder; when all went well, it takes the place. Raises ``DomainError`` for a place in use."""
    place = place.resolve()
    check_place(place, event)
    place.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    try:
        yield work
        work.chmod(0o755)
        _put(work, place)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def check_place(place: Path, event: Event) -> None:
    """Refuse a place that holds anything but an archive of this edition."""
    if not place.exists():
        return
    if not place.is_dir():
        raise DomainError(_("%(place)s is a file. Name a folder.") % {"place": place})
    if not any(place.iterdir()):
        return
    edition = archived_edition(place)
    if edition is None:
        raise DomainError(_("%(place)s is not empty and is no archive. Nothing was written.") % {"place": place})
    if edition != event.slug:
        words = {"place": place, "edition": edition}
        raise DomainError(_("%(place)s holds the archive of the edition “%(edition)s”. Name another folder.") % words)


def archived_edition(place: Path) -> str | None:
    """Return which edition the archive in a folder is of; ``None`` where there is none."""
    try:
        label = json.loads((place / LABEL).read_text())
    except (OSError, ValueError):
        return None
    return label.get("edition") if isinstance(label, dict) else None


def write_label(folder: Path, event: Event, host: str) -> None:
    """Say what the folder holds."""
    label = {"edition": event.slug, "format": FORMAT, "from": host, "changed_at": event.changed_at.isoformat()}
    (folder / LABEL).write_text(json.dumps(label | {"version": event.version}, indent=2, sort_keys=True) + "\n")


def write_sums(folder: Path) -> tuple[int, int]:
    """Write the digest of every file, for `sha256sum -c`; return how many files there are, and their bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / SUMS).write_text("".join(lines))
    return len(files), sum(path.stat().st_size for path in files)


def date_files(folder: Path, at: dt.datetime) -> None:
    """Give all files the moment of the last change, so that packing them twice gives the same package too."""
    for path in [*folder.rglob("*"), folder]:
        os.utime(path, (at.timestamp(), at.timestamp()))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _put(work: Path, place: Path) -> None:
    """Move the folder to its place; an archive that is there steps aside first and comes back if that fails."""
    if not archived_edition(place):
        work.replace(place)  # to nothing, or over an empty folder
        return
    old = Path(tempfile.mkdtemp(prefix=f".{place.name}.old.", dir=place.parent))
    place.replace(old)
    try:
        work.replace(place)
    except OSError:
        old.replace(place)
        raise
    shutil.rmtree(old)
