"""Moments in HTML."""

import datetime as dt

from forum_site.lib.moment_marks import moment_mark

WINTER = dt.datetime(2026, 12, 10, 1, 0, tzinfo=dt.UTC)


def test_mark_holds_the_moment_and_the_pattern_of_its_words():
    assert moment_mark(WINTER, "Asia/Shanghai", "en") == (
        '<time datetime="2026-12-10T01:00Z" data-moment="{day}, {clock} ({city}, {zone})">'
        "10 December 2026, 09:00 (Shanghai, GMT+8)</time>"
    )
    assert moment_mark(WINTER, "Asia/Shanghai", "zh-hans") == (
        '<time datetime="2026-12-10T01:00Z" data-moment="{day} {clock}（{city}，{zone}）">'
        "2026年12月10日 09:00（上海，GMT+8）</time>"
    )


def test_mark_may_have_other_words():
    assert moment_mark(WINTER, "UTC", "en", "<soon>").endswith(">&lt;soon&gt;</time>")
