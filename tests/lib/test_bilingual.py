import pytest
from django.db import models
from django.test.utils import isolate_apps
from django.utils.translation import override

from forum_site.lib.bilingual import bilingual, columns, has_any, in_language, language_shown, missing_languages


@pytest.fixture(scope="module")
def place_model():
    with isolate_apps():

        class Place(models.Model):
            name = bilingual(models.CharField("name", max_length=20))
            photo = bilingual(models.FileField("photo"))

            class Meta:
                app_label = "places"

        yield Place


def test_bilingual_makes_two_optional_columns(place_model):
    fields = {field.name: field for field in place_model._meta.fields}

    assert [name for name in fields if name.startswith("name")] == ["name_en", "name_zh_hans"]
    assert fields["name_en"].blank
    assert fields["name_zh_hans"].blank
    assert fields["name_en"].deconstruct()[3] == {
        "blank": True,
        "default": "",
        "max_length": 20,
        "verbose_name": "name",
    }
    assert not fields["photo_en"].has_default()


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "Hall"), ("zh-hans", "礼堂"), ("en-gb", "Hall"), ("zh-hant", "礼堂"), ("fr", "Hall"), (None, "Hall")],
)
def test_bilingual_reads_the_current_language(place_model, language, shown):
    with override(language):
        assert place_model(name_en="Hall", name_zh_hans="礼堂").name == shown


@pytest.mark.parametrize("language", ["en", "zh-hans", None])
def test_bilingual_falls_back_to_the_other_language(place_model, language):
    with override(language):
        assert place_model(name_en="Hall").name == "Hall"
        assert place_model(name_zh_hans="礼堂").name == "礼堂"
        assert place_model().name == ""
        assert place_model().photo == ""


def test_bilingual_writes_the_current_language(place_model):
    place = place_model()

    with override("zh-hans"):
        place.name = "礼堂"
    with override(None):
        place.name = "Hall"

    assert (place.name_en, place.name_zh_hans) == ("Hall", "礼堂")


def test_in_language_ignores_the_current_language(place_model):
    with override("en"):
        assert in_language(place_model(name_en="Hall", name_zh_hans="礼堂"), "name", "zh-hans") == "礼堂"
        assert in_language(place_model(name_en="Hall"), "name", "zh-hans") == "Hall"


def test_language_shown_names_the_language_of_the_words(place_model):
    with override("en"):
        assert language_shown(place_model(name_en="Hall", name_zh_hans="礼堂"), "name") == "en"
        assert language_shown(place_model(name_zh_hans="礼堂"), "name") == "zh-hans"
        assert language_shown(place_model(), "name", "zh-hans") == "zh-hans"


def test_missing_languages_names_what_is_to_be_translated(place_model):
    assert missing_languages(place_model(name_en="Hall"), "name") == ["zh-hans"]
    assert missing_languages(place_model(name_zh_hans="礼堂"), "name") == ["en"]
    assert missing_languages(place_model(name_en="Hall", name_zh_hans="礼堂"), "name") == []
    assert missing_languages(place_model(), "name") == []


def test_columns_follow_the_order_of_languages():
    assert columns("title") == ["title_en", "title_zh_hans"]


def test_has_any_wants_one_filled_column():
    assert has_any("name") == ~models.Q(name_en="") | ~models.Q(name_zh_hans="")
