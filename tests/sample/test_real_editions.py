"""The real editions of the sample content say what was printed of them, and no more."""

from __future__ import annotations

import datetime as dt

import pytest

from events.models import Appearance, Event, Session, Speaker
from forum_site.lib.moments import clock
from partners.models import Partner

pytestmark = pytest.mark.usefixtures("sample")

SUPPORTING_2022 = [
    "United Nations Development Programme",
    "United Nations Educational, Scientific and Cultural Organization",
    "UN Women",
    "International Labour Organization",
    "Institute for Ethics in Artificial Intelligence, Technical University of Munich",
    "Center for Humanitarian Dialogue",
    "International Research Center for AI Ethics and Governance, Institute of Automation, Chinese Academy of Sciences",
    "The Chinese Institute of New Generation Artificial Intelligence Development Strategies",
    "China Academy of Industrial Internet",
    "Institute of Artificial Intelligence, Tsinghua University",
    "Institute for AI Industry Research, Tsinghua University",
    "Center for International Security and Strategy, Tsinghua University",
    "Center for AI Governance (Beijing)",
    "China Institute for Science and Technology Policy, Tsinghua University",
    "Center for Science & Technology Development and Governance, Tsinghua University",
    "Tsinghua University Latin America Center",
    "Tsinghua Southeast Asia Center",
    "SPARK UNDP SDG Innovation Lab | Chengdu",
    "National Communication Center for Science and Technology, CAST",
]
OTHER_2021 = [
    "Institute for Ethics in Artificial Intelligence, Technical University of Munich",
    "Leverhulme Centre for the Future of Intelligence, University of Cambridge",
    "Center for Humanitarian Dialogue",
    "Institute of Automation, Chinese Academy of Sciences",
    "The Chinese Institute of New Generation Artificial Intelligence Development Strategies",
    "Institute of Artificial Intelligence, Tsinghua University",
    "Institute for AI Industry Research, Tsinghua University",
    "Center for International Security and Strategy, Tsinghua University",
    "Center for AI Governance",
    "China Institute for Science and Technology Policy, Tsinghua University",
    "Center for Science & Technology Development and Governance, Tsinghua University",
    "Institute for Sustainable Development Goals, Tsinghua University",
    "Center for Industrial Development and Environmental Governance, Tsinghua University",
    "SPARK UNDP SDG Innovation Lab | Chengdu",
    "National Communication Center for Science and Technology, CAST",
]
I_AIIG = "Institute for AI International Governance of Tsinghua University (I-AIIG)"
TALKS_2021 = [
    ("09:00–09:05", "Introduction of guest speakers", "YANG Bin"),
    ("09:05–09:10", "Welcome remarks", "QIU Yong"),
    ("09:10–09:15", "Welcome remarks", "Beate Trankmann"),
    ("09:15–09:25", "Opening speech", "WANG Yongqing"),
    ("09:25–09:35", "Opening speech", "Maria-Francesca Spatolisano"),
    ("09:35–09:45", "Opening speech", "Andrew Chi-Chih Yao"),
    ("09:45–09:55", "Opening speech", "LI Meng"),
    ("09:55–10:05", "Opening speech", "XU Xiaolan"),
    ("10:05–10:15", "Opening speech", "MA Shengkun"),
    ("10:25–10:30", "Introduction of guest speakers", "LIANG Zheng"),
    ("10:30–10:45", "Keynote speech #1", "XUE Lan"),
    ("10:45–11:00", "Keynote speech #2", "GONG Ke"),
    ("11:00–11:15", "Keynote speech #3", "XU Haoliang"),
]


def groups(slug):
    """Return the printed labels of an edition with the printed names under them."""
    found = {}
    for partnership in Event.objects.get(slug=slug).partnerships.in_protocol_order():
        found.setdefault(partnership.label_en, []).append(partnership.printed_name_en or partnership.partner.name_en)
    return found


def test_edition_of_2020_has_what_was_printed():
    event = Event.objects.get(slug="aicg-2020")
    assert event.name_zh_hans == "首届“清华大学人工智能合作与治理国际论坛”"
    assert event.attendance_mode == ""
    assert (event.starts_on, event.ends_on) == (dt.date(2020, 12, 18), dt.date(2020, 12, 19))
    assert groups("aicg-2020") == {
        "Host": [I_AIIG],
        "Organizer": [I_AIIG],
        "International supporting organization": ["United Nations Development Programme (UNDP)"],
    }


