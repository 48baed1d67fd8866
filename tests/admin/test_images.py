"""Portraits and logos are cleaned on arrival."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_q.models import OrmQ
from PIL import Image

from tests.admin.forms import form_data
from tests.admin.worlds import organizer, signed_in
from tests.factories import make_document, make_event, make_partner, make_partnership

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def photograph() -> bytes:
    """A picture with a camera's notes in it."""
    image = Image.new("RGB", (900, 600), "teal")
    notes = Image.Exif()
    notes[0x010F] = "Secret camera"
    target = io.BytesIO()
    image.save(target, "JPEG", exif=notes)
    return target.getvalue()


def upload(content: bytes, name: str):
    partner = make_partner()
    event = make_event()
    make_partnership(event, partner)
    client = signed_in(organizer(event))
    change = reverse("admin:partners_partner_change", args=[partner.pk])
    data = form_data(client.get(change), "partner_form")
    response = client.post(change, data | {"logo": SimpleUploadedFile(name, content)})
    partner.refresh_from_db()
    return response, partner


def test_logo_is_stored_without_the_notes_of_the_camera_and_cut_in_a_job():
    response, partner = upload(photograph(), "logo.jpg")

    assert response.status_code == 302
    with partner.logo.open() as stored:
        assert b"Secret camera" not in stored.read()
        assert dict(Image.open(stored).getexif()) == {}
    assert OrmQ.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "known"),
    [(photograph(), "hall.jpg", (900, 600, "hall.jpg", 1)), (b"Words.", "words.txt", (None, None, "words.txt", 0))],
    ids=["photograph", "text"],
)
def test_only_pictures_among_documents_are_measured_and_cut(content, name, known):
    document = make_document(make_event(), kind="photographs", file_widths={"640": "old.webp"})
    client = signed_in(organizer(document.event))
    change = reverse("admin:events_document_change", args=[document.pk])
    data = form_data(client.get(change), "document_form") | {"url": "", "file": SimpleUploadedFile(name, content)}

    assert client.post(change, data).status_code == 302
    document.refresh_from_db()

    width, height, stored, jobs = known
    assert (document.picture_width, document.picture_height, document.file_widths) == (width, height, {})
    assert document.file.name.split("/")[-1] == stored
    assert document.file_size == document.file.size
    assert OrmQ.objects.count() == jobs


@pytest.mark.parametrize(("content", "name"), [(SVG, "logo.svg"), (SVG, "logo.png"), (b"not a picture", "logo.png")])
def test_other_files_are_refused_with_a_sentence(content, name):
    response, partner = upload(content, name)

    assert "please send PNG" in str(response.context["errors"])
    assert not partner.logo
