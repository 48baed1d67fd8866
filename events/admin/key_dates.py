"""The organizers' pages of key dates."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from events.admin.base import PublicAdmin, pair
from events.admin.programme import ZoneNote
from events.models import KeyDate
from forum_site.accounts.filters import EditionFilter


@admin.register(KeyDate)
class KeyDateAdmin(ZoneNote, PublicAdmin):
    """Dates that people plan by; those of registration come from the ticket types."""

    has_zone = True
    zone_fieldset = 1
    list_display = ["label", "happens_on", "happens_at", "event"]
    list_select_related = ["event"]
    list_filter = [EditionFilter]
    search_fields = ["label_en", "label_zh_hans"]
    ordering = ["event", "happens_on", "happens_at"]
    fieldsets = [
        (None, {"fields": ["event", *pair("label")]}),
        (_("When"), {"fields": [("happens_on", "happens_at")]}),
    ]
