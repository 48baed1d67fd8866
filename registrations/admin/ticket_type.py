"""The organizers' pages of ticket types."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.base import PublicAdmin, pair
from events.admin.programme import ZoneNote
from forum_site.accounts.filters import EditionFilter
from forum_site.lib.errors import DomainError
from registrations.domain.waiting import change_capacity
from registrations.models import TicketType


@admin.register(TicketType)
class TicketTypeAdmin(ZoneNote, PublicAdmin):
    """The ways to attend. New places go to the people waiting at once."""

    has_zone = True
    zone_fieldset = 2
    list_display = ["name", "attendance_mode", "capacity", "seats_taken", "needs_approval", "is_hidden", "event"]
    list_select_related = ["event"]
    list_filter = [EditionFilter, "attendance_mode"]
    search_fields = ["name_en", "name_zh_hans"]
    ordering = ["event", "position"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (None, {"fields": ["event", *pair("name", "description"), "slug", ("attendance_mode", "position")]}),
        (_("Places"), {"fields": [("capacity", "seats_taken"), ("needs_approval", "is_hidden")]}),
        (_("Window"), {"fields": [("opens_at", "closes_at")]}),
    ]
    readonly_fields = ["seats_taken"]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Store everything but the places, which are changed by their own rule."""
        wanted = obj.capacity
        if change:
            obj.capacity = form.initial.get("capacity")
            stored = [f.name for f in obj._meta.concrete_fields if not f.primary_key]
            kept = {"capacity", "seats_taken", "last_waiting_number"}
            obj.save(update_fields=[name for name in stored if name not in kept])
            self._change_capacity(request, obj, wanted)
        else:
            super().save_model(request, obj, form, change)

    def _change_capacity(self, request: HttpRequest, obj: TicketType, wanted: int | None) -> None:
        if wanted == obj.capacity:
            return
        try:
            change_capacity(obj, capacity=wanted)
        except DomainError as error:
            messages.error(request, str(error))
