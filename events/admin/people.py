"""The organizers' pages of speakers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.base import PublicAdmin, pair
from events.enums import SlugKind
from events.models import Appearance, Event, Speaker
from forum_site.accounts.filters import EditionFilter


class PortraitFilter(admin.SimpleListFilter):
    """Speakers with and without a portrait."""

    title = _("portrait")
    parameter_name = "portrait"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The two answers."""
        return [("yes", _("with portrait")), ("no", _("without portrait"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> QuerySet[Speaker]:
        """Limit the list."""
        wanted = {"yes": queryset.exclude(photo=""), "no": queryset.filter(photo="")}
        return wanted.get(self.value() or "", queryset)


@admin.register(Speaker)
class SpeakerAdmin(PublicAdmin):
    """A person, reused across editions."""

    event_lookup = ""
    shared_through = "appearances__session__event"
    slug_kind = SlugKind.SPEAKER
    image_widths = {"photo": "photo_widths"}
    list_display = ["name", "organization", "country", "has_portrait", "appearances_counted"]
    list_filter = [EditionFilter, PortraitFilter]
    search_fields = ["name_en", "name_zh_hans", "native_name", "organization_en", "organization_zh_hans"]
    ordering = ["name_en", "name_zh_hans"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (None, {"fields": [*pair("name"), ("native_name", "native_language"), "slug"]}),
        (_("Affiliation"), {"fields": [*pair("organization"), ("country", "website")]}),
        (_("Portrait"), {"fields": ["photo"]}),
        (_("Biography"), {"fields": pair("biography")}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        """Count the appearances with the list."""
        return super().get_queryset(request).annotate(appearance_count=Count("appearances", distinct=True))

    def public_part(self) -> QuerySet[Any]:
        """People announced in public editions."""
        public = Appearance.objects.public().filter(session__event__in=Event.objects.public())
        return public.order_by().values("speaker")

    @admin.display(description=_("portrait"), boolean=True)
    def has_portrait(self, speaker: Speaker) -> bool:
        """Whether initials stand in."""
        return bool(speaker.photo)

    @admin.display(description=_("appearances"), ordering="appearance_count")
    def appearances_counted(self, speaker: Any) -> int:
        """How many parts the person has in all editions."""
        return speaker.appearance_count
