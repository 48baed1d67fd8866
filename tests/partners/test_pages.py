"""The public pages of the organizations, as a visitor gets them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.domain.addresses import remember_slug
from events.enums import EventStatus, SessionStatus, SlugKind
from tests.factories import make_event, make_partner, make_partnership, make_session

pytestmark = pytest.mark.django_db
PAGES = ["partners/", "partners/tides/"]


def url(event, rest, language="en"):
    return f"/{language}/events/{event.slug}/{rest}"


def edition(**fields):
    event = make_event(slug="forum", **fields)
    partner = make_partner(
        slug="tides",
        name_en="Institute of Tides",
        name_zh_hans="潮汐研究所",
        description_en="Measures *tides*.",
        website="https://tides.example/",
    )
    make_partnership(event, partner, label_en="Supporting Partners", label_zh_hans="支持单位")
    return event


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("language", "name"), [("en", "Institute of Tides"), ("zh-hans", "潮汐研究所")])
def test_page_prints_the_name_without_a_cookie(client, page, language, name):
    response = client.get(url(edition(), page, language))

    assert response.status_code == 200
    assert name in response.content.decode()
    assert not response.cookies


def test_partners_page_counts_each_group(client):
    event = edition()
    for _number in range(4):
        make_partnership(event, label_en="Supporting Partners", label_zh_hans="支持单位")

    page = client.get(url(event, "partners/")).content.decode()

    assert '<h2>Supporting Partners <span class="note">5, in the order printed</span></h2>' in page
    assert 'href="/en/events/forum/partners/tides/"' in page


def test_partners_page_without_partners_says_so(client):
    assert "have not been announced" in client.get(url(make_event(), "partners/")).content.decode()


def test_partner_page_lists_all_editions_and_sessions(client):
    event = edition(starts_on=dt.date(2026, 12, 10))
    partnership = event.partnerships.get()
    partnership.sessions.add(make_session(event, title_en="On tides"))
    old = make_event(starts_on=dt.date(2021, 12, 4), name_en="Forum 2021")
    make_partnership(old, partnership.partner, role="host")

    page = client.get(url(event, "partners/tides/")).content.decode()

    assert page.index("On tides") < page.index("Forum 2021")
    for words in ("<em>tides</em>", "https://tides.example/", "潮汐研究所", "Host", "10–11 December 2026"):
        assert words in page


def test_partner_page_shows_nothing_that_is_not_public(client):
    event = edition()
    partnership = event.partnerships.get()
    later = timezone.now() + dt.timedelta(hours=1)
    partnership.sessions.add(make_session(event, title_en="Secret draft", status=SessionStatus.DRAFT))
    partnership.sessions.add(make_session(event, title_en="Secret embargo", publish_at=later))
    make_partnership(make_event(name_en="Secret edition", status=EventStatus.DRAFT), partnership.partner)

    for page in PAGES:
        assert "Secret" not in client.get(url(event, page)).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_page_of_a_draft_is_not_found(client, page):
    assert client.get(url(edition(status=EventStatus.DRAFT), page)).status_code == 404


def test_partner_of_another_edition_is_not_found(client):
    event = edition()
    make_partnership(make_event(), make_partner(slug="elsewhere"))

    assert client.get(url(event, "partners/elsewhere/")).status_code == 404


def test_old_address_of_a_partner_redirects(client):
    event = edition()
    remember_slug(SlugKind.PARTNER, target=event.partnerships.get().partner_id, old="old-tides")

    response = client.get(url(event, "partners/old-tides/"))

    assert (response.status_code, response.headers["Location"]) == (301, url(event, "partners/tides/"))


@pytest.mark.parametrize("page", PAGES)
def test_page_needs_as_many_queries_for_many_as_for_one(client, page, django_assert_num_queries):
    event = edition()
    partnership = event.partnerships.get()
    partnership.sessions.add(make_session(event))
    with CaptureQueriesContext(connection) as few:
        client.get(url(event, page))
    for _ in range(10):
        make_partnership(event)
        partnership.sessions.add(make_session(event))
        make_partnership(make_event(starts_on=dt.date(2020, 1, 1), series=event.series), partnership.partner)

    with django_assert_num_queries(len(few)):
        client.get(url(event, page))


def test_partners_can_be_copied_as_text_in_both_languages(client):
    event = make_event(slug="forum", name_en="Forum 2026", name_zh_hans="2026论坛")
    host = make_partner(name_en="University", name_zh_hans="大学")
    second = make_partner(name_en="Agency & Co", name_zh_hans="机构")
    make_partnership(event, host, role="host")
    make_partnership(event, second, role="supporting", label_en="Friends", printed_name_en="The Agency & Co")

    page = client.get("/zh-hans/events/forum/partners/").content.decode()

    english = '<pre lang="en">Forum 2026\n\nHost\nUniversity\n\nFriends\nThe Agency &amp; Co</pre>'
    chinese = '<pre lang="zh-Hans">2026论坛\n\n主办单位\n大学\n\n支持单位\n机构</pre>'
    assert page.index(chinese) < page.index(english)
