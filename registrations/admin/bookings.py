"""The organizers' pages of sessions to choose, and of who has chosen them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.admin.base import PublicAdmin
from events.admin.programme import ZoneNote
from events.enums import SessionType
from events.models import Session
from forum_site.accounts.current_edition import number_asked
from forum_site.accounts.enums import HANDLES_REGISTRATIONS, Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.object_buttons import ObjectButton, ObjectButtons
from forum_site.accounts.permissions import event_ids_for
from forum_site.accounts.scoped_admin import ScopedAdmin
from forum_site.lib.errors import DomainError
from forum_site.lib.moments import moment_label
from forum_site.lib.tabular import csv_rows
from registrations import exporters
from registrations.admin.filters import edition_asked
from registrations.admin.forms import ReasonForm
from registrations.domain.bookings import leave
from registrations.domain.session_places import change_places
from registrations.enums import IS_CHOSEN, Actor, BookingState
from registrations.models import BookableSession, BookingRules, SessionBooking

TONES = {BookingState.BOOKED: "is-done", BookingState.WAITING: "is-open", BookingState.OFFERED: "is-open"}


@admin.register(BookableSession)
class BookableSessionAdmin(ZoneNote, PublicAdmin):
    """Sessions with places of their own. New places are offered to the people waiting at once."""

    event_lookup = "session__event"
    has_zone = True
    list_display = ["session", "capacity", "seats_taken", "waiting", "is_onsite_only", "books_until"]
    list_select_related = ["session"]
    list_filter = [EditionFilter]
    search_fields = ["session__title_en", "session__title_zh_hans"]
    ordering = ["session__event", "session__day", "session__starts_at", "pk"]
    readonly_fields = ["seats_taken"]
    fieldsets = [
        (
            None,
            {"fields": ["session", ("capacity", "seats_taken"), "books_until", "is_onsite_only", "ticket_types"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BookableSession]:
        """Count the people waiting with the list."""
        is_waiting = Q(bookings__state=BookingState.WAITING)
        return super().get_queryset(request).annotate(waiting_here=Count("bookings", filter=is_waiting))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep the places where they are: bookings belong to the session."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "session") if obj else fields

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer sessions of one's own editions that stand alone and have no places yet."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name == "session":
            ids = event_ids_for(request.user, self.changes)
            mine = field.queryset if ids is None else field.queryset.filter(event__in=ids)
            alone = mine.filter(parent=None, bookable=None).exclude(type__in=[SessionType.BREAK, SessionType.PART])
            field.queryset = alone
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Show the ticket types as boxes: there are few."""
        return super().formfield_for_manytomany(db_field, request, widget=forms.CheckboxSelectMultiple(), **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        """Store everything but the places, which are changed by their rule."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        capacity = obj.capacity
        obj.save(update_fields=["books_until", "is_onsite_only"])
        if "capacity" in form.changed_data:
            try:
                change_places(obj, capacity=capacity)
            except DomainError as error:
                messages.error(request, str(error))

    @admin.display(description=_("waiting"), ordering="waiting_here")
    def waiting(self, bookable: Any) -> int:
        """How many people wait."""
        return bookable.waiting_here


@admin.register(BookingRules)
class BookingRulesAdmin(ZoneNote, PublicAdmin):
    """How many sessions people choose at an edition, and until when."""

    has_zone = True
    list_display = ["event", "least", "most", "books_until"]
    list_select_related = ["event"]
    list_filter = [EditionFilter]
    fieldsets = [(None, {"fields": ["event", ("least", "most"), "books_until"]})]

    def get_list_display(self, request: HttpRequest) -> Any:
        """Name the edition also where the list is of one: the rules have no other name."""
        return self.list_display


class SessionFilter(admin.SimpleListFilter):
    """Bookings of one session of the edition at hand."""

    title = _("session")
    parameter_name = "session"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The sessions to choose of the edition, if the user may see them."""
        found = Session.objects.filter(event=edition_asked(request), bookable__isnull=False).in_order()
        ids = event_ids_for(request.user, model_admin.sees | model_admin.changes)
        mine = found if ids is None else found.filter(event__in=ids)
        return [(str(one.pk), str(one)) for one in mine]

    def queryset(self, request: HttpRequest, queryset: QuerySet[SessionBooking]) -> QuerySet[SessionBooking]:
        """Limit the list."""
        session_id = number_asked(self.value())
        return queryset.filter(bookable__session=session_id) if session_id else queryset


@admin.register(SessionBooking)
class SessionBookingAdmin(ObjectButtons, ScopedAdmin):
    """Who has a place in a session, or waits for one. It changes by the people themselves, or is taken back."""

    event_lookup = "bookable__session__event"
    sees = frozenset({Role.OWNER, Role.REGISTRAR, Role.VIEWER})
    changes = HANDLES_REGISTRATIONS
    has_zone = True
    list_display = ["person", "organization", "session", "state_shown", "waiting_number", "chosen_at"]
    list_select_related = ["registration__event", "bookable__session"]
    list_filter = [EditionFilter, SessionFilter, "state"]
    search_fields = ["registration__full_name", "registration__email", "registration__code"]
    search_help_text = _("Name, e-mail or code")
    actions = ["export_csv"]
    fields = readonly_fields = [
        *("person", "organization", "session", "state", "waiting_number", "expires_at"),
        *("created_at", "changed_at", "changed_by", "reason"),
    ]
    object_buttons = [
        ObjectButton(
            name="cancel",
            label=_("Take the place back"),
            run=lambda one, data: leave(
                one.registration, bookable=one.bookable, by=Actor.ORGANIZER, reason=data["reason"]
            ),
            done=_("The place is taken back. The person gets a mail."),
            is_offered=lambda one: one.state in IS_CHOSEN,
            asks=ReasonForm,
            tone="danger",
        ),
    ]

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        """People choose for themselves."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What has ended stays."""
        return False

    @admin.display(description=_("full name"), ordering="registration__full_name")
    def person(self, booking: SessionBooking) -> str:
        """Who it is."""
        return booking.registration.full_name

    @admin.display(description=_("organization"), ordering="registration__organization")
    def organization(self, booking: SessionBooking) -> str:
        """Where the person comes from."""
        return booking.registration.organization

    @admin.display(description=_("session"), ordering="bookable__session__starts_at")
    def session(self, booking: SessionBooking) -> str:
        """Which session it is."""
        return str(booking.bookable.session)

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, booking: SessionBooking) -> str:
        """The state as a dot and a word."""
        tone = TONES.get(booking.state, "is-over")  # type: ignore[call-overload]
        return format_html('<span class="state {}">{}</span>', tone, booking.get_state_display())

    @admin.display(description=_("chosen"), ordering="created_at")
    def chosen_at(self, booking: SessionBooking) -> str:
        """The moment in the zone of the edition."""
        return moment_label(booking.created_at, booking.registration.event.timezone_name, get_language() or "en")

    @admin.action(description=_("Export as CSV"), permissions=["change"])
    def export_csv(self, request: HttpRequest, queryset: QuerySet[SessionBooking]) -> HttpResponse:
        """Send the chosen ones as a text table."""
        ids = event_ids_for(request.user, self.changes)
        allowed = queryset if ids is None else queryset.filter(bookable__session__event__in=ids)
        rows = csv_rows(exporters.booking_header(), exporters.booking_rows(allowed))
        response: Any = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="bookings.csv"'
        response["Cache-Control"] = "no-store"
        return response
