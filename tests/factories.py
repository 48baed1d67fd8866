"""Plain factories: each builds one thing with the least it needs, and nothing that was not asked for."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from django.utils import timezone

from events.enums import EventStatus
from events.models import (
    Announcement,
    Appearance,
    Document,
    Event,
    EventSeries,
    KeyDate,
    NewsPost,
    Page,
    PreviewLink,
    Room,
    Session,
    Speaker,
    Track,
    Venue,
)
from forum_site.accounts.models import EventRole, User
from forum_site.lib.codes import digest
from partners.models import Partner, Partnership
from registrations.models import (
    AccessCode,
    BookableSession,
    BookingRules,
    Delegation,
    Invitation,
    Mailing,
    MessageTemplate,
    Question,
    QuestionOption,
    Quota,
    Registration,
    RegistrationGroup,
    TicketType,
)

_numbers = count(1)


def make_user(**fields: Any) -> User:
    """A user who may open the admin; a superuser with ``is_superuser=True``."""
    number = next(_numbers)
    defaults = {"email": f"user{number}@example.org", "is_staff": True, "password": "correct-horse-battery"}
    return User.objects.create_user(**(defaults | fields))


def make_role(user: User, event: Event | None, role: str) -> EventRole:
    """A role at one event, or at all of them."""
    return EventRole.objects.create(user=user, event=event, role=role)


def make_series(**fields: Any) -> EventSeries:
    """A series."""
    number = next(_numbers)
    return EventSeries.objects.create(**({"slug": f"series-{number}", "name_en": f"Series {number}"} | fields))


def make_event(**fields: Any) -> Event:
    """A published edition of two days that starts in thirty days, in Shanghai time."""
    number = next(_numbers)
    start = fields.pop("starts_on", None) or timezone.now().date() + dt.timedelta(days=30)
    defaults = {
        "slug": f"event-{number}",
        "name_en": f"Event {number}",
        "theme_en": f"Theme {number}",
        "starts_on": start,
        "ends_on": start + dt.timedelta(days=1),
        "timezone_name": "Asia/Shanghai",
        "status": EventStatus.PUBLISHED,
    }
    series = fields.pop("series", None) or make_series()
    return Event.objects.create(series=series, **(defaults | fields))


def make_venue(**fields: Any) -> Venue:
    """A building."""
    return Venue.objects.create(**({"name_en": f"Venue {next(_numbers)}"} | fields))


def make_room(venue: Venue | None = None, **fields: Any) -> Room:
    """A room."""
    number = next(_numbers)
    venue = venue or make_venue()
    return Room.objects.create(venue=venue, **({"name_en": f"Room {number}", "position": number} | fields))


def make_track(event: Event, **fields: Any) -> Track:
    """A track of an event."""
    number = next(_numbers)
    defaults = {"slug": f"track-{number}", "name_en": f"Track {number}", "position": number}
    return Track.objects.create(event=event, **(defaults | fields))


def at(event: Event, clock: str, *, day: int = 0) -> dt.datetime:
    """The moment "HH:MM" on the n-th day of the event (from 0), in its zone."""
    hour, minute = (int(part) for part in clock.split(":"))
    date = event.starts_on + dt.timedelta(days=day)
    return dt.datetime(date.year, date.month, date.day, hour, minute, tzinfo=event.zone)


def make_session(event: Event, *, start: str = "", end: str = "", day: int = 0, **fields: Any) -> Session:
    """A session on the n-th day of the event, between two clock times where they are given."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "slug": f"session-{number}",
        "title_en": f"Session {number}",
        "day": event.starts_on + dt.timedelta(days=day),
    }
    if start:
        defaults["starts_at"] = at(event, start, day=day)
    if end:
        defaults["ends_at"] = at(event, end, day=day)
    return Session.objects.create(event=event, **(defaults | fields))


