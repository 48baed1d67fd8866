"""The organizers' pages of the recurring forums."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.base import PublicAdmin, pair
from events.models import Event, EventSeries
from forum_site.accounts.enums import Role


@admin.register(EventSeries)
class EventSeriesAdmin(PublicAdmin):
    """Names, contact and colour that the editions share."""

    event_lookup = ""
    shared_through = "events"
    changes = frozenset({Role.OWNER})
    list_display = ["name", "slug", "contact_email", "editions", "is_sample"]
    search_fields = ["name_en", "name_zh_hans", "slug"]
    ordering = ["slug"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (None, {"fields": [*pair("name", "short_name"), "slug"]}),
        (_("Contact"), {"fields": [*pair("contact_name"), "contact_email"]}),
        (_("Looks"), {"fields": ["accent", "is_sample"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[EventSeries]:
        """Count the editions with the list."""
        return super().get_queryset(request).annotate(edition_count=Count("events"))

    def public_part(self) -> QuerySet[Any]:
        """Series with a public edition."""
        return Event.objects.public().order_by().values("series")

    @admin.display(description=_("editions"), ordering="edition_count")
    def editions(self, series: Any) -> int:
        """How many editions it has."""
        return series.edition_count
