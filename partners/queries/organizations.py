"""One organization, its editions and its sessions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from events.models import Event, Session
from partners.models import Partner, Partnership
from partners.queries.groups import PartnerCell


def partners_of(event: Event) -> QuerySet[Partner]:
    """Return the organizations that have a part in this edition."""
    return Partner.objects.filter(pk__in=event.partnerships.values("partner"))


def partnerships_of(partner: Partner, *, at: dt.datetime | None = None) -> list[Partnership]:
    """Return its parts in all public editions, the newest first, with the visible sessions it co-hosts; two queries.

    The sessions stand in ``shown_sessions``.
    """
    sessions = Session.objects.public(at).in_order().select_related("event", "parent__event")
    partnerships = partner.partnerships.filter(event__in=Event.objects.public()).select_related("event")
    shown = Prefetch("sessions", sessions, to_attr="shown_sessions")
    newest = partnerships.order_by("-event__starts_on", "-event_id").prefetch_related(shown)
    for partnership in newest:
        partnership.partner = partner
    return list(newest)


def cohosts(event: Event) -> dict[int, list[PartnerCell]]:
    """Return for each session with co-hosts, by primary key, who they are in protocol order; two queries."""
    has_sessions = Exists(Partnership.sessions.through.objects.filter(partnership=OuterRef("pk")))
    co_hosting = event.partnerships.filter(has_sessions).in_protocol_order()
    found: dict[int, list[PartnerCell]] = defaultdict(list)
    for partnership in co_hosting.select_related("partner").prefetch_related(Prefetch("sessions", _keys_only())):
        for session in partnership.sessions.all():
            found[session.pk].append(PartnerCell(partnership, event))
    return found


def _keys_only() -> QuerySet[Session]:
    return Session.objects.only("pk").order_by()
