"""The organizers' pages of buildings and rooms."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.base import PublicAdmin, PublicInline, pair
from events.admin.positions import PositionedForm, PositionedFormSet
from events.models import Event, Room, Venue


class RoomInline(PublicInline, admin.StackedInline):
    """The rooms and streams of a building."""

    model = Room
    form = PositionedForm
    formset = PositionedFormSet
    fields = [("position", "name_en", "name_zh_hans", "kind", "capacity")]


@admin.register(Venue)
class VenueAdmin(PublicAdmin):
    """A building with its rooms."""

    event_lookup = ""
    shared_through = "events"
    list_display = ["name", "city", "country", "room_count"]
    search_fields = ["name_en", "name_zh_hans", "city_en", "city_zh_hans"]
    ordering = ["name_en", "name_zh_hans"]
    inlines = [RoomInline]
    fieldsets = [
        (None, {"fields": [*pair("name", "address", "city"), ("country", "website")]}),
        (_("How to get there"), {"fields": pair("directions")}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Venue]:
        """Count the rooms with the list."""
        return super().get_queryset(request).annotate(rooms_here=Count("rooms", distinct=True))

    def public_part(self) -> QuerySet[Any]:
        """Buildings of public editions."""
        return Event.objects.public().filter(venue__isnull=False).order_by().values("venue")

    @admin.display(description=_("rooms"), ordering="rooms_here")
    def room_count(self, venue: Any) -> int:
        """How many rooms and streams it has."""
        return venue.rooms_here


@admin.register(Room)
class RoomAdmin(PublicAdmin):
    """One room; for looking it up. Rooms are entered with their building."""

    event_lookup = ""
    shared_through = "venue__events"
    list_display = ["name", "venue", "kind", "capacity"]
    list_select_related = ["venue"]
    list_filter = ["kind"]
    search_fields = ["name_en", "name_zh_hans", "venue__name_en", "venue__name_zh_hans"]
    autocomplete_fields = ["venue"]
    fields = ["venue", "position", *pair("name"), "kind", "capacity"]

    def public_part(self) -> QuerySet[Any]:
        """Rooms in buildings of public editions."""
        venues = Event.objects.public().filter(venue__isnull=False).order_by().values("venue")
        return Room.objects.filter(venue__in=venues).order_by().values("pk")
