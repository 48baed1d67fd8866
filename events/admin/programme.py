"""The organizers' pages of tracks and sessions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.admin.base import PublicAdmin, PublicInline, pair
from events.admin.fields import CodesField
from events.admin.positions import PositionedForm, PositionedFormSet
from events.domain.moving import move_session
from events.enums import SlugKind
from events.models import Appearance, Event, Room, Session, Track
from forum_site.accounts.current_edition import number_asked
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.object_buttons import ObjectButton, ObjectButtons
from forum_site.accounts.scoped_admin import zone_at_hand
from forum_site.lib.moments import short_day, time_range, zone_city

ZONE_NOTE = _("All times are entered and shown in the time of the forum: %(zone)s (%(city)s).")


class ZoneNote:
    """Says above the times in which zone they are."""

    zone_fieldset = 0  # number of the fieldset with the times

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Name the zone of the edition at hand."""
        zone = str(zone_at_hand(request, self.admin_site))  # type: ignore[attr-defined]
        note = ZONE_NOTE % {"zone": zone, "city": zone_city(zone, get_language() or "en")}
        fieldsets = [(title, dict(options)) for title, options in super().get_fieldsets(request, obj)]  # type: ignore[misc]
        fieldsets[self.zone_fieldset][1]["description"] = note
        return fieldsets


class DayFilter(admin.SimpleListFilter):
    """Sessions of one day of the edition at hand."""

    title = _("day")
    parameter_name = "on"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The days of the edition that the list is limited to."""
        asked = number_asked(request.GET.get("edition"))
        events = model_admin.admin_site._registry[Event].get_queryset(request)
        event = events.filter(pk=asked).first() if asked else None
        language = get_language() or "en"
        return [(day.isoformat(), short_day(day, language)) for day in event.days] if event else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        """Limit the list."""
        is_known = self.value() in [value for value, _title in self.lookup_choices]
        return queryset.filter(day=self.value()) if is_known else queryset


@admin.register(Track)
class TrackAdmin(PublicAdmin):
    """Thematic lines of an edition."""

    list_display = ["name", "square", "position", "session_count", "event"]
    list_select_related = ["event"]
    list_filter = [EditionFilter]
    search_fields = ["name_en", "name_zh_hans"]
    ordering = ["event", "position"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [(None, {"fields": ["event", *pair("name"), "slug", ("colour", "position")]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Track]:
        """Count the sessions with the list."""
        return super().get_queryset(request).annotate(sessions_here=Count("sessions"))

    @admin.display(description=_("colour"), ordering="colour")
    def square(self, track: Track) -> str:
        """The colour's square and its name."""
        return format_html('<span class="square square-{}"></span> {}', track.colour, track.get_colour_display())

    @admin.display(description=_("sessions"), ordering="sessions_here")
    def session_count(self, track: Any) -> int:
        """How many sessions it has."""
        return track.sessions_here


class AppearanceInline(PublicInline, admin.StackedInline):
    """The people of a session, in the order of their positions."""

    model = Appearance
    form = PositionedForm
    formset = PositionedFormSet
    autocomplete_fields = ["speaker"]
    ordering = ["position"]
    fieldsets = [
        (None, {"fields": [("position", "speaker", "role"), *pair("label", "printed_title")]}),
        (
            _("Minutes and details"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("starts_at", "ends_at"),
                    ("mode", "is_announced", "publish_at"),
                    "featured_position",
                    *pair("printed_name"),
                ],
            },
        ),
    ]


class SessionForm(forms.ModelForm):
    """A session; its track and whole belong to the same edition, its room to the edition's building."""

    languages = CodesField(required=False, help_text=_("Codes, such as en, zh-hans."))

    def clean(self) -> dict[str, Any]:
        """Refuse what belongs elsewhere."""
        data = super().clean() or {}
        event = data.get("event") or (self.instance.event if self.instance.event_id else None)
        track = data.get("track")
        if event and track and track.event_id != event.pk:
            raise ValidationError({"track": _("This track belongs to another edition.")})
        return data


class MoveForm(forms.Form):
    """Where a session moves to, in the time of the forum."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}))
    start = forms.TimeField(label=_("Starts, in the time of the forum"), widget=forms.TimeInput({"type": "time"}))


@admin.register(Session)
class SessionAdmin(ZoneNote, ObjectButtons, PublicAdmin):
    """The programme of an edition."""

    form = SessionForm
    has_zone = True
    zone_fieldset = 1
    slug_kind = SlugKind.SESSION
    list_display = ["title", "when", "type", "room", "track", "people", "status", "event"]
    list_select_related = ["event", "room", "track"]
    list_filter = [EditionFilter, DayFilter, "type", "status"]
    search_fields = ["title_en", "title_zh_hans", "slug"]
    ordering = ["event", "day", "starts_at", "position", "id"]
    prepopulated_fields = {"slug": ["title_en"]}
    inlines = [AppearanceInline]
    object_buttons = [
        ObjectButton(
            name="move",
            label=_("Move, with parts and minutes"),
            run=lambda session, data: move_session(session, day=data["day"], start=data["start"]),
            done=_("The session has moved, with its parts and the minutes of its people."),
            is_offered=lambda session: session.starts_at is not None,
            asks=MoveForm,
        ),
    ]
    fieldsets = [
        (None, {"fields": ["event", *pair("title"), ("type", "track", "status"), "slug"]}),
        (
            _("When and where"),
            {"fields": [("day", "position"), ("starts_at", "ends_at"), ("room", "mode"), "publish_at"]},
        ),
        (_("As printed"), {"fields": [*pair("section_heading", "label"), "parent"]}),
        (_("Texts"), {"fields": pair("abstract")}),
        (
            _("Languages and streams"),
            {"fields": ["languages", *pair("interpretation"), ("stream_url", "recording_url")]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        """Count the people with the list."""
        return super().get_queryset(request).annotate(people_here=Count("appearances", distinct=True))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer wholes that can have parts, and rooms with their building."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name == "parent":
            field.queryset = field.queryset.filter(parent__isnull=True)
        if field and db_field.name == "room":
            field.queryset = field.queryset.select_related("venue")
            field.label_from_instance = room_with_building
        return field

    @admin.display(description=pgettext_lazy("session", "when"), ordering="starts_at")
    def when(self, session: Session) -> str:
        """Day and times in the zone of the edition."""
        day = short_day(session.day, get_language() or "en")
        if not session.starts_at:
            return day
        times = time_range(session.starts_at, session.ends_at, session.event.timezone_name)
        return _("%(day)s, %(time)s") % {"day": day, "time": times}

    @admin.display(description=_("people"), ordering="people_here")
    def people(self, session: Any) -> int:
        """How many people appear in it."""
        return session.people_here


def room_with_building(room: Room) -> str:
    """Name a room so that those of two buildings can be told apart."""
    return _(", ").join([str(room), str(room.venue)])
