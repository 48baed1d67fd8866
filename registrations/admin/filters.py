"""Filters of the list of registrations."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from forum_site.accounts.current_edition import current_edition, number_asked
from forum_site.accounts.permissions import roles_at
from registrations.enums import AWAITS_ANSWER, BookingState, Presence, RegistrationStatus
from registrations.models import BookableSession, Delegation, Invitation, Registration, TicketType
from registrations.queries.check_ins import has_come

KEPT_SECONDS = 60
#: More choices beside a list nobody reads.
MOST_CHOICES = 50


def edition_asked(request: HttpRequest) -> int | None:
    """Return the edition that the list is limited to, if the user has a role at it; else the current one."""
    if asked := number_asked(request.GET.get("edition")):
        return asked if roles_at(request.user, asked) else None
    edition = current_edition(request)
    return edition.pk if edition else None


class TicketTypeFilter(admin.SimpleListFilter):
    """Registrations of one ticket type of the edition at hand."""

    title = _("ticket type")
    parameter_name = "ticket_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The ticket types of the edition, if the user may see them."""
        found = TicketType.objects.filter(event=edition_asked(request)).order_by("position")
        return [(str(one.pk), str(one)) for one in model_admin.visible_to(request.user, found)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        """Limit the list."""
        ticket_type_id = number_asked(self.value())
        return queryset.filter(ticket_type=ticket_type_id) if ticket_type_id else queryset


class ChosenSessionsFilter(admin.SimpleListFilter):
    """Confirmed people who have booked no session, or fewer than their edition asks for."""

    title = _("chosen sessions")
    parameter_name = "chosen"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """None, and too few; nothing where the edition has no sessions to choose."""
        if not BookableSession.objects.filter(session__event=edition_asked(request)).exists():
            return []
        return [("none", _("None")), ("few", _("Fewer than asked for"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        """Limit the list."""
        if self.value() not in {"none", "few"}:
            return queryset
        is_booked = Q(bookings__state=BookingState.BOOKED)
        confirmed = queryset.filter(status=RegistrationStatus.CONFIRMED)
        counted = confirmed.annotate(booked_here=Count("bookings", filter=is_booked))
        if self.value() == "none":
            return counted.filter(booked_here=0)
        return counted.filter(booked_here__lt=F("event__booking_rules__least"))


class ArrivalFilter(admin.SimpleListFilter):
    """People who have come, or confirmed ones who have not."""

    title = _("check-in")
    parameter_name = "presence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Here, and not here."""
        return [(str(value), label) for value, label in Presence.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        """Limit the list."""
        if self.value() == Presence.ARRIVED:
            return queryset.filter(has_come())
        if self.value() == Presence.ABSENT:
            return queryset.filter(~has_come(), status=RegistrationStatus.CONFIRMED)
        return queryset


class MailFilter(admin.SimpleListFilter):
    """People to whom mails do not arrive."""

    title = _("mail")
    parameter_name = "mail"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Those whose mails come back."""
        return [("returned", _("Comes back"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        """Limit the list, whose rows know it."""
        return queryset.filter(has_returns=True) if self.value() == "returned" else queryset


class DelegationFilter(admin.SimpleListFilter):
    """What belongs to one delegation of the edition at hand; one that is not in the list can be linked to."""

    title = _("delegation")
    parameter_name = "delegation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The delegations of the edition, if the user may see them."""
        found = ways_in_of(Delegation, request, model_admin)
        return [(str(one.pk), str(one)) for one in found]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Limit the list."""
        delegation_id = number_asked(self.value())
        return queryset.filter(delegation=delegation_id) if delegation_id else queryset


def ways_in_of(model: Any, request: HttpRequest, model_admin: Any) -> QuerySet[Any]:
    """Return the first codes or delegations of the edition at hand, as far as their own pages show them to the user."""
    found = model._default_manager.filter(event=edition_asked(request))
    return model_admin.admin_site._registry[model].visible_to(request.user, found)[:MOST_CHOICES]


class AnswerFilter(admin.SimpleListFilter):
    """Invitations that wait for an answer, by whether it can still come."""

    title = _("answer")
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Still possible, and too late."""
        return [("open", _("May still come")), ("late", _("Time is over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> QuerySet[Invitation]:
        """Limit the list."""
        is_late = Q(until__isnull=False, until__lte=timezone.now())
        if self.value() == "late":
            return queryset.filter(is_late, state__in=AWAITS_ANSWER)
        return queryset.filter(~is_late, state__in=AWAITS_ANSWER) if self.value() == "open" else queryset


class CountryFilter(admin.SimpleListFilter):
    """Registrations from one country or region."""

    title = _("country/region")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Those that occur in the edition."""
        names = dict(countries)
        codes = self._codes(model_admin.visible_to(request.user, Registration.objects.all()), edition_asked(request))
        return sorted(((code, str(names.get(code, code))) for code in codes), key=lambda choice: choice[1])

    def _codes(self, registrations: QuerySet[Registration], edition: int | None) -> list[str]:
        found = registrations.filter(event=edition).order_by().values_list("country", flat=True).distinct()
        key = f"admin-countries-{edition}-{hash(str(found.query))}"
        codes = cache.get(key)
        if codes is None:
            codes = list(found)
            cache.set(key, codes, KEPT_SECONDS)
        return codes

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        """Limit the list."""
        return queryset.filter(country=self.value()) if self.value() else queryset
