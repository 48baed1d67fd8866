"""Who has come, on the organizers' pages of registrations: noted by door staff too, and readable for all who look."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forum_site.accounts.enums import CHECKS_IN
from forum_site.accounts.object_buttons import ObjectButton
from forum_site.accounts.scoped_admin import ScopedAdmin, ScopedInline
from forum_site.lib.moments import moment_label
from registrations.domain.check_in import check_in, check_out, undo
from registrations.enums import RegistrationStatus
from registrations.models import CheckIn, Registration
from registrations.queries.check_ins import inside_since, last_check_in, with_arrival


class ReadOnlyInline(ScopedInline, admin.TabularInline):
    """Rows that a rule has written, to read for whoever sees the whole."""

    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a rule writes them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They stay as they were written."""
        return False


class CheckInInline(ReadOnlyInline):
    """Every scan, the first one first, those that were taken back too."""

    model = CheckIn
    fk_name = "registration"
    fields = readonly_fields = ["moment", "kind", "place", "user", "taken_back"]
    ordering = ["at", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CheckIn]:
        """Read along whoever did it, and where."""
        return super().get_queryset(request).select_related("user", "undone_by", "session", "registration__event")

    @admin.display(description=_("moment"))
    def moment(self, one: CheckIn) -> str:
        """The moment in the zone of the edition."""
        return _in_zone(one.at, one.registration)

    @admin.display(description=_("place"))
    def place(self, one: CheckIn) -> str:
        """The session, or the door."""
        return str(one.session or _("Door"))

    @admin.display(description=_("taken back"))
    def taken_back(self, one: CheckIn) -> str:
        """When and by whom, where it was a mistake."""
        if not one.undone_at:
            return "–"
        return _(", ").join([_in_zone(one.undone_at, one.registration), str(one.undone_by or "–")])


class ChecksIn(ScopedAdmin):
    """Adds check-ins to the pages of registrations."""

    def has_check_in_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let door staff do it, and whoever handles registrations."""
        return self.may(request, CHECKS_IN, obj) and not (obj and obj.erased_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        """Add when each person came."""
        return with_arrival(super().get_queryset(request))

    @admin.display(description=_("arrived at"))
    def arrived(self, registration: Any) -> str:
        """The moment in the zone of the edition, or nothing."""
        return _in_zone(registration.arrived_at, registration) if registration.arrived_at else "–"


def _in_zone(at: dt.datetime, registration: Registration) -> str:
    return moment_label(at, registration.event.timezone_name, get_language() or "en")


def _is_inside(registration: Registration) -> bool:
    return inside_since(registration) is not None


def _undo_last(registration: Registration, by: Any) -> None:
    if last := last_check_in(registration):
        undo(last, by=by)


BUTTONS = [
    ObjectButton(
        name="check-in",
        label=_("Check in"),
        run=lambda one, data: check_in(one, by=data["by"], nonce=uuid4()),
        done=_("The person is checked in."),
        is_offered=lambda one: one.status == RegistrationStatus.CONFIRMED and not _is_inside(one),
        needs="check_in",
    ),
    ObjectButton(
        name="check-out",
        label=_("Check out"),
        run=lambda one, data: check_out(one, by=data["by"], nonce=uuid4()),
        done=_("The person is checked out."),
        is_offered=lambda one: one.status == RegistrationStatus.CONFIRMED and _is_inside(one),
        needs="check_in",
    ),
    ObjectButton(
        name="undo-check-in",
        label=_("Undo the last check-in or check-out"),
        run=lambda one, data: _undo_last(one, data["by"]),
        done=_("It is taken back, and still stands in the list of check-ins."),
        is_offered=lambda one: last_check_in(one) is not None,
        needs="check_in",
    ),
]
