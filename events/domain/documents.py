"""What the site notes of a document's file."""

from __future__ import annotations

from django.core.files.images import get_image_dimensions

from events.models import Document


def measure(document: Document) -> Document:
    """Note the size of a file that was just given, in bytes, and that of a picture in pixels.

    It has no smaller pictures yet; those there were belong to another file.
    """
    document.file_size = document.file.size if document.file else 0
    document.file_widths = {}
    size = get_image_dimensions(document.file) if document.is_picture else None
    document.picture_width, document.picture_height = size or (None, None)
    return document
