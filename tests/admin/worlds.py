"""Two editions with one of everything, and the three people of every test: of this edition, of another, of none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import admin
from django.test import Client
from django.urls import reverse

from forum_site.accounts.enums import Role
from forum_site.accounts.models import EventRole, User
from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import put
from registrations.domain.check_in import check_in
from registrations.models import Delivery, SessionBooking
from tests.factories import (
    make_announcement,
    make_appearance,
    make_bookable,
    make_booking_rules,
    make_code,
    make_delegation,
    make_document,
    make_event,
    make_group,
    make_invitation,
    make_key_date,
    make_mailing,
    make_news,
    make_page,
    make_partner,
    make_partnership,
    make_question,
    make_quota,
    make_registration,
    make_role,
    make_room,
    make_session,
    make_speaker,
    make_ticket_type,
    make_track,
    make_user,
    make_venue,
    make_wording,
)


@dataclass
class World:
    """One edition with one of everything; ``things`` by model label."""

    event: Any
    things: dict[str, Any]


def make_world(**fields: Any) -> World:
    """An edition, a draft unless said otherwise, so that nothing shared is public."""
    venue = make_venue()
    room = make_room(venue)
    event = make_event(**({"status": "draft", "venue": venue} | fields))
    track = make_track(event)
    session = make_session(event, start="09:00", end="10:00", room=room, track=track)
    speaker = make_speaker()
    make_appearance(session, speaker)
    partner = make_partner()
    partnership = make_partnership(event, partner)
    things = [event, event.series, venue, room, track, session, speaker, partner, partnership, make_page(event)]
    things += [make_news(event), make_document(event), make_announcement(event)]
    things.append(make_key_date(event))
    ticket_type = make_ticket_type(event)
    event.status, status = "published", event.status
    registration = _registered(ticket_type)
    event.__class__.objects.filter(pk=event.pk).update(status=status)
    event.status = status
    role = make_role(make_user(), event, Role.VIEWER)
    things += [
        ticket_type,
        make_quota(event),
        make_question(event, "choice", options={"yes": None}),
        registration,
        _mail(event),
        role,
    ]
    mailing, letter = make_mailing(event), _mail(event)
    things += [
        mailing,
        make_delegation(ticket_type),
        make_group(event),
        make_wording(event),
        make_code(ticket_type),
        make_invitation(ticket_type, state="draft"),
    ]
    things.append(Delivery.objects.create(mailing=mailing, registration=registration, mail=letter))
    bookable = make_bookable(session)
    things += [bookable, make_booking_rules(event)]
    things.append(
        SessionBooking.objects.create(registration=registration, bookable=bookable, state="waiting", waiting_number=1)
    )
    check_in(registration, by=role.user, nonce=uuid4())
    return World(event, {thing._meta.label_lower: thing for thing in things})


def _mail(event: Any) -> EmailMessage:
    return put(EmailMessage(kind="test", recipient="a@example.org", language="en", event=event))


def _registered(ticket_type: Any) -> Any:
    type(ticket_type.event).objects.filter(pk=ticket_type.event_id).update(status="published")
    ticket_type.event.refresh_from_db()
    return make_registration(ticket_type)


def signed_in(user: User, **cookies: str) -> Client:
    """A browser in which the user is signed in."""
    client = Client()
    client.force_login(user)
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


def organizer(event: Any, role: str = Role.OWNER) -> User:
    """Somebody with a role at one edition, or at all of them (``None``)."""
    user = make_user(is_staff=False)
    EventRole.objects.create(user=user, event=event, role=role)
    return user


def registered_models() -> list[Any]:
    """Every model that has admin pages, but for users, whom only superusers see."""
    return [model for model in admin.site._registry if model is not User]


def url(thing: Any, page: str, *args: Any) -> str:
    """The address of an admin page of a model or an object."""
    meta = thing._meta
    arguments = args or ([thing.pk] if page not in {"changelist", "add"} else [])
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=arguments)
