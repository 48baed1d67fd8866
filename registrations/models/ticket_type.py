"""What one may register as."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import AttendanceMode
from events.models import Event
from forum_site.lib.bilingual import bilingual, has_any
from forum_site.lib.mail_domains import is_at
from registrations.enums import RegistrationStatus
from registrations.models.quota import Quota, validate_capacity
from registrations.validators import email_key


class TicketTypeQuerySet(models.QuerySet["TicketType"]):
    """Questions asked of the ticket types."""

    def open(self, at: dt.datetime | None = None) -> TicketTypeQuerySet:
        """Those whose window is open."""
        now = at or timezone.now()
        has_begun = models.Q(opens_at__isnull=True) | models.Q(opens_at__lte=now)
        has_not_ended = models.Q(closes_at__isnull=True) | models.Q(closes_at__gt=now)
        return self.filter(has_begun & has_not_ended, is_hidden=False)


class TicketType(models.Model):
    """A way to attend, with its places and its window."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="ticket_types", verbose_name=_("edition"))
    slug = models.SlugField(_("address"), max_length=60)
    name = bilingual(models.CharField(_("name"), max_length=120))
    description = bilingual(models.CharField(_("description"), max_length=300))
    attendance_mode = models.CharField(
        _("form"),
        max_length=10,
        choices=[(mode.value, mode.label) for mode in (AttendanceMode.ONSITE, AttendanceMode.ONLINE)],
        default=AttendanceMode.ONLINE,
    )
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, validators=[validate_capacity], help_text=_("Empty: without limit.")
    )
    overbooking = models.PositiveSmallIntegerField(
        _("overbooking in per cent"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("So many more places are given than there are; for online only."),
    )
    quota = models.ForeignKey(
        Quota,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="ticket_types",
        verbose_name=_("quota"),
        help_text=_("Places shared with other ticket types, beside the own ones."),
    )
    seats_taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)
    last_waiting_number = models.PositiveIntegerField(default=0, editable=False)
    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    changes_until = models.DateTimeField(
        _("people change to another type until"),
        null=True,
        blank=True,
        help_text=_("Empty: as long as the other type can be registered for."),
    )
    needs_approval = models.BooleanField(_("needs approval"), default=False)
    approved_domains = models.TextField(
        _("domains that need no approval"),
        blank=True,
        help_text=_("One a line, such as un.org. Whoever confirms an address there is confirmed at once."),
    )
    needs_confirmation = models.BooleanField(
        _("address must be confirmed"),
        default=False,
        help_text=_("The place is kept until the link in the mail has been opened, or goes back."),
    )
    confirm_hours = models.PositiveSmallIntegerField(
        _("hours to confirm the address"), default=24, validators=[MinValueValidator(1), MaxValueValidator(720)]
    )
    promotes_at_once = models.BooleanField(
        _("gives free places at once"),
        default=False,
        help_text=_("Whoever waits gets a free place without being asked. Otherwise it is offered until a deadline."),
    )
    may_transfer = models.BooleanField(
        _("may be passed on"),
        default=True,
        help_text=_("Whoever has a place may pass it on to a colleague, by their personal link."),
    )
    most_in_group = models.PositiveSmallIntegerField(
        _("people at once"),
        default=10,
        validators=[MaxValueValidator(50)],
        help_text=_("So many one contact may register together; 0: none."),
    )
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2, default=Decimal(0), editable=False)
    currency = models.CharField(_("currency"), max_length=3, default="CNY", editable=False)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    position = models.PositiveIntegerField(_("position"), default=1)

    objects = TicketTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket type")
        verbose_name_plural = _("ticket types")
        ordering = ["event", "position"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("name"),
                name="ticket_type_has_a_name",
                violation_error_message=_("Enter the name in at least one language."),
            ),
            models.UniqueConstraint(fields=["event", "slug"], name="ticket_type_slug_is_unique_in_event"),
            models.UniqueConstraint(fields=["event", "position"], name="ticket_type_position_is_unique_in_event"),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True)
                | models.Q(seats_taken__lte=models.F("capacity") * (models.F("overbooking") + 100) / 100),
                name="ticket_type_is_never_oversold",
                violation_error_message=_("More places are taken already."),
            ),
            models.CheckConstraint(
                condition=models.Q(overbooking=0) | models.Q(overbooking__lte=100, attendance_mode="online"),
                name="ticket_type_is_overbooked_online_only",
                violation_error_message=_("Only places online can be overbooked."),
            ),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="ticket_type_price_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True)
                | models.Q(opens_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="ticket_type_closes_after_it_opens",
                violation_error_message=_("Registration closes before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Refuse fewer places than are taken, overbooking of a hall, and the quota of another edition."""
        super().clean()
        if self.own_places is not None and self.own_places < self.seats_taken:
            raise ValidationError({"capacity": _("%(taken)s places are taken already.") % {"taken": self.seats_taken}})
        if self.overbooking and self.attendance_mode != AttendanceMode.ONLINE:
            raise ValidationError({"overbooking": _("Only places online can be overbooked.")})
        if self.approved_domains.strip() and not self.needs_confirmation:
            sentence = _("Have addresses confirmed too: otherwise anybody could type one of these domains.")
            raise ValidationError({"approved_domains": sentence})
        if self.quota_id and self.quota.event_id != self.event_id:
            raise ValidationError({"quota": _("This quota belongs to another edition.")})

    def approves(self, email: str) -> bool:
        """Whether the domain of the address, or one above it, needs no approval here."""
        return self.needs_confirmation and is_at(email_key(email), self.approved_domains.lower().split())

    @property
    def own_places(self) -> int | None:
        """How many may be given, overbooked ones included, or ``None`` where they are not counted."""
        return None if self.capacity is None else self.capacity * (100 + self.overbooking) // 100

    @property
    def places(self) -> int | None:
        """How many may be given by itself and by its quota, or ``None`` where they are not counted."""
        limits = [self.own_places, self.quota.capacity if self.quota else None]
        return min((limit for limit in limits if limit is not None), default=None)

    @property
    def own_seats_left(self) -> int | None:
        """Free places of its own, or ``None`` where they are not counted."""
        return None if self.own_places is None else max(0, self.own_places - self.seats_taken)

    @property
    def seats_left(self) -> int | None:
        """Free places of itself and its quota, or ``None`` where they are not counted."""
        left = [self.own_seats_left, self.quota.own_seats_left if self.quota else None]
        return min((number for number in left if number is not None), default=None)

    @property
    def is_full(self) -> bool:
        """Whether the next person would wait."""
        return self.seats_left == 0

    @property
    def status_when_accepted(self) -> RegistrationStatus:
        """What somebody becomes for whom a seat is kept and who has nothing more to answer."""
        return RegistrationStatus.PENDING if self.needs_approval else RegistrationStatus.CONFIRMED
