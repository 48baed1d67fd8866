"""The organizers' pages of access codes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.base import BilingualLabels
from events.admin.programme import ZoneNote
from forum_site.accounts.enums import HANDLES_REGISTRATIONS, Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.scoped_admin import ScopedAdmin
from registrations.enums import IS_ACTIVE
from registrations.models import AccessCode


class AccessCodeForm(forms.ModelForm):
    """A code with ticket types of its own edition."""

    def clean(self) -> dict[str, Any]:
        """Refuse the ticket types of another edition."""
        data = super().clean() or {}
        event = data.get("event") or getattr(self.instance, "event", None)
        if event and any(one.event_id != event.pk for one in data.get("ticket_types", [])):
            raise ValidationError({"ticket_types": _("This way to attend belongs to another edition.")})
        return data


@admin.register(AccessCode)
class AccessCodeAdmin(ZoneNote, BilingualLabels, ScopedAdmin):
    """Codes that open ticket types to whoever knows them."""

    form = AccessCodeForm
    has_zone = True
    zone_fieldset = 1
    sees = frozenset({Role.OWNER, Role.REGISTRAR, Role.VIEWER})
    changes = HANDLES_REGISTRATIONS
    list_display = ["code", "note", "used", "most_uses", "opens_at", "closes_at", "event"]
    list_select_related = ["event"]
    list_filter = [EditionFilter]
    search_fields = ["code", "note"]
    filter_horizontal = ["ticket_types"]
    fieldsets = [
        (None, {"fields": ["event", ("code", "note"), "ticket_types", ("most_uses", "skips_approval")]}),
        (_("Window"), {"fields": [("opens_at", "closes_at")]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the uses in the same query."""
        counted = Count("registrations", filter=Q(registrations__status__in=IS_ACTIVE))
        return super().get_queryset(request).annotate(used_times=counted)

    @admin.display(description=_("used"), ordering="used_times")
    def used(self, code: Any) -> int:
        """How many registrations that count have come by it."""
        return int(code.used_times)
