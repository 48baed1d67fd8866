"""The job that makes the smaller pictures of an upload."""

from __future__ import annotations

import logging
from pathlib import PurePosixPath
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db.models.fields.files import FieldFile

from forum_site.lib.images import write_widths

WIDTHS = (160, 320, 640, 1280)
logger = logging.getLogger(__name__)


def make_widths(model_label: str, pk: Any, field: str) -> None:
    """Write `<stem>.w<width>.webp` beside the picture and note `{"320": path}` in `<field>_widths` of the object.

    Widths are those of WIDTHS, or the picture's own where it is narrower. May run again at any time. An object or
    a file that is gone is nobody's fault, and a picture that was replaced meanwhile keeps its own widths.
    """
    objects = apps.get_model(model_label)._base_manager.filter(pk=pk)
    file: FieldFile | None = getattr(objects.first(), field, None)
    if not file:
        return
    paths = _write(file)
    changed = objects.filter(**{field: file.name}).update(**{f"{field}_widths": paths}) if paths else 1
    if not changed:
        _remove(file.storage, paths)


def _write(file: FieldFile) -> dict[str, str]:
    try:
        with file.storage.open(file.name or "") as source:
            pictures = write_widths(source, WIDTHS)
    except FileNotFoundError:
        logger.warning("The file of a picture is missing: %s", file.name)
        return {}
    return {str(width): _saved(file, width, data) for width, data in pictures.items()}


def _saved(file: FieldFile, width: int, data: bytes) -> str:
    """The path of the written file; one of an earlier run gives way, as it may have been cut short."""
    path = str(PurePosixPath(file.name or "").with_suffix(f".w{width}.webp"))
    file.storage.delete(path)
    return file.storage.save(path, ContentFile(data))


def _remove(storage: Storage, paths: dict[str, str]) -> None:
    for path in paths.values():
        storage.delete(path)
