"""The organizers' pages of ticket types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from events.admin.base import PublicAdmin, pair
from events.admin.programme import ZoneNote
from forum_site.accounts.filters import EditionFilter
from forum_site.lib.bilingual import columns
from forum_site.lib.errors import DomainError
from registrations.domain.places import change_capacity, change_quota, change_quota_capacity
from registrations.models import Quota, TicketType

#: What decides how many seats there are: changed under the lock of the seats.
PLACES = ["capacity", "overbooking", "quota"]
COUNTERS = ["seats_taken", "last_waiting_number"]


@admin.register(TicketType)
class TicketTypeAdmin(ZoneNote, PublicAdmin):
    """The ways to attend. New places go to the people waiting at once."""

    has_zone = True
    zone_fieldset = 2
    list_display = ["name", "attendance_mode", "capacity", "seats_taken", "needs_approval", "is_hidden", "event"]
    list_select_related = ["event"]
    list_filter = [EditionFilter, "attendance_mode", "is_hidden"]
    search_fields = ["name_en", "name_zh_hans"]
    ordering = ["event", "position"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (None, {"fields": ["event", *pair("name", "description"), "slug", ("attendance_mode", "position")]}),
        (_("Places"), {"fields": [("capacity", "overbooking", "seats_taken"), "quota"]}),
        (_("Window"), {"fields": [("opens_at", "closes_at", "changes_until"), "is_hidden"]}),
        (
            _("From registration to confirmation"),
            {
                "fields": [
                    ("needs_approval", "approved_domains"),
                    ("needs_confirmation", "confirm_hours"),
                    ("promotes_at_once", "may_transfer", "most_in_group"),
                ]
            },
        ),
    ]
    readonly_fields = ["seats_taken"]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Store everything but the places, which are changed by their own rules.

        Less overbooking comes before the rest: only what is online can be overbooked. Where it is refused, the type of
        ticket stays what it was.
        """
        if not change:
            super().save_model(request, obj, form, change)
            return
        wanted = {name: getattr(obj, name) for name in PLACES}
        kept = {*PLACES, *COUNTERS}
        names = [field.attname for field in obj._meta.concrete_fields if not field.primary_key]
        obj.refresh_from_db(fields=PLACES)
        changed = {name for name in PLACES if getattr(obj, name) != wanted[name]}
        places = {name: wanted[name] for name in ("capacity", "overbooking")}
        is_less = wanted["overbooking"] < obj.overbooking
        if is_less and not _try(request, lambda: change_capacity(obj, **places)):
            obj.attendance_mode = form.initial["attendance_mode"]
        obj.save(update_fields=[name for name in names if name.removesuffix("_id") not in kept])
        if changed & set(places) and not is_less:
            _try(request, lambda: change_capacity(obj, **places))
        if "quota" in changed:
            _try(request, lambda: change_quota(obj, quota=wanted["quota"]))


@admin.register(Quota)
class QuotaAdmin(PublicAdmin):
    """Places that several ticket types share."""

    list_display = ["name", "capacity", "seats_taken", "used_by", "event"]
    list_select_related = ["event"]
    list_filter = [EditionFilter]
    search_fields = ["name_en", "name_zh_hans"]
    fields = ["event", *pair("name"), ("capacity", "seats_taken")]
    readonly_fields = ["seats_taken"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quota]:
        """Read the ticket types along."""
        return super().get_queryset(request).prefetch_related("ticket_types")

    @admin.display(description=_("ticket types"))
    def used_by(self, quota: Quota) -> str:
        """The names of those who share it."""
        return pgettext("between names", ", ").join(str(one) for one in quota.ticket_types.all())

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Store the name, and the places by their rule."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        capacity = obj.capacity
        obj.save(update_fields=columns("name"))
        if "capacity" in form.changed_data:
            _try(request, lambda: change_quota_capacity(obj, capacity=capacity))


def _try(request: HttpRequest, rule: Callable[[], Any]) -> bool:
    try:
        rule()
    except DomainError as error:
        messages.error(request, str(error))
        return False
    return True
