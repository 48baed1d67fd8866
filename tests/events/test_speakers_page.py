"""The page of the speakers: order, letters and filters, as they stand in its address."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override

from benchmarks.large import make_large
from events.queries.speakers_page import (
    MOST_AT_FIRST,
    MOST_LISTED,
    Choice,
    SpeakersPage,
    Wishes,
    alphabetical,
    speakers_page,
)
from tests.factories import make_appearance, make_event, make_session, make_speaker

pytestmark = pytest.mark.django_db


def shown(event: Any, query: str = "") -> SpeakersPage:
    return speakers_page(event, QueryDict(query))


def names(page: SpeakersPage) -> list[str]:
    return [person.appearance.name for person in page.people]


def letters(page: SpeakersPage) -> list[tuple[str, list[str]]]:
    return [(letter.sign, [person.appearance.name for person in letter.people]) for letter in page.letters]


def make_people(*people: dict[str, str], **session: Any) -> Any:
    """An edition with these people, in this order, in one session."""
    event = make_event(slug="forum")
    for fields in people:
        make_appearance(make_session(event, start="09:00", **session), make_speaker(**fields))
    return event


def test_names_stand_by_latin_letters_as_printed_in_both_languages():
    event = make_people(
        {"name_en": "Ólafur Zeman", "name_zh_hans": "奥拉维尔·泽曼"},
        {"name_en": "", "name_zh_hans": "张三"},
        {"name_en": "LIN Qinghe", "name_zh_hans": "林清河"},
        {"name_en": "Prof. Łucja Adams"},
        {"name_en": "", "name_zh_hans": "李四"},
        {"name_en": "Omar Aziz"},
    )
    expected = [
        ("L", ["LIN Qinghe", "Prof. Łucja Adams"]),
        ("O", ["Ólafur Zeman", "Omar Aziz"]),
        ("", ["李四", "张三"]),
    ]

    assert letters(shown(event, "order=name")) == expected
    with override("zh-hans"):
        assert [sign for sign, _people in letters(shown(event, "order=name"))] == ["L", "O", ""]


def test_name_printed_that_day_decides():
    event = make_people()
    make_appearance(make_session(event), make_speaker(name_en="Anna New"), printed_name_en="Zoe Old")

    assert letters(shown(event, "order=name")) == [("Z", ["Zoe Old"])]


def test_people_can_be_asked_for_by_session_and_its_parts():
    event = make_people({"name_en": "Elsewhere"})
    whole = make_session(event, slug="plenary", title_en="Plenary", start="08:00")
    part = make_session(event, parent=whole, start="08:00")
    make_appearance(part, make_speaker(name_en="In the part"))

    page = shown(event, "session=plenary")

    assert names(page) == ["In the part"]
    assert next((one.label, one.is_chosen) for one in page.sessions.options) == ("Plenary", True)
    assert (page.count, page.total) == (1, 2)


def test_people_can_be_asked_for_by_organization_in_either_language():
    event = make_people(
        {"name_en": "A", "organization_en": "Zebra Institute", "organization_zh_hans": "斑马研究院"},
        {"name_en": "B", "organization_zh_hans": "大学"},
        {"name_en": "C", "organization_en": "Academy"},
        {"name_en": "D"},
    )
    page = shown(event, "organization=zebra-institute")
    assert names(page) == ["A"]
    assert [one.label for one in page.organizations.options] == ["Academy", "Zebra Institute", "大学"]

    with override("zh-hans"):
        [chinese] = [one for one in shown(event).organizations.options if one.label == "大学"]
        assert names(shown(event, f"organization={chinese.value}")) == ["B"]


def test_people_can_be_asked_for_by_country_or_region():
    event = make_people({"name_en": "A", "country": "KE"}, {"name_en": "B", "country": "CN"}, {"name_en": "C"})

    assert [one.label for one in shown(event).countries.options] == ["China", "Kenya"]
    assert names(shown(event, "country=KE")) == ["A"]
    assert names(shown(event, "country=KE&organization=unknown")) == ["A"]


def test_unknown_wishes_are_ignored_and_single_choices_not_offered():
    event = make_people({"name_en": "A", "country": "KE"})
    page = shown(event, "order=age&session=x&country=XX&organization=")

    assert names(page) == ["A"]
    assert page.wishes == Wishes()
    assert (page.countries, page.sessions) == (Choice(), Choice())


def test_chinese_is_sorted_as_it_is_pronounced():
    assert sorted(["张", "阿", "李", "王", "B"], key=alphabetical) == ["B", "阿", "李", "王", "张"]


def test_page_has_jump_links_and_an_empty_state(client):
    make_people({"name_en": "Ada", "country": "KE"}, {"name_en": "Bo", "organization_en": "X", "country": "CN"})
    address = "/en/events/forum/speakers/"

    by_name = client.get(f"{address}?order=name").content.decode()
    assert '<a href="#letter-A">A</a>' in by_name
    assert 'id="letter-B"' in by_name
    assert "A to Z by the name in Latin letters, as printed." in by_name

    nobody = client.get(f"{address}?country=KE&session={make_session(make_event()).slug}").content.decode()
    assert "1 of 2 people" in nobody


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("query", ["", "?order=name"])
def test_page_makes_the_same_queries_however_many_speak(client, django_assert_max_num_queries: Any, count, query):
    make_people(*({"name_en": f"Ada {number}", "country": "KE"} for number in range(count)))
    client.get("/en/events/forum/speakers/")

    with django_assert_max_num_queries(10):
        client.get(f"/en/events/forum/speakers/{query}")


def test_of_many_people_the_first_hundreds_are_shown_and_all_where_they_are_asked_for(client):
    make_large(sessions=MOST_AT_FIRST // 3 + 2, people=MOST_AT_FIRST + 5)
    address = "/en/events/large/speakers/"

    def page(query: str = "") -> str:
        return client.get(address + query).content.decode()

    assert page().count('<li class="person') == MOST_AT_FIRST
    assert f'href="{address}?show=all"' in page()
    for query in ("?show=all", "?order=name"):
        assert page(query).count('<li class="person') == MOST_AT_FIRST + 5
        assert f'href="{address}?show=all"' not in page(query)


def test_many_sessions_are_asked_for_by_words_or_by_their_address():
    event = make_large(sessions=MOST_LISTED + 10, people=30)
    title = "Assurance on Trial: what 1 administrations have learned"

    by_words = shown(event, "session=what 1  TRIAL assurance")
    assert by_words.sessions == Choice(is_typed=True, text="what 1  TRIAL assurance")
    by_address = shown(event, "session=session-1")
    assert by_address.sessions == Choice(is_typed=True, text=title)
    assert 0 < by_address.count == 3 <= by_words.count < 30
    assert names(shown(event, f"session={title}")) == names(by_address)
    assert shown(event, "session=nothing of this").count == 0
