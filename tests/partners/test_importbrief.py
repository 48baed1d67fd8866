import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from events.enums import EventStatus
from events.models import Event, EventSeries
from forum_site.lib.brief import read_brief
from forum_site.lib.errors import DomainError
from partners.importers.brief import ImportChoices, apply_plan, plan_import
from partners.importers.plan import existing_edition
from partners.models import Partner, Partnership
from tests.factories import make_event, make_partner, make_partnership, make_series

pytestmark = pytest.mark.django_db
REAL = Path(__file__).resolve().parent.parent / "data" / "briefs" / "2022.txt"
SUPPORTING = [
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
SMALL = """The 2nd Harbour Forum 2027

Theme: Tides
Date: 3-4 May 2027
Host: Harbour University
Supporting Partners:
Institute of Tides (IOT)
Office of Moons

Background and Objective
One paragraph.
"""


def run(*arguments, file=REAL):
    out = StringIO()
    call_command("importbrief", str(file), *arguments, stdout=out)
    return out.getvalue()


def plan(text=SMALL, **options):
    return plan_import(read_brief(text, default_zone="Asia/Shanghai"), **options)


def counts():
    return [model.objects.count() for model in (Event, EventSeries, Partner, Partnership)]


def test_real_brief_gives_the_whole_edition():
    run()

    event = Event.objects.get()
    assert event.name_en == "International AI Cooperation and Governance Forum 2022"
    assert event.theme_en == "AI Governance and International Cooperation for a Resilient Future"
    assert (event.starts_on, event.ends_on) == (dt.date(2022, 12, 9), dt.date(2022, 12, 10))
    assert (event.timezone_name, event.attendance_mode) == ("Asia/Shanghai", "online")
    assert (event.status, event.series.name_en) == (
        EventStatus.DRAFT,
        "International AI Cooperation and Governance Forum",
    )
    assert len(event.background_en.split("\n\n")) == 5


def test_real_brief_gives_the_partners_as_printed():
    run()

    stored = {
        role: [(one.position, one.name) for one in Partnership.objects.filter(role=role).order_by("position")]
        for role in ("host", "organizer", "supporting")
    }
    assert stored["host"] == [(1, "Tsinghua University")]
    assert stored["organizer"] == [(1, "Institute for AI International Governance of Tsinghua University (I-AIIG)")]
    assert stored["supporting"] == list(enumerate(SUPPORTING, start=1))
    assert {one.label_en for one in Partnership.objects.filter(role="supporting")} == {"Supporting Partners"}


def test_importbrief_prints_what_it_understood():
    out = run("--dry-run")

    assert counts() == [0, 0, 0, 0]
    for words in (
        "Theme (line 5)",
        "AI Governance and International Cooperation for a Resilient Future",
        "Supporting Partners (Supporting partner): 19",
        "  18. SPARK UNDP SDG Innovation Lab | Chengdu",
        "5 paragraphs",
        "time zone preset",
        "not understood",
        "dry run",
    ):
        assert words in out


def test_second_import_changes_nothing_and_shows_no_difference():
    run()
    before = counts()

    out = run("--reuse-partners", "--yes")

    assert counts() == before
    assert "The edition exists already: international-ai-cooperation-and-governance-forum-2022 (Draft)." in out
    assert "It says what the brief says." in out


def test_second_import_shows_the_difference_field_by_field_and_partner_by_partner():
    apply_plan(plan())
    changed = SMALL.replace("Theme: Tides", "Theme: Currents").replace("Office of Moons", "Office of Stars")

    again = plan(changed)

    found = [(str(one.label), one.old, one.new) for one in again.differences]
    assert found == [
        ("theme", "Tides", "Currents"),
        ("Supporting partner", "", "2. Office of Stars"),
        ("Supporting partner", "2. Office of Moons", ""),
    ]
    assert Event.objects.get().theme_en == "Tides"


def test_apply_refuses_an_edition_that_exists():
    apply_plan(plan())
    before = counts()

    with pytest.raises(DomainError, match="exists already"):
        apply_plan(plan(), choices=ImportChoices(partners={0: None, 1: None, 2: None}))

    assert counts() == before


def test_apply_updates_an_edition_when_told_so():
    event = apply_plan(plan())
    extra = make_partnership(event, role="supporting", position=3)
    again = plan(
        SMALL.replace("Institute of Tides (IOT)\nOffice of Moons", "Office of Moons\nInstitute of Tides (IOT)")
    )
    reuse = {one.number: one.candidates[0].pk for one in again.partners}

    apply_plan(again, choices=ImportChoices(partners=reuse, update_existing=True))

    names = [one.name for one in event.partnerships.filter(role="supporting").order_by("position")]
    assert names == ["Office of Moons", "Institute of Tides (IOT)", extra.name]
    assert plan(SMALL).existing == event


def test_known_partners_are_offered_and_never_merged_silently():
    known = make_partner(name_en="The Institute of Tides", aliases="Tide Institute")

    with pytest.raises(DomainError, match="Institute of Tides"):
        apply_plan(plan())
    assert [one.candidates for one in plan().partners] == [[], [known], []]

    event = apply_plan(plan(), choices=ImportChoices(partners={1: known.pk}))

    reused = event.partnerships.get(partner=known)
    assert (reused.printed_name_en, reused.position) == ("Institute of Tides (IOT)", 1)
    assert Partner.objects.count() == 3


def test_known_partners_may_be_made_anew():
    make_partner(name_en="Institute of Tides")

    event = apply_plan(plan(), choices=ImportChoices(partners={1: None}))

    assert Partner.objects.count() == 4
    assert event.partnerships.get(role="supporting", position=1).name == "Institute of Tides (IOT)"


def test_importbrief_asks_to_decide_about_known_partners():
    make_partner(name_en="UN Women")

    with pytest.raises(CommandError, match="--reuse-partners or --new-partners"):
        run()
    assert counts() == [0, 0, 1, 0]

    run("--reuse-partners")
    assert Partner.objects.filter(name_en="UN Women").count() == 1


def test_organization_with_two_roles_is_made_once():
    event = apply_plan(plan(SMALL.replace("Theme: Tides", "Organizer: Harbour University")))

    assert Partner.objects.filter(name_en="Harbour University").count() == 1
    assert event.partnerships.filter(partner__name_en="Harbour University").count() == 2


def test_series_is_recognised_by_the_name_without_year_and_number():
    series = make_series(name_en="Harbour Forum")
    other = make_series()

    assert plan().series == series
    assert plan(series=other).series == other


def test_chinese_brief_fills_the_chinese_columns():
    event = apply_plan(plan("2027海港论坛\n\n主题：潮汐\n时间：2027年5月3日至4日\n主办单位：海港大学\n"))

    assert (event.name_zh_hans, event.name_en, event.theme_zh_hans) == ("2027海港论坛", "", "潮汐")
    assert event.partnerships.get().partner.name_zh_hans == "海港大学"
    assert event.slug.endswith("-2027")


def test_leftover_is_kept():
    event = apply_plan(plan(SMALL + "\nContact: 555-1234\n"))

    assert "555-1234" in event.brief_leftover


def test_corrections_win_over_the_brief():
    choices = ImportChoices(corrections={"theme_en": "High tide", "theme_zh_hans": "大潮"}, slug="harbour")

    event = apply_plan(plan(), choices=choices)

    assert (event.theme_en, event.theme_zh_hans, event.slug) == ("High tide", "大潮", "harbour")


def test_corrections_that_make_no_sense_store_nothing():
    with pytest.raises(DomainError):
        apply_plan(plan(), choices=ImportChoices(corrections={"ends_on": dt.date(2020, 1, 1)}))

    assert counts() == [0, 0, 0, 0]


def test_name_too_long_for_an_organization_names_its_line():
    with pytest.raises(DomainError, match="Line 5: "):
        apply_plan(plan(SMALL.replace("Harbour University", "University " * 30)))

    assert counts() == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("Harbour Forum\nTheme: Tides\n", "dates"),
        ("Harbour Forum\nDate: 10-9 May 2027\n", "[Ll]ine 2"),
        ("Date: 3-4 May 2027\n", "[Ll]ine 1"),
    ],
)
def test_brief_that_makes_no_edition_is_refused_by_line(tmp_path, text, words):
    file = tmp_path / "brief.txt"
    file.write_text(text)

    with pytest.raises(CommandError, match=words):
        run(file=file)

    assert counts() == [0, 0, 0, 0]


@pytest.mark.parametrize(("option", "words"), [("--zone=Mars/Base", "time zone"), ("--series=nobody", "no series")])
def test_importbrief_refuses_what_does_not_exist(option, words):
    with pytest.raises(CommandError, match=words):
        run(option)


def test_zone_given_wins():
    run("--zone=Asia/Tokyo")

    assert Event.objects.get().timezone_name == "Asia/Tokyo"


def test_edition_of_another_year_is_not_the_same():
    make_event(name_en="Harbour Forum", slug="harbour-forum", starts_on=dt.date(2026, 5, 3))

    planned = plan(SMALL.replace("The 2nd Harbour Forum 2027", "Harbour Forum"))

    assert (planned.existing, planned.slug) == (None, "harbour-forum-2027")


def test_an_empty_name_is_no_edition_that_exists():
    event = make_event(name_zh_hans="")

    assert existing_edition("", event.starts_on.year, "elsewhere") is None
