from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "deploy"))
import translations

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Agenda"
msgstr "议程"

msgctxt "organization"
msgid "Host"
msgstr "主办单位"

msgid "%(count)s place"
msgid_plural "%(count)s places"
msgstr[0] "%(count)s 个名额"
"""


@pytest.fixture
def catalog(tmp_path):
    path = tmp_path / translations.CATALOG
    path.parent.mkdir(parents=True)
    path.write_text(PO)
    return path


def test_compile_catalogs_writes_what_django_reads(tmp_path, catalog):
    translations.compile_catalogs(tmp_path)

    with catalog.with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Agenda") == "议程"
    assert words.pgettext("organization", "Host") == "主办单位"
    assert words.ngettext("%(count)s place", "%(count)s places", 3) == "%(count)s 个名额"


def test_compile_catalogs_leaves_a_fresh_file_alone(tmp_path, catalog):
    translations.compile_catalogs(tmp_path)

    assert translations.compile_catalogs(tmp_path) == []


def test_compile_catalogs_renews_an_old_file(tmp_path, catalog):
    translations.compile_catalogs(tmp_path)
    os.utime(catalog.with_suffix(".mo"), (0, 0))

    assert translations.compile_catalogs(tmp_path) == [catalog.with_suffix(".mo")]


@pytest.mark.parametrize(("words", "expected"), [("议程", True), ("", False)])
def test_is_translated_wants_words(tmp_path, catalog, words, expected):
    catalog.write_text(PO.replace("议程", words))

    assert translations.is_translated(translations.read_catalog(catalog)["Agenda"]) is expected
