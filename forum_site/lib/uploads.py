"""Files that people send: pictures written anew, and documents known by their content."""

from __future__ import annotations

import hashlib
from typing import IO

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError
from forum_site.lib.images import MEGABYTE, clean_image

#: What a stored file is sent as, by the end of its name.
CONTENT_TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}


class UploadRefused(DomainError):  # noqa: N818
    """The file is not taken; the sentence says what to send instead."""


def clean_upload(upload: IO[bytes], *, max_bytes: int = 5 * MEGABYTE) -> ContentFile:
    """The file under a name made of its content: a PDF as it is, a picture re-encoded. Raises DomainError."""
    upload.seek(0)
    head = upload.read(1024)
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return clean_image(upload, max_bytes=max_bytes)
    upload.seek(0)
    content = upload.read(max_bytes + 1)
    if len(content) > max_bytes:
        sentence = _("The file is too large; please send at most %(limit)d MB.")
        raise UploadRefused(sentence % {"limit": max_bytes // MEGABYTE})
    if b"%%EOF" not in content[-2048:]:
        raise UploadRefused(_("The PDF file is damaged. Please save it again and send it once more."))
    return ContentFile(content, name=f"{hashlib.sha256(content).hexdigest()[:20]}.pdf")


def content_type_of(name: str) -> str:
    """What a file that was kept is sent as, by its name."""
    return CONTENT_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