def make_speaker(**fields: Any) -> Speaker:
    """A person."""
    number = next(_numbers)
    return Speaker.objects.create(**({"slug": f"speaker-{number}", "name_en": f"Ada Speaker {number}"} | fields))


def make_appearance(session: Session, speaker: Speaker | None = None, **fields: Any) -> Appearance:
    """A person's part in a session, after those already there."""
    position = fields.pop("position", session.appearances.count() + 1)
    return Appearance.objects.create(session=session, speaker=speaker or make_speaker(), position=position, **fields)


def make_page(event: Event, **fields: Any) -> Page:
    """A published page in the menu."""
    number = next(_numbers)
    defaults = {"slug": f"page-{number}", "title_en": f"Page {number}", "position": number, "is_published": True}
    return Page.objects.create(event=event, **(defaults | fields))


def make_news(event: Event, **fields: Any) -> NewsPost:
    """A piece of news, published a minute ago."""
    number = next(_numbers)
    published_at = timezone.now().replace(microsecond=0) - dt.timedelta(minutes=1)
    defaults = {"slug": f"news-{number}", "title_en": f"News {number}", "published_at": published_at}
    return NewsPost.objects.create(event=event, **(defaults | fields))


def make_document(event: Event, **fields: Any) -> Document:
    """A link to a document, published a minute ago."""
    number = next(_numbers)
    published_at = timezone.now().replace(microsecond=0) - dt.timedelta(minutes=1)
    link = {} if "file" in fields else {"url": f"https://example.org/{number}"}
    defaults = {"title_en": f"Document {number}", "published_at": published_at, **link}
    return Document.objects.create(event=event, **(defaults | fields))


def make_announcement(event: Event, **fields: Any) -> Announcement:
    """An announcement that began a minute ago and has no end."""
    starts_at = timezone.now().replace(microsecond=0) - dt.timedelta(minutes=1)
    defaults = {"text_en": f"Announcement {next(_numbers)}", "starts_at": starts_at}
    return Announcement.objects.create(event=event, **(defaults | fields))


def make_preview_link(event: Event, **fields: Any) -> PreviewLink:
    """A link without an end, made by the real rule."""
    from events.domain.previews import renew_preview

    return renew_preview(event, **fields)


def make_key_date(event: Event, **fields: Any) -> KeyDate:
    """A day to plan by, a week before the event unless said otherwise."""
    when = {} if "happens_at" in fields else {"happens_on": event.starts_on - dt.timedelta(days=7)}
    return KeyDate.objects.create(event=event, **({"label_en": f"Key date {next(_numbers)}"} | when | fields))


def make_partner(**fields: Any) -> Partner:
    """An organization."""
    number = next(_numbers)
    return Partner.objects.create(**({"slug": f"partner-{number}", "name_en": f"Partner {number}"} | fields))


def make_partnership(event: Event, partner: Partner | None = None, **fields: Any) -> Partnership:
    """An organization's part in an event, after those already there."""
    position = fields.pop("position", event.partnerships.count() + 1)
    return Partnership.objects.create(event=event, partner=partner or make_partner(), position=position, **fields)


def make_ticket_type(event: Event | None = None, **fields: Any) -> TicketType:
    """A way to attend, open without limit of time or places."""
    number = next(_numbers)
    defaults = {"slug": f"ticket-{number}", "name_en": f"Ticket {number}", "position": number}
    return TicketType.objects.create(event=event or make_event(), **(defaults | fields))


def make_quota(event: Event | None = None, **fields: Any) -> Quota:
    """Places that ticket types may share."""
    defaults = {"name_en": f"Quota {next(_numbers)}", "capacity": 10}
    return Quota.objects.create(event=event or make_event(), **(defaults | fields))