def test_talks_of_2020_have_no_times_and_two_came_by_video():
    talks = Appearance.objects.filter(session__event__slug="aicg-2020")
    assert talks.count() == 17
    assert not talks.filter(starts_at__isnull=False).exists()
    assert set(talks.filter(mode="video").values_list("speaker__name_en", flat=True)) == {
        "Fabrizio Hochschild",
        "Zhao Houlin",
    }


def test_edition_of_2021_has_its_partners_in_the_printed_order():
    assert groups("aicg-2021") == {
        "Host": ["Tsinghua University"],
        "Organizer": [I_AIIG],
        "International Supporting Partner": ["United Nations Development Programme (UNDP)"],
        "Other Partners": OTHER_2021,
    }


def test_edition_of_2021_has_thirteen_talks_with_minutes():
    timed = Appearance.objects.filter(session__event__slug="aicg-2021", starts_at__isnull=False).order_by("starts_at")
    assert [(minutes(talk), talk.label_en, talk.name) for talk in timed] == TALKS_2021


def test_keynotes_four_to_six_of_2021_stand_in_order_without_times():
    plenary = Session.objects.get(slug="main-plenary-1")
    untimed = plenary.appearances.filter(starts_at__isnull=True).order_by("position")
    assert [(talk.label_en, talk.name) for talk in untimed] == [
        ("Keynote speech #4", "Wendell Wallach"),
        ("Keynote speech #5", "Su Jun"),
        ("Keynote speech #6", "Rohinton Medhora"),
    ]
    assert (plenary.section_heading_en, clock(plenary.ends_at, "Asia/Shanghai")) == ("AI TODAY", "12:00")


def test_tea_break_of_2021_lasts_ten_minutes():
    assert Session.objects.get(event__slug="aicg-2021", type="break").minutes == 10


def test_session_on_security_has_two_parts_two_hosts_and_no_time():
    session = Session.objects.get(slug="ai-and-international-security")
    assert (session.starts_at, session.ends_at) == (None, None)
    assert [part.title_en for part in session.parts.order_by("position")] == [
        "Understanding the Impact of AI on Global Strategic Stability",
        "Exploring Ways to Alleviate AI-Related Security Risks",
    ]
    assert sorted(session.partnerships.values_list("partner__short_name_en", flat=True)) == ["CISS", "HD"]


def test_edition_of_2022_has_nineteen_partners_in_the_printed_order():
    assert groups("aicg-2022") == {
        "Host": ["Tsinghua University"],
        "Organizer": [I_AIIG],
        "Supporting Partners": SUPPORTING_2022,
    }


def test_edition_of_2022_has_no_programme_and_says_so_in_both_languages():
    event = Event.objects.get(slug="aicg-2022")
    assert not event.sessions.exists()
    assert event.programme_note_en == "The programme of this edition is not published here."
    assert event.programme_note_zh_hans == "本届论坛的议程未在此发布。"
    assert (event.name_zh_hans, event.theme_zh_hans) == ("", "")


def test_chinese_names_of_people_stand_only_where_they_were_printed():
    named = real_people().exclude(name_zh_hans="").values_list("name_en", "name_zh_hans").order_by("name_en")
    assert list(named) == [("Beate Trankmann", "白雅婷"), ("Wang Qinmin", "王钦敏")]


def test_people_are_one_across_editions_under_the_name_printed_each_time():
    yang = Speaker.objects.get(slug="yang-bin")
    assert [talk.name for talk in yang.appearances.order_by("session__day", "position")] == [
        "Yang Bin",
        "Yang Bin",
        "YANG Bin",
    ]


def test_two_centers_for_ai_governance_stay_two():
    names = Partner.objects.filter(name_en__startswith="Center for AI Governance").order_by("name_en")
    assert [partner.name_en for partner in names] == ["Center for AI Governance", "Center for AI Governance (Beijing)"]


def test_short_names_of_organizations_stand_only_where_they_were_printed():
    short = real_organizations().exclude(short_name_en="").order_by("short_name_en")
    assert [partner.short_name_en for partner in short] == ["CISS", "HD", "I-AIIG", "UNDP"]


def test_nobody_and_nothing_has_a_country_a_portrait_or_a_biography():
    assert not real_people().exclude(country="", photo="", biography_en="", biography_zh_hans="").exists()
    assert not real_organizations().exclude(country="", logo="", website="", description_en="").exists()


def real_people():
    return Speaker.objects.filter(appearances__session__event__series__is_sample=False).distinct()


def real_organizations():
    return Partner.objects.filter(partnerships__event__series__is_sample=False).distinct()


def minutes(talk):
    return f"{clock(talk.starts_at, 'Asia/Shanghai')}–{clock(talk.ends_at, 'Asia/Shanghai')}"
