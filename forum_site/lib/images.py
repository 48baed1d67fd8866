"""Pictures that people send: recognized by their content, and written anew without what cameras hide in them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError

if TYPE_CHECKING:
    from PIL.Image import Image

MEGABYTE = 1024 * 1024
MAX_PIXELS = 50_000_000  # 200 MB in memory while it is decoded
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
JPEG_QUALITY, WEBP_QUALITY = 88, 82


class ImageRefused(DomainError):  # noqa: N818
    """The upload is not taken; the sentence says what to send instead."""


def clean_image(
    upload: IO[bytes], *, max_bytes: int = 5 * MEGABYTE, max_side: int = 4000, max_pixels: int = MAX_PIXELS
) -> ContentFile:
    """The picture as PNG (drawings and whatever is transparent) or JPEG, named after a hash of its content.

    Upright, in sRGB, without metadata, its longer side at most `max_side` pixels, the first frame of a moving
    one. Of a photograph with more than `max_pixels` a part is read, another such picture refused. Raises ImageRefused.
    """
    content = _read(upload, max_bytes)
    source = _opened(content)
    if source.width * source.height > max_pixels:
        source.draft(None, (max_side // 2, max_side // 2))  # of a JPEG every second, fourth or eighth pixel is enough
    if source.width * source.height > max_pixels:
        raise ImageRefused(_too_many_pixels(max_pixels))
    kind = source.format
    image = _ordinary(_decoded(source))
    image.thumbnail((max_side, max_side))
    is_drawing = kind in {"PNG", "GIF"} or image.mode == "RGBA"
    data = _encoded(image, "PNG", optimize=True) if is_drawing else _encoded(image, "JPEG", quality=JPEG_QUALITY)
    name = hashlib.sha256(data).hexdigest()[:20]
    return ContentFile(data, name=f"{name}.{'png' if is_drawing else 'jpg'}")


def write_widths(file: IO[bytes], widths: Iterable[int]) -> dict[int, bytes]:
    """WebP pictures by their real width in pixels. A picture narrower than a wanted width is kept as wide as it is."""
    image = _ordinary(_decoded(_opened(file.read())))
    return {
        width: _encoded(_narrowed(image, width), "WEBP", quality=WEBP_QUALITY, method=6)
        for width in sorted({min(width, image.width) for width in widths})
    }


def too_large(max_bytes: int) -> str:
    """Return the sentence with which a larger file is refused."""
    return _("The file is too large; please send at most %(limit)d MB.") % {"limit": max_bytes // MEGABYTE}


def cropped(file: IO[bytes], *, width: int, height: int) -> bytes:
    """The picture as JPEG of exactly this size: its middle, enlarged where it is smaller; on white where it is open."""
    from PIL import Image, ImageOps

    image = _ordinary(_decoded(_opened(file.read())))
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image if image.mode == "RGBA" else None)
    return _encoded(ImageOps.fit(ground, (width, height)), "JPEG", quality=JPEG_QUALITY)


def _read(upload: IO[bytes], max_bytes: int) -> bytes:
    upload.seek(0)
    content = upload.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise ImageRefused(too_large(max_bytes))
    if not content:
        raise ImageRefused(_("The file is empty."))
    return content


def _opened(content: bytes) -> Image:
    """The picture, of which only the head is read yet."""
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageRefused(_too_many_pixels()) from error
    except Exception as error:  # decoders of damaged files raise anything
        raise ImageRefused(_why_not(content)) from error
    if image.width * image.height > MAX_PIXELS:
        raise ImageRefused(_too_many_pixels())
    return image


def _decoded(image: Image) -> Image:
    from PIL import ImageOps

    try:
        image.load()
        return ImageOps.exif_transpose(image)
    except Exception as error:  # as above
        raise ImageRefused(_("The image is damaged. Please save it again and send it once more.")) from error


def _ordinary(image: Image) -> Image:
    """The picture in sRGB, as RGB, or as RGBA where something of it can really be seen through."""
    profile = image.info.get("icc_profile")
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if has_alpha:
        image = image.convert("RGBA")
        has_alpha = image.getchannel("A").getextrema() != (255, 255)
    elif image.mode == "P":
        image = image.convert("RGB")
    image = _in_srgb(image, profile) if profile else image
    return image.convert("RGBA" if has_alpha else "RGB")


def _in_srgb(image: Image, profile: bytes) -> Image:
    """Colours as the profile means them; as they are, where the profile does not fit the picture."""
    from PIL import ImageCms

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return changed or image


def _narrowed(image: Image, width: int) -> Image:
    height = max(1, round(image.height * width / image.width))
    return image if width == image.width else image.resize((width, height), resample=3, reducing_gap=3.0)


def _encoded(image: Image, kind: str, **options: Any) -> bytes:
    """The bytes of the pixels alone: what the picture carried besides is left behind."""
    bare = image.copy()
    bare.info = {}
    target = io.BytesIO()
    bare.save(target, kind, **options)
    return target.getvalue()


def _too_many_pixels(most: int = MAX_PIXELS) -> str:
    sentence = _("The image has too many pixels; please send at most %(limit)d million.")
    return sentence % {"limit": most // 1_000_000}


def _why_not(content: bytes) -> str:
    """What to send instead, by the kind of file that was sent."""
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return _(
            "SVG files are not accepted, because they may contain scripts; "
            "please send PNG with a transparent background, at least 800 pixels wide."
        )
    if head.startswith(b"%pdf"):
        return _("PDF files are not accepted; please send PNG or JPEG, at least 800 pixels wide.")
    if head[4:8] == b"ftyp":
        return _("Photographs in HEIC or AVIF are not accepted; please send JPEG.")
    if head.startswith((b"\x89png", b"\xff\xd8", b"gif8", b"riff")):
        return _("The image is damaged. Please save it again and send it once more.")
    return _("This is not an image that can be used here; please send PNG, JPEG, WebP or GIF.")
