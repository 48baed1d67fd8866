"""The navigation at the left of every admin page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.core.cache import cache
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models import Announcement, Appearance, Document, Event, KeyDate, NewsPost, Page, Session, Track
from forum_site.accounts.permissions import roles_at
from forum_site.mail.models import EmailMessage
from partners.models import Partnership
from registrations.models import BookableSession, Question, Quota, Registration, TicketType

#: Counts above this are kept for a minute: counting a million rows takes longer than showing a page.
LARGE = 5000
KEPT_SECONDS = 60


@dataclass(frozen=True)
class Item:
    """One line: words, address, how many there are (``None``: not counted), and whether the page belongs to it."""

    label: Any
    url: str
    count: int | None
    is_current: bool


@dataclass(frozen=True)
class Group:
    """Lines under one heading."""

    label: Any
    items: list[Item]


#: Heading, then for each line: model, words, name of the count, whether the list is limited to the edition.
GROUPS: list[tuple[Any, list[tuple[str, Any, str]]]] = [
    (
        _("Programme"),
        [
            ("events.session", _("Sessions"), "sessions"),
            ("events.speaker", _("Speakers"), "speakers"),
            ("events.track", _("Tracks"), "tracks"),
            ("events.keydate", _("Key dates"), "key_dates"),
            ("events.venue", _("Venues and rooms"), ""),
        ],
    ),
    (
        _("Partners"),
        [("partners.partnership", _("Partnerships"), "partnerships"), ("partners.partner", _("Organizations"), "")],
    ),
    (
        _("Registrations"),
        [
            ("registrations.registration", _("Registrations"), "registrations"),
            ("registrations.tickettype", _("Ticket types"), "ticket_types"),
            ("registrations.quota", _("Quotas"), "quotas"),
            ("registrations.question", _("Questions"), "questions"),
            ("registrations.bookablesession", _("Sessions to choose"), "bookable"),
            ("registrations.bookingrules", _("Rules for choosing"), "booking_rules"),
            ("registrations.sessionbooking", _("Bookings of sessions"), "bookings"),
            ("registrations.invitation", _("Invitations"), "invitations"),
            ("registrations.accesscode", _("Access codes"), "codes"),
            ("registrations.delegation", _("Delegations"), "delegations"),
            ("registrations.registrationgroup", _("Groups"), "groups"),
        ],
    ),
    (
        _("Pages and mail"),
        [
            ("events.page", _("Pages"), "pages"),
            ("events.newspost", _("News"), "news"),
            ("events.document", _("Documents"), "documents"),
            ("events.announcement", _("Announcements"), "announcements"),
            ("registrations.mailing", _("Mailings"), "mailings"),
            ("registrations.messagetemplate", _("Wordings of mails"), "wordings"),
            ("mail.emailmessage", _("E-mails"), "mails"),
        ],
    ),
    (
        _("Site"),
        [
            ("events.event", _("All editions"), ""),
            ("events.eventseries", _("Series"), ""),
            ("accounts.eventrole", _("Roles"), ""),
            ("accounts.user", _("Users"), ""),
        ],
    ),
]


def navigation(request: HttpRequest, site: AdminSite, edition: Event | None) -> list[Group]:
    """Return the groups with what this user may see; one query for all counts, two more while they are large."""
    counts = counts_of(edition) if edition else {}
    groups = [(label, [_item(request, site, edition, counts, *line) for line in lines]) for label, lines in GROUPS]
    return [Group(label, shown) for label, items in groups if (shown := [item for item in items if item])]


def _item(
    request: HttpRequest,
    site: AdminSite,
    edition: Event | None,
    counts: dict[str, int],
    model: str,
    label: Any,
    name: str,
) -> Item | None:
    app_label, model_name = model.split(".")
    found = next((admin for each, admin in site._registry.items() if each._meta.label_lower == model), None)
    if found is None or not found.has_view_permission(request):
        return None
    url = reverse(f"admin:{app_label}_{model_name}_changelist")
    is_current = request.path.startswith(url)
    if model == "partners.partnership" and edition:
        url = reverse("admin:partners_partnership_order", args=[edition.pk])
    elif name and edition:
        url += f"?edition={edition.pk}"
    return Item(label, url, counts.get(name) if _may_count(request, edition, model) else None, is_current)


def _may_count(request: HttpRequest, edition: Event | None, model: str) -> bool:
    return bool(edition and (model != "mail.emailmessage" or roles_at(request.user, edition)))


def counts_of(edition: Event) -> dict[str, int]:
    """Return how many of each an edition has."""
    counted = {
        "sessions": _count(Session.objects.all(), "event"),
        "speakers": _count(Appearance.objects.all(), "session__event", "speaker"),
        "tracks": _count(Track.objects.all(), "event"),
        "key_dates": _count(KeyDate.objects.all(), "event"),
        "partnerships": _count(Partnership.objects.all(), "event"),
        "ticket_types": _count(TicketType.objects.all(), "event"),
        "quotas": _count(Quota.objects.all(), "event"),
        "questions": _count(Question.objects.filter(is_retired=False), "event"),
        "bookable": _count(BookableSession.objects.all(), "session__event"),
        "pages": _count(Page.objects.all(), "event"),
        "news": _count(NewsPost.objects.all(), "event"),
        "documents": _count(Document.objects.all(), "event"),
        "announcements": _count(Announcement.objects.all(), "event"),
    }
    row = Event.objects.filter(pk=edition.pk).values_list(*counted.values()).first() or ()
    large = {
        "registrations": _large_count(Registration.objects.filter(event=edition), f"admin-registrations-{edition.pk}"),
        "mails": _large_count(EmailMessage.objects.filter(event=edition), f"admin-mails-{edition.pk}"),
    }
    return dict(zip(counted, row, strict=False)) | large


def _count(queryset: QuerySet[Any], event: str, of: str = "pk") -> Coalesce:
    """A subquery that counts the rows of the outer edition."""
    rows = queryset.order_by().filter(**{event: OuterRef("pk")}).values(event)
    counted = rows.annotate(number=Count(of, distinct=of != "pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _large_count(queryset: QuerySet[Any], key: str) -> int:
    known = cache.get(key)
    if known is not None:
        return known
    number = queryset.count()
    if number > LARGE:
        cache.set(key, number, KEPT_SECONDS)
    return number
