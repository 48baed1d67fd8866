"""People and editions in every state, added to the sample content: for pictures, and for a look at all pages."""

from __future__ import annotations

import json

from tests.processes import RunningSite

#: Variables of a site that refuses and fails on demand: `trouble_urls`, and one process that counts who comes.
IN_TROUBLE = {
    "DJANGO_SETTINGS_MODULE": "tests.trouble_settings",
    "WEB_CONCURRENCY": "1",
    "REGISTRATIONS_PER_EMAIL": "2",
}
#: Editions in the states that the sample has none of, below ``events/``.
EDITIONS = [f"lakeside-{state}" for state in ("full", "closed", "soon", "cancelled", "postponed", "empty", "over")]

SEED = """
import datetime as dt, json
from django.utils import timezone
from events.enums import EventStatus
from events.models import Event, Session
from registrations.domain.bookings import book
from registrations.domain.groups import Person, register_group
from registrations.domain.invitations import decline
from registrations.domain.transfer import offer_transfer
from registrations.models import BookableSession
from registrations.views.register import to_done
from tests.factories import (make_appearance, make_delegation, make_event, make_invitation, make_preview_link,
    make_registration, make_series, make_session, make_speaker, make_ticket_type)

sample = Event.objects.get(slug="calavine-forum-sample")
types = {one.slug: one for one in sample.ticket_types.all()}
who = {"organization": "Sanavere City Archive", "country": "KE", "language": "en", "timezone_name": "Africa/Nairobi"}
def person(name, kind, **fields):
    address = f"{name.split()[0].lower()}@example.org"
    return make_registration(types[kind], full_name=name, email=address, **(who | fields))

confirmed = person("Wanjiru Okello", "on-site")
offered = person("Ilse Brandt", "online")
transfer = offer_transfer(offered, full_name="Noor Haddad", email="noor@example.org", language="en")
for bookable in BookableSession.objects.filter(session__event=sample).order_by("session__starts_at")[:1]:
    book(confirmed, bookable=bookable)
entered = [Person("Tomas Berg", "tomas@example.org", "Sanavere City Archive", "KE"), Person("", "", "", "KE")]
group = register_group(sample, ticket_type=types["online"], people=entered, waits_together=False,
    contact_name="Ilse Brandt", contact_email="ilse2@example.org", language="en", consent_text="Yes.")
claim = group.members.get(is_unclaimed=True).claim_path().split("/", 2)[2]
names = {"name_en": "Sanavere City Archive", "name_zh_hans": "萨纳韦雷市档案馆"}
delegation = make_delegation(types["on-site"], places=4, **names)
invitation = make_invitation(types["on-site"], full_name="Marta Quist", email="marta@example.org")
declined = decline(make_invitation(types["on-site"], full_name="Ruth Abara", email="ruth@example.org"))
thanks = to_done(sample, name="Wanjiru Okello", email="wanjiru@example.org", outcome="confirmed").url

series = make_series(slug="lakeside", name_en="Lakeside Forum", name_zh_hans="湖畔论坛", is_sample=True)
now = timezone.now().replace(minute=0, second=0, microsecond=0)
def edition(slug, en, zh, start=40, **fields):
    day = now.date() + dt.timedelta(days=start)
    words = {"name_en": f"Lakeside Forum {day.year}", "name_zh_hans": f"湖畔论坛{day.year}"}
    theme = {"theme_en": en, "theme_zh_hans": zh, "timezone_name": "Africa/Nairobi"}
    known = {"starts_on": day, "attendance_mode": "online"}
    event = make_event(series=series, slug=f"lakeside-{slug}", **(known | words | theme | fields))
    titles = {"title_en": "Who reads a measure?", "title_zh_hans": "谁在读评估报告"}
    session = make_session(event, start="09:00", end="10:30", **titles)
    make_appearance(session, make_speaker(name_en="Odile Marchetti", slug=f"odile-{slug}"))
    return event
full = edition("full", "Measures That Many Can Read", "让公众读得懂的公共服务评估")
make_registration(make_ticket_type(full, name_en="On site", name_zh_hans="现场参会", capacity=1), **who)
edition("closed", "Who Keeps the Record?", "记录由谁保存", start=3)
make_ticket_type(Event.objects.get(slug="lakeside-closed"), closes_at=now - dt.timedelta(days=1))
soon = edition("soon", "Rules That Rivers Follow", "河流遵循的规则", start=410)
make_ticket_type(soon, opens_at=now + dt.timedelta(days=5))
note = {"status_note_en": "The lake is in flood.", "status_note_zh_hans": "因湖区洪涝。"}
edition("cancelled", "Shared Services", "共享公共服务", start=80, status=EventStatus.CANCELLED, **note)
edition("postponed", "The Cost of Counting", "计数的代价", start=770, status=EventStatus.POSTPONED, **note)
make_event(series=series, slug="lakeside-empty", name_en="Lakeside Forum of Cities", name_zh_hans="湖畔城市论坛",
    theme_en="", timezone_name="Africa/Nairobi", starts_on=now.date() + dt.timedelta(days=200))
make_event(series=series, slug="lakeside-over", name_en="Lakeside Forum 2019", name_zh_hans="湖畔论坛2019",
    theme_en="", timezone_name="Africa/Nairobi", starts_on=dt.date(2019, 5, 6))
preview = make_preview_link(edition("draft", "a draft", "草稿", status=EventStatus.DRAFT))
own = f"registrations/{confirmed.secret}/"
streamed = Session.objects.filter(event=sample).exclude(stream_url="").first()
pages = {
    "personal": own, "personal-edit": f"{own}edit/",
    "personal-type": f"{own}type/", "personal-sessions": f"{own}sessions/",
    "personal-agenda": f"{own}programme/", "personal-transfer": f"{own}transfer/", "personal-data": f"{own}data/",
    "personal-erase": f"{own}erase/", "personal-renew": f"{own}renew/", "personal-cancel": f"{own}cancel/",
    "personal-transferring": f"registrations/{offered.secret}/", "transfer": f"transfers/{transfer.secret}/",
    "transfer-decline": f"transfers/{transfer.secret}/decline/", "claim": claim, "claim-decline": f"{claim}decline/",
    "group": f"groups/{group.secret}/", "delegation": f"delegations/{delegation.secret}/",
    "invitation": f"invitations/{invitation.secret}/",
    "invitation-decline": f"invitations/{invitation.secret}/decline/",
    "invitation-answered": f"invitations/{declined.secret}/", "thanks": thanks.split("/", 2)[2],
    "preview": f"/preview/{preview.secret}/{{language}}/events/lakeside-draft/",
    "join": f"join/{confirmed.secret}/{streamed.slug}/" if streamed else own,
}
print(json.dumps(pages))
"""


def add_states(site: RunningSite) -> dict[str, str]:
    """Add them, and return the addresses of pages that only who has their link can open, by name.

    They stand below the language, except where that has a place of its own: see `address_in`.
    """
    return json.loads(site.manage("shell", "-v", "0", "-c", SEED).strip().splitlines()[-1])


def address_in(language: str, address: str) -> str:
    """Return the path of a page in a language."""
    return address.format(language=language) if address.startswith("/") else f"/{language}/{address}"
