"""Nobody is named before the moment that the organizers have set, on any surface."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from events.domain.versions import publish_version
from events.enums import AppearanceRole
from forum_site.pages.cache.clock import next_change_at
from tests.factories import at, make_appearance, make_event, make_partner, make_partnership, make_session, make_speaker

pytestmark = pytest.mark.django_db
NAME, TITLE, OWN, SLUG = "Zaira Quillfeather", "Astronomer Royal", "秘人", "zaira-quillfeather"
WORDS = (NAME, TITLE, OWN, SLUG)
FORUM = "events/forum/"
#: Everywhere a visitor, a program or a search engine looks.
SURFACES = [
    "",
    "editions/",
    FORUM,
    f"{FORUM}agenda/",
    f"{FORUM}agenda/?q=Zaira",
    f"{FORUM}agenda/changes/",
    f"{FORUM}agenda.ics",
    f"{FORUM}live/",
    f"{FORUM}sessions/opening/",
    f"{FORUM}sessions/opening.ics",
    f"{FORUM}schedule.xml",
    f"{FORUM}schedule.json",
    f"{FORUM}speakers/",
    f"{FORUM}speakers/?q=Zaira",
    f"{FORUM}partners/institute/",
]


@pytest.fixture(params=["embargo", "not announced", "session under embargo"])
def event(request):
    """An edition with one person who must not be known yet."""
    found = make_event(slug="forum", starts_on=timezone.now().date() + dt.timedelta(days=30))
    later = timezone.now() + dt.timedelta(days=1)
    hidden = {"publish_at": later} if request.param == "session under embargo" else {}
    session = make_session(found, slug="opening", start="09:00", end="10:00", title_en="Opening")
    secret = make_session(found, slug="secret", start="11:00", **hidden) if hidden else session
    make_appearance(session, make_speaker(slug="ada", name_en="Ada Lane"), role=AppearanceRole.CHAIR)
    fields = {"embargo": {"publish_at": later}, "not announced": {"is_announced": False}}.get(request.param, {})
    speaker = make_speaker(slug=SLUG, name_en=NAME, name_zh_hans=OWN, organization_en=TITLE, biography_en=TITLE)
    make_appearance(
        secret, speaker, role=AppearanceRole.KEYNOTE, printed_title_en=TITLE, starts_at=at(found, "11:10"), **fields
    )
    make_partnership(found, make_partner(slug="institute")).sessions.add(session)
    publish_version(found)
    found.has_place = not hidden
    return found


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nobody_is_named_too_early(client, event, language):
    for surface in SURFACES:
        response = client.get(f"/{language}/{surface}")
        assert response.status_code == 200, surface
        text = response.content.decode().replace("q=Zaira", "").replace('value="Zaira"', "")
        assert [word for word in WORDS if word in text] == [], surface
        assert f"{FORUM}speakers/{SLUG}" not in text, surface


def test_person_under_embargo_has_no_page_no_picture_and_no_place_on_the_map(client, event):
    assert client.get(f"/en/{FORUM}speakers/{SLUG}/").status_code == 404
    cards = [f"/en/{FORUM}speakers/{SLUG}/card.png", f"/en/{FORUM}speakers/{SLUG}.png"]
    assert {client.get(address).status_code for address in cards} == {404}
    index = client.get("/sitemap.xml").content.decode()
    addresses = [part.partition("</loc>")[0] for part in index.split("<loc>")[1:]]
    for address in addresses:
        assert SLUG not in client.get(address.removeprefix("http://testserver")).content.decode()


def test_programme_keeps_the_place(client, event):
    if not event.has_place:
        return
    words = {"en": "Speaker to be announced", "zh-hans": "嘉宾待公布"}
    for language, word in words.items():
        for surface in (f"{FORUM}agenda/", f"{FORUM}sessions/opening/", f"{FORUM}sessions/opening.ics"):
            text = client.get(f"/{language}/{surface}").content.decode().replace("\r\n ", "")
            assert word in text, surface


def test_name_stands_everywhere_once_the_moment_has_come(client):
    event = make_event(slug="forum")
    session = make_session(event, slug="opening", start="09:00", end="10:00")
    moment = timezone.now() + dt.timedelta(minutes=2)
    make_appearance(session, make_speaker(slug=SLUG, name_en=NAME), publish_at=moment)
    addresses = [f"/en/{FORUM}agenda/", f"/en/{FORUM}sessions/opening/", f"/en/{FORUM}speakers/"]

    before = [NAME in client.get(address).content.decode() for address in addresses]
    expires = next_change_at(timezone.now())
    with time_machine.travel(moment + dt.timedelta(seconds=1), tick=False):
        after = [NAME in client.get(address).content.decode() for address in addresses]
        own = client.get(f"/en/{FORUM}speakers/{SLUG}/").status_code

    assert (before, after, own) == ([False] * 3, [True] * 3, 200)
    assert expires <= moment


def test_people_who_follow_each_other_unannounced_are_one_line(client):
    event = make_event(slug="forum")
    session = make_session(event, slug="opening", start="09:00")
    for _number in range(3):
        make_appearance(session, is_announced=False, role=AppearanceRole.PANELLIST)

    text = client.get(f"/en/{FORUM}agenda/").content.decode()

    assert text.count("to be announced") == text.count("3 speakers to be announced") == 1


def test_past_programme_promises_nobody(client):
    event = make_event(slug="forum", starts_on=dt.date(2021, 12, 10))
    make_appearance(make_session(event, start="09:00"), is_announced=False)

    assert "to be announced" not in client.get(f"/en/{FORUM}agenda/").content.decode()
