"""Files that people send: recognized by their content, never by their name."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import PurePath
from typing import IO

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError
from forum_site.lib.images import MEGABYTE, clean_image, too_large
from forum_site.lib.slugs import slugify_name

MOST_BYTES = 25 * MEGABYTE
HEAD = 4096
#: What may be kept, and as what it is sent. Nothing in here runs a script in a browser.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
}
IMAGE_HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_OFFICE_PARTS = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx", "xl/workbook.xml": "xlsx"}
_OPEN_DOCUMENTS = {CONTENT_TYPES[name]: name for name in ("odt", "odp", "ods")}


class FileRefused(DomainError):  # noqa: N818
    """The upload is not taken; the sentence says what to send instead."""


def clean_file(upload: File[bytes], *, max_bytes: int = MOST_BYTES) -> File[bytes]:
    """Return the document under a plain name with the ending of its real kind; pictures are re-encoded.

    Raises FileRefused, or ImageRefused for a damaged picture.
    """
    if (upload.size or 0) > max_bytes:
        raise FileRefused(too_large(max_bytes))
    stem = slugify_name(PurePath(upload.name or "").stem) or "document"
    upload.seek(0)
    if upload.read(8).startswith(IMAGE_HEADS):
        picture = clean_image(upload, max_bytes=max_bytes)
        return ContentFile(picture.read(), name=f"{stem}{PurePath(str(picture.name)).suffix}")
    upload.name = f"{stem}.{kind_of(upload)}"
    return upload


#: Anybody may send pictures with a registration, and they are read while the person waits: 50 MB of memory at most.
ANSWER_SIDE, ANSWER_PIXELS = 2500, 12_000_000


def clean_pdf_or_image(upload: IO[bytes], *, max_bytes: int = 5 * MEGABYTE) -> ContentFile:
    """Return a PDF as it is, or a picture re-encoded, under a name made of its content.

    Raises FileRefused, or ImageRefused for whatever is neither.
    """
    upload.seek(0)
    if not is_pdf(upload.read(HEAD)):
        return clean_image(upload, max_bytes=max_bytes, max_side=ANSWER_SIDE, max_pixels=ANSWER_PIXELS)
    upload.seek(0)
    content = upload.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise FileRefused(too_large(max_bytes))
    if b"%%EOF" not in content[-2048:]:
        raise FileRefused(_("The PDF file is damaged. Please save it again and send it once more."))
    return ContentFile(content, name=f"{hashlib.sha256(content).hexdigest()[:20]}.pdf")


def content_type_of(name: str) -> str:
    """Return what a file that was kept is sent as, by its name; others as bytes without a meaning."""
    return CONTENT_TYPES.get(ending_of(name), "application/octet-stream")


def ending_of(name: str) -> str:
    """Return the end of a file's name without the dot, in small letters."""
    return PurePath(name).suffix[1:].lower()


def is_pdf(head: bytes) -> bool:
    """Whether a file that begins so is a PDF; blanks before it are common, and readers pass over them."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-")


def kind_of(upload: IO[bytes]) -> str:
    """Return the ending that belongs to the content, one of CONTENT_TYPES; raises FileRefused."""
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    if is_pdf(head):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(upload)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(_("This is an Office file in the old format; please save it as .docx, .pptx, .xlsx or PDF."))
    if head and _is_text(upload):
        return "txt"
    raise _refusal()


def _kind_of_archive(upload: IO[bytes]) -> str:
    """Tell the Office formats apart by their parts."""
    try:
        with zipfile.ZipFile(upload) as archive:
            names = set(archive.namelist())
            declared = archive.read("mimetype")[:100].decode("ascii", "replace") if _is_small(archive) else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise _refusal() from error
    finally:
        upload.seek(0)
    if any(name.endswith("vbaProject.bin") for name in names):
        raise FileRefused(_("Office files with macros are not accepted; please save it without macros, or as PDF."))
    kinds = [kind for part, kind in _OFFICE_PARTS.items() if part in names]
    if kind := next(iter(kinds), _OPEN_DOCUMENTS.get(declared.strip())):
        return kind
    raise _refusal()


def _is_small(archive: zipfile.ZipFile) -> bool:
    """Whether there is an entry that says what an open document is, and nothing that unpacks to a mountain."""
    return "mimetype" in archive.namelist() and archive.getinfo("mimetype").file_size < HEAD


def _is_text(upload: IO[bytes]) -> bool:
    """Whether it is plain text in UTF-8, and no page or drawing for browsers."""
    content = upload.read()
    upload.seek(0)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\0" not in text and not text.lstrip().startswith("<")


def _refusal() -> FileRefused:
    return FileRefused(
        _("This kind of file cannot be kept here; please send PDF, .docx, .pptx, .xlsx, an image or plain text.")
    )
