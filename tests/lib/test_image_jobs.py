import io

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from PIL import Image

from forum_site.lib.image_jobs import make_widths

LABEL = "events.Speaker"


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def speaker(db):
    return _speaker("lin")


def _speaker(slug, **picture):
    speaker = apps.get_model(LABEL)(slug=slug, name_en=slug)
    speaker.photo.save(f"{slug}.png", _picture(**picture), save=False)
    speaker.save()
    return speaker


def _picture(width=500, colour="red"):
    target = io.BytesIO()
    Image.new("RGB", (width, width), colour).save(target, "PNG")
    return ContentFile(target.getvalue())


def _names(tmp_path):
    return sorted(path.name for path in tmp_path.rglob("*") if path.is_file())


def test_make_widths_writes_beside_the_picture(speaker, tmp_path):
    make_widths(LABEL, speaker.pk, "photo")

    speaker.refresh_from_db()
    assert speaker.photo_widths == {
        "160": "portraits/lin.w160.webp",
        "320": "portraits/lin.w320.webp",
        "500": "portraits/lin.w500.webp",
    }
    assert _names(tmp_path) == ["lin.png", "lin.w160.webp", "lin.w320.webp", "lin.w500.webp"]
    with Image.open(tmp_path / "portraits/lin.w160.webp") as small:
        assert small.size == (160, 160)


def test_make_widths_may_run_again(speaker, tmp_path):
    make_widths(LABEL, speaker.pk, "photo")
    first = _names(tmp_path)
    make_widths(LABEL, speaker.pk, "photo")

    assert _names(tmp_path) == first


def test_make_widths_leaves_other_objects_alone(speaker):
    other = _speaker("amara")

    make_widths(LABEL, speaker.pk, "photo")

    other.refresh_from_db()
    assert other.photo_widths == {}


def test_make_widths_forgets_a_picture_that_was_replaced_meanwhile(speaker, tmp_path, monkeypatch):
    storage = speaker.photo.storage
    really_open = storage.open

    def replace_and_open(name, mode="rb"):
        apps.get_model(LABEL).objects.filter(pk=speaker.pk).update(photo="portraits/new.png")
        return really_open(name, mode)

    monkeypatch.setattr(storage, "open", replace_and_open)
    make_widths(LABEL, speaker.pk, "photo")

    speaker.refresh_from_db()
    assert speaker.photo_widths == {}
    assert _names(tmp_path) == ["lin.png"]


def test_make_widths_of_nothing_does_nothing(db):
    empty = apps.get_model(LABEL).objects.create(slug="amara", name_en="Amara")

    make_widths(LABEL, empty.pk, "photo")
    make_widths(LABEL, 0, "photo")

    empty.refresh_from_db()
    assert empty.photo_widths == {}


def test_make_widths_outlives_a_missing_file(speaker):
    speaker.photo.storage.delete(speaker.photo.name)

    make_widths(LABEL, speaker.pk, "photo")

    speaker.refresh_from_db()
    assert speaker.photo_widths == {}
