"""The style sheet is written in parts and sent as one file."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from forum_site.pages.stylesheets import CHART, PARTS, PERSONAL, PRINT, compact, part_names, stylesheet_names

STORAGES = {"staticfiles": {"BACKEND": "forum_site.pages.stylesheets.BundledStorage"}}


def test_every_part_exists_and_every_file_is_a_part():
    folder = Path(settings.BASE_DIR) / "forum_site" / "static" / "css"
    files = {path.stem for path in folder.glob("*.css") if not path.stem.startswith("admin")}

    assert files == {*PARTS, *(Path(name).stem for name in (PRINT, CHART, PERSONAL))}
    assert all(finders.find(f"css/{part}.css") for part in PARTS)


def test_development_links_every_part():
    assert stylesheet_names() == [f"css/{part}.css" for part in PARTS]


def test_compact_keeps_strings_and_blanks_that_mean_something():
    css = """/* note */
    a :hover,
    b > i {
      color: red;
      --x: url("data:a b; c: d");
      margin: 1px calc(1em + 2px);
    }
    @media (width >= 900px) and (height < 1em) { c::before { content: "{ ; }" } }
    """

    assert compact(css) == (
        'a :hover,b > i{color:red;--x:url("data:a b; c: d");margin:1px calc(1em + 2px)}'
        '@media (width >= 900px) and (height < 1em){c::before{content:"{ ; }"}}\n'
    )


def test_collected_files_hold_one_small_style_sheet(tmp_path):
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=settings.STORAGES | STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0)
        assert stylesheet_names() == ["css/site.css"]

    [bundle] = tmp_path.glob("css/site.*.css")
    [compressed] = tmp_path.glob("css/site.*.css.gz")
    assert "forum-serif-latin." in bundle.read_text()
    assert compressed.stat().st_size < 13_600  # with its headers within the first ten packets


def test_every_class_of_the_style_sheet_is_used_somewhere():
    root = Path(settings.BASE_DIR)
    sources = [*root.glob("templates/**/*.html"), *root.glob("forum_site/static/js/*.js")]
    apps = ("forum_site", "events", "partners", "registrations")
    sources += [path for app in apps for path in root.glob(f"{app}/**/*.py")]
    words = set(re.findall(r"[\w-]+", "\n".join(path.read_text() for path in sources)))
    css = "".join((root / "forum_site/static" / name).read_text() for name in part_names())
    bare = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", css, flags=re.DOTALL)
    classes = {name for rule in re.findall(r"([^{}]+)\{", bare) for name in re.findall(r"\.([a-zA-Z][\w-]*)", rule)}

    composed = ("banner-", "icon-", "square-", "tint-")  # their ends are values
    assert sorted(name for name in classes - words if not name.startswith(composed)) == []
