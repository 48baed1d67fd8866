import io

import pytest
from PIL import Image, ImageCms

from forum_site.lib import images
from forum_site.lib.images import ImageRefused, clean_image, write_widths


def _upload(image, kind, **options):
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target


def _photo(width=60, height=40, mode="RGB"):
    return Image.effect_noise((width, height), 60).convert(mode)


def _cleaned(upload, **limits):
    file = clean_image(upload, **limits)
    return file, Image.open(io.BytesIO(file.read()))


def _refusal(content, **limits):
    with pytest.raises(ImageRefused) as caught:
        clean_image(io.BytesIO(content), **limits)
    return str(caught.value)


@pytest.mark.parametrize(
    ("kind", "mode", "expected"),
    [
        ("PNG", "RGB", ("PNG", "RGB")),
        ("PNG", "L", ("PNG", "RGB")),
        ("PNG", "1", ("PNG", "RGB")),
        ("PNG", "P", ("PNG", "RGB")),
        ("PNG", "I;16", ("PNG", "RGB")),
        ("PNG", "LA", ("PNG", "RGB")),
        ("GIF", "P", ("PNG", "RGB")),
        ("JPEG", "RGB", ("JPEG", "RGB")),
        ("JPEG", "L", ("JPEG", "RGB")),
        ("JPEG", "CMYK", ("JPEG", "RGB")),
        ("WEBP", "RGB", ("JPEG", "RGB")),
    ],
)
def test_clean_image_writes_png_or_jpeg(kind, mode, expected):
    photo = Image.new("I;16", (60, 40), 30_000) if mode == "I;16" else _photo(mode=mode)
    file, image = _cleaned(_upload(photo, kind))

    assert (image.format, image.mode) == expected
    assert image.size == (60, 40)
    assert file.name.endswith({"PNG": ".png", "JPEG": ".jpg"}[image.format])


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_clean_image_keeps_transparency(kind):
    logo = Image.new("RGBA", (60, 40), (76, 42, 143, 255))
    logo.paste((0, 0, 0, 0), (0, 0, 30, 40))
    _file, image = _cleaned(_upload(logo, kind))

    assert (image.format, image.mode) == ("PNG", "RGBA")
    assert image.getpixel((5, 5))[3] == 0
    assert image.getpixel((50, 5))[3] == 255


def test_clean_image_keeps_the_grey_of_16_bits():
    _file, image = _cleaned(_upload(Image.new("I;16", (4, 4), 128 * 256), "PNG"))

    assert image.getpixel((0, 0)) == (128, 128, 128)


def test_clean_image_names_the_file_by_its_content():
    first, second = clean_image(_upload(_photo(), "PNG")), clean_image(_upload(Image.new("RGB", (6, 4)), "PNG"))
    again = clean_image(_upload(Image.new("RGB", (6, 4)), "PNG"))

    assert first.name != second.name
    assert second.name == again.name


def test_clean_image_turns_upright_and_drops_metadata():
    photo = Image.new("RGB", (60, 40), "red")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Camera of Somebody"
    file, image = _cleaned(_upload(photo, "JPEG", exif=exif, comment=b"at home"))

    assert image.size == (40, 60)
    assert not image.getexif()
    file.seek(0)
    content = file.read()
    assert b"Somebody" not in content
    assert b"at home" not in content


def test_clean_image_drops_the_words_of_a_png():
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "Somebody")
    file, _image = _cleaned(_upload(_photo(), "PNG", pnginfo=words))
    file.seek(0)

    assert b"Somebody" not in file.read()


def test_clean_image_applies_a_colour_profile():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    _file, image = _cleaned(_upload(Image.new("RGB", (6, 4), (200, 30, 30)), "PNG", icc_profile=profile))

    assert "icc_profile" not in image.info
    assert image.getpixel((0, 0)) == pytest.approx((200, 30, 30), abs=1)


def test_clean_image_ignores_a_profile_that_does_not_fit():
    _file, image = _cleaned(_upload(Image.new("RGB", (6, 4), (200, 30, 30)), "PNG", icc_profile=b"nonsense"))

    assert image.getpixel((0, 0)) == (200, 30, 30)


def test_clean_image_makes_large_ones_smaller():
    _file, image = _cleaned(_upload(_photo(300, 100), "JPEG"), max_side=150)

    assert image.size == (150, 50)


def test_clean_image_takes_the_first_frame():
    frames = [Image.new("RGB", (6, 4), colour) for colour in ("red", "blue")]
    _file, image = _cleaned(_upload(frames[0], "GIF", save_all=True, append_images=frames[1:]))

    assert image.getpixel((0, 0)) == (255, 0, 0)
    assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG files are not accepted"),
        (b"\xef\xbb\xbf<SVG onload=alert(1)>", "at least 800 pixels wide"),
        (b"<!doctype html><script>alert(1)</script>", "please send PNG, JPEG, WebP or GIF"),
        (b"%PDF-1.7\n", "PDF files are not accepted"),
        (b"\x00\x00\x00\x18ftypheic", "please send JPEG"),
        (b"MZ\x90\x00", "please send PNG, JPEG, WebP or GIF"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"", "empty"),
    ],
)
def test_clean_image_refuses_what_is_no_picture(content, words):
    assert words in _refusal(content)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_clean_image_refuses_damaged_ones(kind):
    content = _upload(_photo(200, 200), kind).getvalue()

    assert "damaged" in _refusal(content[: len(content) // 2])


def test_clean_image_refuses_other_formats_with_a_false_name():
    upload = _upload(_photo(), "BMP")
    upload.name = "logo.png"

    with pytest.raises(ImageRefused):
        clean_image(upload)


def test_clean_image_refuses_too_many_bytes():
    assert _refusal(b"x" * (images.MEGABYTE + 1), max_bytes=images.MEGABYTE) == (
        "The file is too large; please send at most 1 MB."
    )


@pytest.mark.parametrize("side", [8_000, 10_000, 20_000])
def test_clean_image_refuses_too_many_pixels(side):
    content = _upload(Image.new("1", (side, side)), "PNG").getvalue()

    assert "too many pixels" in _refusal(content)


def test_write_widths_never_enlarges():
    widths = write_widths(_reopened(_photo(500, 250)), (160, 320, 640, 1280))

    assert list(widths) == [160, 320, 500]
    assert [Image.open(io.BytesIO(data)).size for data in widths.values()] == [(160, 80), (320, 160), (500, 250)]
    assert {Image.open(io.BytesIO(data)).format for data in widths.values()} == {"WEBP"}


def test_write_widths_keeps_transparency():
    widths = write_widths(_reopened(Image.new("RGBA", (400, 400), (0, 0, 0, 0))), (160,))

    assert Image.open(io.BytesIO(widths[160])).mode == "RGBA"


def _reopened(image):
    return io.BytesIO(_upload(image, "PNG").getvalue())
