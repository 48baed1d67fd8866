"""A preview opens its own edition to whoever has the secret, and nothing to anybody else."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from events.domain.previews import renew_preview, revoke_preview
from events.enums import EventStatus, SessionStatus
from forum_site.lib.codes import new_secret
from forum_site.lib.previews import previewed
from forum_site.logs import without_secrets
from forum_site.pages.cache.store import pages
from tests.admin.worlds import organizer, signed_in, url
from tests.factories import (
    make_appearance,
    make_document,
    make_event,
    make_news,
    make_page,
    make_partnership,
    make_preview_link,
    make_session,
    make_speaker,
    make_ticket_type,
)

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(days=1)
PAGES = {
    "": "Unpublished news",
    "about/": "Unpublished theme",
    "agenda/": "Draft session",
    "sessions/draft/": "Draft session",
    "sessions/embargo/": "Embargoed session",
    "speakers/": "Secret Person",
    "speakers/secret/": "Secret Person",
    "partners/": "Secret Partner",
    "news/": "Unpublished news",
    "news/draft/": "Unpublished news",
    "documents/": "Unpublished paper",
    "page/": "Unpublished page",
}


def make_drafts(slug, **fields):
    """An edition in which nothing may be seen."""
    event = make_event(slug=slug, theme_en="Unpublished theme", **({"status": EventStatus.DRAFT} | fields))
    draft = make_session(event, slug="draft", title_en="Draft session", status=SessionStatus.DRAFT, start="09:00")
    make_session(event, slug="embargo", title_en="Embargoed session", publish_at=timezone.now() + LATER)
    speaker = make_speaker(slug="secret" if slug == "forum" else f"secret-{slug}", name_en="Secret Person")
    make_appearance(draft, speaker, is_announced=False)
    partner = make_partnership(event).partner
    type(partner).objects.filter(pk=partner.pk).update(name_en="Secret Partner")
    make_news(event, slug="draft", title_en="Unpublished news", published_at=None)
    make_document(event, title_en="Unpublished paper", published_at=None, session=draft)
    make_page(event, slug="page", title_en="Unpublished page", is_published=False)
    return event


def behind(link, rest="", language="en", slug="forum"):
    return f"/preview/{link.secret}/{language}/events/{slug}/{rest}"


@pytest.mark.parametrize("rest", PAGES)
def test_preview_shows_what_is_not_published(client, rest):
    link = make_preview_link(make_drafts("forum"))

    for language in ("en", "zh-hans"):
        response = client.get(behind(link, rest, language))

        assert response.status_code == 200
        assert PAGES[rest] in response.content.decode()
        assert response["Content-Language"] == language


@pytest.mark.parametrize("rest", PAGES)
def test_without_the_secret_there_is_nothing(client, rest):
    event = make_drafts("forum")
    old = make_preview_link(event).secret
    link = renew_preview(event)
    client.get(behind(link, rest))

    for path in (
        f"/en/events/forum/{rest}",
        f"/preview/{new_secret()}/en/events/forum/{rest}",
        f"/preview/{old}/en/events/forum/{rest}",
        f"/preview/{link.secret[:-1]}/en/events/forum/{rest}",
        f"/preview/{link.secret_digest}/en/events/forum/{rest}",
        f"/preview//en/events/forum/{rest}",
        f"/en/preview/{link.secret}/events/forum/{rest}",
    ):
        assert client.get(path).status_code == 404
    revoke_preview(event)
    assert client.get(behind(link, rest)).status_code == 404


def test_preview_ends_at_its_moment(client, time_machine):
    now = dt.datetime(2026, 5, 1, 9, 0, tzinfo=dt.UTC)
    time_machine.move_to(now, tick=False)
    link = make_preview_link(make_drafts("forum"), ends_at=now + LATER)
    assert client.get(behind(link)).status_code == 200

    time_machine.move_to(now + LATER, tick=False)

    assert client.get(behind(link)).status_code == 404


@pytest.mark.parametrize("rest", PAGES)
def test_preview_of_one_edition_opens_nothing_of_another(client, rest):
    link = make_preview_link(make_drafts("forum"))
    make_drafts("other")

    response = client.get(behind(link, rest, slug="other"), follow=True)

    assert response.status_code == 404
    assert response.redirect_chain == [(f"/en/events/other/{rest}", 302)]


def test_preview_shows_nothing_of_others_on_its_own_pages(client):
    event = make_drafts("forum")
    other = make_drafts("other", series=event.series)
    make_appearance(other.sessions.get(slug="embargo"), event.sessions.get(slug="draft").appearances.get().speaker)
    make_page(other, slug="only-there", title_en="Only there", is_published=False)
    link = make_preview_link(event)

    for rest in PAGES:
        html = client.get(behind(link, rest)).content.decode()
        assert "/other/" not in html
        assert "Only there" not in html


def test_embargo_of_a_public_edition_holds_outside_of_its_preview(client):
    event = make_drafts("forum", status=EventStatus.PUBLISHED)
    link = make_preview_link(event)

    assert "Embargoed session" in client.get(behind(link, "agenda/")).content.decode()
    html = client.get("/en/events/forum/agenda/").content.decode()
    assert "Embargoed session" not in html
    assert "Draft session" not in html


@pytest.mark.parametrize("rest", PAGES)
def test_links_of_a_preview_stay_in_it(client, rest):
    link = make_preview_link(make_drafts("forum"))

    html = client.get(behind(link, rest)).content.decode()
    links = re.findall(r'(?:href|action)="([^"#?]*/events/[^"]*)"', html)

    assert links
    assert [one for one in links if not one.startswith(f"/preview/{link.secret}/")] == []
    for one in {one for one in links if one.endswith("/")}:
        assert client.get(one).status_code == 200, one


def test_preview_says_so_and_is_kept_found_and_followed_by_nobody(client):
    event = make_drafts("forum", status=EventStatus.PUBLISHED)
    link = make_preview_link(event)

    response = client.get(behind(link))

    html = response.content.decode()
    assert "Preview: not public" in html
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert 'rel="canonical"' not in html
    assert "og:url" not in html
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert not response.has_header("ETag")
    assert all(link.secret not in path for path, _query in pages._entries)
    public = client.get("/en/events/forum/").content.decode()
    assert "Preview: not public" not in public
    assert link.secret not in public


def test_a_kept_public_page_is_no_preview_and_a_preview_is_no_public_page(client):
    event = make_drafts("forum", status=EventStatus.PUBLISHED)
    link = make_preview_link(event)
    client.get("/en/events/forum/news/")

    assert "Unpublished news" in client.get(behind(link, "news/")).content.decode()
    assert "Unpublished news" not in client.get("/en/events/forum/news/").content.decode()


def test_nothing_is_left_open_after_a_preview(client):
    link = make_preview_link(make_drafts("forum"))
    client.get(behind(link))
    client.get(behind(link, "nowhere/at/all/"))

    assert previewed() is None
    assert client.get("/en/events/forum/").status_code == 404


def test_forms_and_the_rest_of_the_site_stand_outside(client):
    event = make_drafts("forum", status=EventStatus.PUBLISHED)
    make_ticket_type(event)
    link = make_preview_link(event)

    assert client.post(behind(link)).status_code == 405
    for rest in ("register/", "agenda.ics", "news.atom", "card.png"):
        assert client.get(behind(link, rest))["Location"] == f"/en/events/forum/{rest}"
    for path in ("admin/", "en/", "en/documents/", "sitemap-forum.xml"):
        assert client.get(f"/preview/{link.secret}/{path}")["Location"] == f"/{path}"


def test_the_bare_link_leads_to_the_edition_in_the_language_of_the_browser(client):
    link = make_preview_link(make_drafts("forum"))

    response = client.get(f"/preview/{link.secret}/", headers={"Accept-Language": "zh-CN"})

    assert response["Location"] == behind(link, language="zh-hans")


def test_secret_of_a_preview_stays_out_of_logs():
    secret = new_secret()

    assert without_secrets(f"Not Found: /preview/{secret}/en/") == "Not Found: /preview/…/en/"


def test_organizer_gives_renews_and_revokes_the_link(client):
    event = make_drafts("forum")
    client = signed_in(organizer(event))
    form = url(event, "do", event.pk, "preview")

    client.post(form, {"until": "2099-05-01"})
    event.refresh_from_db()
    first = event.preview_link

    assert first.ends_at.isoformat() == "2099-05-01T16:00:00+00:00"
    assert f"/preview/{first.secret}/" in client.get(url(event, "change")).content.decode()
    client.post(form, {"until": ""})
    first.refresh_from_db()
    assert first.ends_at is None
    assert client.get(behind(first)).status_code == 200
    client.post(url(event, "do", event.pk, "preview-revoke"))
    assert client.get(behind(first)).status_code == 404


@pytest.mark.parametrize("role", ["owner", "registrar"])
def test_nobody_else_gives_or_sees_a_link(role):
    event, other = make_drafts("forum"), make_event()
    link = make_preview_link(event)
    client = signed_in(organizer(other if role == "owner" else event, role))

    for name in ("preview", "preview-revoke"):
        assert client.post(url(event, "do", event.pk, name), {"until": ""}).status_code == 404
    link.refresh_from_db()
    if role == "owner":
        assert client.get(url(event, "change")).status_code == 404
