"""Filters of the list of registrations."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from forum_site.accounts.current_edition import current_edition, number_asked
from forum_site.accounts.permissions import roles_at
from registrations.enums import BookingState, Presence, RegistrationStatus
from registrations.models import BookableSession, Registration, TicketType
from registrations.queries.check_ins import has_come

KEPT_SECONDS = 60


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