def make_registration(ticket_type: TicketType | None = None, **fields: Any) -> Registration:
    """A registration made by the real rule, so that seats and numbers are right."""
    from registrations.domain.register import register

    number = next(_numbers)
    ticket_type = ticket_type or make_ticket_type()
    defaults: dict[str, Any] = {
        "full_name": f"Guest {number}",
        "email": f"guest{number}@example.org",
        "organization": "Example Institute",
        "country": "KE",
        "language": "en",
        "consent_text": "I agree.",
    }
    return register(ticket_type.event, ticket_type=ticket_type, **(defaults | fields))


def make_bookable(session: Session | None = None, **fields: Any) -> BookableSession:
    """A session to choose, of a new edition unless one is given, with places without limit."""
    ticket_types = fields.pop("ticket_types", ())
    bookable = BookableSession.objects.create(session=session or make_session(make_event()), **fields)
    bookable.ticket_types.set(ticket_types)
    return bookable


def make_booking_rules(event: Event, **fields: Any) -> BookingRules:
    """How many sessions people choose; nothing is asked or forbidden unless given."""
    return BookingRules.objects.create(event=event, **fields)


def make_question(
    event: Event, kind: str = "text", *, options: dict[str, int | None] | None = None, **fields: Any
) -> Question:
    """A question after those already there; ``options`` are keys with their capacities."""
    number = next(_numbers)
    defaults = {
        "slug": f"question-{number}",
        "label_en": f"Question {number}?",
        "position": event.questions.count() + 1,
    }
    ticket_types = fields.pop("ticket_types", ())
    question = Question.objects.create(event=event, kind=kind, **(defaults | fields))
    question.ticket_types.set(ticket_types)
    for position, (key, capacity) in enumerate((options or {}).items(), start=1):
        words = {"label_en": key.title(), "label_zh_hans": f"{key} 选项"}
        QuestionOption.objects.create(question=question, key=key, capacity=capacity, position=position, **words)
    return question


def make_wording(event: Event, **fields: Any) -> MessageTemplate:
    """Own words in the mail that confirms a registration."""
    defaults = {"kind": "registration_confirmed", "subject_en": "You are in", "body_en": "Hello {name}."}
    return MessageTemplate.objects.create(event=event, **(defaults | fields))


def make_mailing(event: Event, **fields: Any) -> Mailing:
    """A draft in English that goes to everybody who is confirmed."""
    defaults = {"title": "News", "subject_en": "News of {edition}", "body_en": "Dear {name}, see {link}."}
    return Mailing.objects.create(event=event, **(defaults | fields))


def make_code(*ticket_types: TicketType, **fields: Any) -> AccessCode:
    """A code without limit that opens these ticket types."""
    code = AccessCode.objects.create(event=ticket_types[0].event, **({"code": "OPEN-SESAME"} | fields))
    code.ticket_types.set(ticket_types)
    return code


def make_delegation(ticket_type: TicketType | None = None, **fields: Any) -> Delegation:
    """Two places for an organization."""
    ticket_type = ticket_type or make_ticket_type()
    contact = {"contact_name": "Ada Lovelace", "contact_email": "ada@example.org", "language": "en"}
    defaults = {"name_en": "Analytical Society", "name_zh_hans": "分析学会", "places": 2} | contact
    return Delegation.objects.create(event=ticket_type.event, ticket_type=ticket_type, **(defaults | fields))


def make_group(event: Event, **fields: Any) -> RegistrationGroup:
    """People registered at once, of whom there are none yet."""
    contact = {"contact_name": "Cora Contact", "contact_email": "cora@example.org", "language": "en"}
    group = RegistrationGroup(event=event, **(contact | fields))
    group.secret_digest = digest(group.secret)
    group.save()
    return group


def make_invitation(ticket_type: TicketType, **fields: Any) -> Invitation:
    """An invitation that was sent."""
    number = next(_numbers)
    defaults = {"full_name": f"Guest {number}", "email": f"guest{number}@example.org", "language": "en"}
    given = {"event": ticket_type.event, "ticket_type": ticket_type, "state": "sent"} | defaults | fields
    return Invitation.objects.create(**given)
