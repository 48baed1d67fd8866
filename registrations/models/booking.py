"""Sessions to choose: which have places of their own, and who has one of them or waits for it."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import AttendanceMode, SessionType
from events.models import Event, Session
from registrations.enums import IS_CHOSEN, TAKES_A_PLACE, Actor, BookingState
from registrations.models.quota import validate_capacity
from registrations.models.registration import Registration
from registrations.models.ticket_type import TicketType


class BookingRules(models.Model):
    """How many sessions people choose at an edition, and until when."""

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, related_name="booking_rules", verbose_name=_("edition")
    )
    least = models.PositiveSmallIntegerField(
        _("at least"),
        default=0,
        help_text=_("So many sessions everybody should choose. Whoever has fewer is told; nothing is refused."),
    )
    most = models.PositiveSmallIntegerField(
        _("at most"), null=True, blank=True, help_text=_("Nobody books more sessions. Empty: without limit.")
    )
    books_until = models.DateTimeField(
        _("can be booked until"),
        null=True,
        blank=True,
        help_text=_("Holds for all sessions without a moment of their own. Empty: until the session begins."),
    )

    class Meta:
        verbose_name = _("rule for choosing sessions")
        verbose_name_plural = _("rules for choosing sessions")
        ordering = ["event"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(most__isnull=True) | models.Q(most__gte=1) & models.Q(most__gte=models.F("least")),
                name="booking_rules_can_be_kept",
                violation_error_message=_("Nobody can choose at most so few sessions and at least so many."),
            )
        ]

    def __str__(self) -> str:
        return str(self.event)


class BookableSession(models.Model):
    """What makes a session one to choose: its places, its window, and who may book it.

    ``known_facts`` is what those who have booked it know of it, by the last mail or from booking it.
    """

    session = models.OneToOneField(
        Session, on_delete=models.CASCADE, related_name="bookable", verbose_name=_("session")
    )
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, validators=[validate_capacity], help_text=_("Empty: without limit.")
    )
    seats_taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)
    last_waiting_number = models.PositiveIntegerField(default=0, editable=False)
    books_until = models.DateTimeField(
        _("can be booked until"),
        null=True,
        blank=True,
        help_text=_("Empty: as long as the other sessions of the edition."),
    )
    ticket_types = models.ManyToManyField(
        TicketType,
        blank=True,
        related_name="bookable_sessions",
        verbose_name=_("ticket types"),
        help_text=_("None chosen: all may book it."),
    )
    is_onsite_only = models.BooleanField(_("for people on site only"), default=False)
    known_facts = models.JSONField(default=dict, blank=True, editable=False)
    known_sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("session to choose")
        verbose_name_plural = _("sessions to choose")
        ordering = ["session__event", "session__day", "session__starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(seats_taken__lte=models.F("capacity")),
                name="session_is_never_oversold",
                violation_error_message=_("More places are taken already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.session)

    def clean(self) -> None:
        """Refuse fewer places than are taken, and what is no session of its own."""
        super().clean()
        if self.capacity is not None and self.capacity < self.seats_taken:
            raise ValidationError({"capacity": _("%(taken)s places are taken already.") % {"taken": self.seats_taken}})
        if self.session_id and (self.session.parent_id or self.session.type == SessionType.BREAK):
            raise ValidationError({"session": _("Breaks and parts of a session cannot be booked.")})

    @property
    def seats_left(self) -> int | None:
        """Free places, or ``None`` where they are not counted."""
        return None if self.capacity is None else max(0, self.capacity - self.seats_taken)

    @property
    def is_full(self) -> bool:
        """Whether the next person would wait."""
        return self.seats_left == 0

    def admits(self, ticket_type: TicketType) -> bool:
        """Whether people with this ticket type may book it. One query, none where the ticket types are read along."""
        if self.is_onsite_only and ticket_type.attendance_mode != AttendanceMode.ONSITE:
            return False
        chosen = {one.pk for one in self.ticket_types.all()}
        return not chosen or ticket_type.pk in chosen


class SessionBookingQuerySet(models.QuerySet["SessionBooking"]):
    """Questions asked of the bookings."""

    def active(self) -> SessionBookingQuerySet:
        """Those with a place, and those that wait for one."""
        return self.filter(state__in=IS_CHOSEN)

    def booked(self) -> SessionBookingQuerySet:
        """Those whose place is taken for good."""
        return self.filter(state=BookingState.BOOKED)

    def waiting(self) -> SessionBookingQuerySet:
        """The waiting lists, the first in each first."""
        return self.filter(state=BookingState.WAITING).order_by("waiting_number")

    def overdue(self, at: dt.datetime) -> SessionBookingQuerySet:
        """Offers that were not accepted in time, the longest overdue first."""
        return self.filter(state=BookingState.OFFERED, expires_at__lte=at).order_by("expires_at", "pk")


class SessionBooking(models.Model):
    """One person's place in a session, or on its waiting list. What has ended stays; who comes back gets a new one.

    ``known_facts`` is empty where the person knows the session as the others do; else what they know instead, because
    they booked it after a change of which the others have not been told yet.
    """

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="bookings", verbose_name=_("registration")
    )
    bookable = models.ForeignKey(
        BookableSession, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("session")
    )
    state = models.CharField(_("state"), max_length=10, choices=BookingState.choices)
    waiting_number = models.PositiveIntegerField(_("number on the waiting list"), null=True, blank=True)
    expires_at = models.DateTimeField(_("to be answered until"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("chosen"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("last change"), default=timezone.now, editable=False)
    changed_by = models.CharField(_("by"), max_length=10, choices=Actor.choices, default=Actor.ATTENDEE)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    known_facts = models.JSONField(default=dict, blank=True, editable=False)

    objects = SessionBookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking of a session")
        verbose_name_plural = _("bookings of sessions")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["expires_at"], condition=models.Q(expires_at__isnull=False), name="booking_deadlines"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "bookable"],
                condition=models.Q(state__in=sorted(IS_CHOSEN)),
                name="one_active_booking_per_session",
            ),
            models.UniqueConstraint(fields=["bookable", "waiting_number"], name="booking_number_is_given_once"),
            models.CheckConstraint(
                condition=~models.Q(state=BookingState.WAITING) | models.Q(waiting_number__isnull=False),
                name="whoever_waits_for_a_session_has_a_number",
            ),
            models.CheckConstraint(
                condition=models.Q(state=BookingState.OFFERED, expires_at__isnull=False)
                | ~models.Q(state=BookingState.OFFERED) & models.Q(expires_at__isnull=True),
                name="offer_of_a_session_has_a_deadline",
            ),
            models.CheckConstraint(condition=models.Q(state__in=BookingState.values), name="booking_state_is_known"),
            models.CheckConstraint(condition=models.Q(changed_by__in=Actor.values), name="booking_actor_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.bookable)  # stands in questions and lists where nobody's name belongs

    @property
    def takes_a_place(self) -> bool:
        """Whether a place in the session is kept for it."""
        return self.state in TAKES_A_PLACE

    def waiting_position(self) -> int | None:
        """Return the place on the waiting list, counted from 1, or ``None`` when not on it. One query."""
        if self.state != BookingState.WAITING:
            return None
        ahead = SessionBooking.objects.waiting().filter(bookable=self.bookable_id)
        return ahead.filter(waiting_number__lt=self.waiting_number).count() + 1
