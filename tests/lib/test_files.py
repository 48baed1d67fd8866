"""Documents are recognized by content."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from forum_site.lib.errors import DomainError
from forum_site.lib.files import clean_file, clean_pdf_or_image


def archive(*names, **contents):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in names:
            made.writestr(name, "x")
        for name, content in contents.items():
            made.writestr(name, content)
    return target.getvalue()


def picture():
    target = io.BytesIO()
    Image.new("RGB", (4, 4)).save(target, "PNG")
    return target.getvalue()


KINDS = {
    "pdf": b"%PDF-1.7\n...",
    "docx": archive("[Content_Types].xml", "word/document.xml"),
    "pptx": archive("[Content_Types].xml", "ppt/presentation.xml"),
    "xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
    "odt": archive(mimetype="application/vnd.oasis.opendocument.text"),
    "txt": "Evidence. 实证。".encode(),
    "png": picture(),
}


@pytest.mark.parametrize("kind", KINDS)
def test_kind_comes_from_the_content_and_not_from_the_name(kind):
    assert clean_file(SimpleUploadedFile("White Paper 2026.exe", KINDS[kind])).name == f"white-paper-2026.{kind}"


def test_name_without_latin_letters_is_called_a_document():
    assert clean_file(SimpleUploadedFile("白皮书.pdf", KINDS["pdf"])).name == "document.pdf"


def test_content_is_kept_as_it_is():
    assert clean_file(SimpleUploadedFile("a.pdf", KINDS["pdf"])).read() == KINDS["pdf"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!doctype html><script>alert(1)</script>", "cannot be kept"),
        (b"  \n<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be kept"),
        (b"\xef\xbb\xbf<html>", "cannot be kept"),
        (b"MZ\x90\x00\x03\x00", "cannot be kept"),
        (b"", "cannot be kept"),
        (b"PK\x03\x04 broken", "cannot be kept"),
        (archive("evil.html"), "cannot be kept"),
        (archive("word/document.xml", "word/vbaProject.bin"), "macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old format"),
        (b"\x89PNG broken", "damaged"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(content, words):
    with pytest.raises(DomainError, match=words):
        clean_file(SimpleUploadedFile("a.pdf", content))


def test_large_files_are_refused():
    with pytest.raises(DomainError, match="at most 1 MB"):
        clean_file(ContentFile(b"%PDF-" + b"x" * 1024 * 1024, name="a.pdf"), max_bytes=1024 * 1024)


def large(kind):
    target = io.BytesIO()
    Image.new("L", (5000, 4000)).save(target, kind)
    return SimpleUploadedFile("big", target.getvalue())


def test_a_large_photograph_with_an_answer_is_read_at_a_part_of_its_size():
    kept = clean_pdf_or_image(large("JPEG"))

    assert Image.open(kept).size == (2500, 2000)


def test_a_drawing_that_would_fill_the_memory_is_refused_with_an_answer():
    with pytest.raises(DomainError, match="at most 12 million"):
        clean_pdf_or_image(large("PNG"))
