"""What lower apps show of registration: ``{% load registrations %}``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.enums import Phase
from events.models import Event, Session
from events.templatetags.agenda import shift_mark
from forum_site.lib.moments import clock, days_after, zone_city, zone_label
from forum_site.lib.web_calendars import webcal_address as as_webcal
from registrations.enums import OfferState
from registrations.queries.booking_rules import limited_sessions
from registrations.queries.main_button import main_button_of
from registrations.queries.offers import known_offer

register = template.Library()


@register.inclusion_tag("registrations/_main_button.html")
def main_button(event: Event, small: bool = False, here: str = "", long: bool = False) -> dict[str, Any]:
    """Show the one solid button of the header; its word is the state. At most two queries for a page."""
    return {"button": main_button_of(event, here=here), "is_small": small, "is_long": long}


@register.inclusion_tag("registrations/_how_to_join.html")
def how_to_join(event: Event) -> dict[str, Any]:
    """Say how one gets to the streams: by registering, or by the personal link. No query beyond the button's."""
    offer = known_offer(event)
    return {"event": event, "can_register": offer.is_open, "is_closed": offer.state == OfferState.CLOSED}


@dataclass(frozen=True)
class HeroNote:
    """The line under the headline."""

    words: str
    is_warning: bool = False


@register.simple_tag
def hero_note(event: Event, phase: str, glance: list[Any]) -> HeroNote | None:
    """Say under the headline that all places are taken, or that all is still to come. No query beyond the button's."""
    state = known_offer(event).state if phase in {Phase.BEFORE, Phase.LIVE} else None
    if state == OfferState.FULL:
        return HeroNote(_("All places are taken."), is_warning=True)
    if state == OfferState.NONE and phase == Phase.BEFORE and not (glance or event.programme_note):
        return HeroNote(_("The programme and registration will be announced here."))
    return None


@dataclass(frozen=True)
class OwnTime:
    """A time in somebody's own zone."""

    city: str
    clock: str


@register.simple_tag
def own_time(session: Session, zone_name: str) -> OwnTime | None:
    """Return when the session begins for somebody in this zone; None where their clocks say the same."""
    at = session.starts_at
    if not (at and zone_name) or zone_label(zone_name, at) == zone_label(session.event.timezone_name, at):
        return None
    mark = shift_mark(days_after(at, session.day, zone_name))
    return OwnTime(zone_city(zone_name, get_language() or "en"), f"{clock(at, zone_name)} {mark}".rstrip())


@register.simple_tag
def has_limited_places(session: Session) -> bool:
    """Whether people choose this session in their registration, as long as they can. At most two queries for a page."""
    return session.pk in limited_sessions(session.event)


@register.simple_tag
def webcal_address(name: str, *arguments: str) -> str:
    """The address by which calendars subscribe to a feed."""
    return as_webcal(f"{settings.SITE_URL}{reverse(name, args=arguments)}")
