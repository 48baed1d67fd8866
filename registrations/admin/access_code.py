"""The organizers' pages of access codes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.base import BilingualLabels
from events.admin.programme import ZoneNote
from forum_site.accounts.enums import HANDLES_REGISTRATIONS, Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.scoped_admin import ScopedAdmin
from registrations.admin.came_by import link_to_people
from registrations.enums import IS_ACTIVE
from registrations.models import AccessCode


@admin.register(AccessCode)
class AccessCodeAdmin(ZoneNote, BilingualLabels, ScopedAdmin):
    """Codes that open ticket types to whoever knows them."""

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
    def used(self, code: Any) -> str:
        """How many registrations that count have come by it, and which."""
        return link_to_people(code.used_times, code.event_id, access_code=code.pk)
