"""The organizers' pages of organizations."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.base import PublicAdmin, pair
from events.enums import SlugKind
from events.models import Event
from forum_site.accounts.filters import EditionFilter
from partners.models import Partner, Partnership


class LogoFilter(admin.SimpleListFilter):
    """Organizations with and without a logo."""

    title = _("logo")
    parameter_name = "logo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The two answers."""
        return [("yes", _("with logo")), ("no", _("without logo"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Partner]) -> QuerySet[Partner]:
        """Limit the list."""
        wanted = {"yes": queryset.exclude(logo=""), "no": queryset.filter(logo="")}
        return wanted.get(self.value() or "", queryset)


@admin.register(Partner)
class PartnerAdmin(PublicAdmin):
    """An organization, reused across editions."""

    event_lookup = ""
    shared_through = "partnerships__event"
    slug_kind = SlugKind.PARTNER
    image_widths = {"logo": "logo_widths", "logo_dark": "logo_dark_widths"}
    list_display = ["name", "short_name", "country", "has_logo", "partnerships_counted"]
    list_filter = [EditionFilter, LogoFilter]
    search_fields = ["name_en", "name_zh_hans", "short_name_en", "short_name_zh_hans", "aliases"]
    ordering = ["name_en", "name_zh_hans"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (None, {"fields": [*pair("name", "short_name", "parent_name"), "slug"]}),
        (_("Logo"), {"fields": ["logo", "logo_dark"]}),
        (_("Description"), {"fields": [("country", "website"), *pair("description")]}),
        (_("Recognised in briefs"), {"fields": ["aliases"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        """Count the partnerships with the list."""
        return super().get_queryset(request).annotate(partnership_count=Count("partnerships", distinct=True))

    def public_part(self) -> QuerySet[Any]:
        """Organizations of public editions."""
        return Partnership.objects.filter(event__in=Event.objects.public()).order_by().values("partner")

    @admin.display(description=_("logo"), boolean=True)
    def has_logo(self, partner: Partner) -> bool:
        """Whether its name is set instead."""
        return bool(partner.logo)

    @admin.display(description=_("partnerships"), ordering="partnership_count")
    def partnerships_counted(self, partner: Any) -> int:
        """In how many parts it appears in all editions."""
        return partner.partnership_count
