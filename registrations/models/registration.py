"""One person at one event."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from events.models import Event
from events.validators import validate_zone
from forum_site.lib.bilingual import bilingual
from forum_site.lib.codes import new_code
from registrations.enums import HOLDS_A_SEAT, IS_ACTIVE, MUST_ANSWER, RegistrationStatus
from registrations.models.delegation import Delegation
from registrations.models.group import RegistrationGroup
from registrations.models.linked import Linked, LinkedQuerySet
from registrations.models.ticket_type import TicketType
from registrations.validators import email_key


class RegistrationQuerySet(LinkedQuerySet["Registration"]):
    """Questions asked of the registrations."""

    def active(self) -> RegistrationQuerySet:
        """Those that count for the one-per-address rule."""
        return self.filter(status__in=IS_ACTIVE)

    def active_for(self, event: Event, email: str) -> RegistrationQuerySet:
        """The one that counts for this address at this event, however the address is written; with its ticket type."""
        return self.active().filter(event=event, email_key=email_key(email)).select_related("ticket_type")

    def holding_a_seat(self) -> RegistrationQuerySet:
        """Those for whom a seat is kept."""
        return self.filter(status__in=HOLDS_A_SEAT)

    def waiting(self) -> RegistrationQuerySet:
        """The waiting list, the first in it first."""
        return self.filter(status=RegistrationStatus.WAITLISTED, erased_at=None).order_by(
            "-priority", "waiting_number", "pk"
        )

    def must_answer(self) -> RegistrationQuerySet:
        """Those who are asked for something until a deadline."""
        return self.filter(status__in=MUST_ANSWER, expires_at__isnull=False, erased_at=None)

    def overdue(self, at: dt.datetime) -> RegistrationQuerySet:
        """Those who have not answered in time, the longest overdue first."""
        return self.must_answer().filter(expires_at__lte=at).order_by("expires_at", "pk")


class Registration(Linked):
    """A person's place at an event, with the words and moment of their consent."""

    # Indexes cost everybody who registers: those below serve the edition and the ticket type too, and of ways in and
    # groups only registrations that have one are listed.
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, db_index=False, related_name="registrations", verbose_name=_("edition")
    )
    ticket_type = models.ForeignKey(
        TicketType,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="registrations",
        verbose_name=_("ticket type"),
    )
    status = models.CharField(_("status"), max_length=12, choices=RegistrationStatus.choices)
    waiting_number = models.PositiveIntegerField(_("number on the waiting list"), null=True, blank=True)
    priority = models.SmallIntegerField(
        _("priority"), default=0, help_text=_("Whoever has a higher one comes first on the waiting list.")
    )
    expires_at = models.DateTimeField(_("to be answered until"), null=True, blank=True, editable=False)
    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    full_name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(pgettext_lazy("address", "e-mail"))
    email_key = models.CharField(max_length=254, editable=False)  # the address in small letters
    organization = models.CharField(_("organization"), max_length=200)
    country = CountryField(_("country/region"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    timezone_name = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validate_zone])
    consent_text = models.TextField(_("consent, as worded"))
    consented_at = models.DateTimeField(_("consent given"))
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("last change"), default=timezone.now, editable=False)
    status_changed_at = models.DateTimeField(_("status since"), default=timezone.now, editable=False)
    access_code = models.ForeignKey(
        "registrations.AccessCode",
        on_delete=models.SET_NULL,
        db_index=False,
        null=True,
        blank=True,
        editable=False,
        related_name="registrations",
        verbose_name=_("access code"),
    )
    is_preapproved = models.BooleanField(_("needs no approval"), default=False, editable=False)
    answers_until = models.DateTimeField(
        _("may change answers until"), null=True, blank=True, help_text=_("Longer than everybody else.")
    )
    status_reason = bilingual(models.CharField(_("reason"), max_length=300))
    group = models.ForeignKey(
        RegistrationGroup,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        editable=False,
        related_name="members",
        verbose_name=_("group"),
    )
    delegation = models.ForeignKey(
        Delegation,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        editable=False,
        related_name="registrations",
        verbose_name=_("delegation"),
    )
    is_unclaimed = models.BooleanField(_("name not known yet"), default=False, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["event", "status"], name="registration_by_status"),
            models.Index(fields=["event", "-created_at"], name="registration_by_moment"),
            models.Index(
                fields=["ticket_type", "status", "-priority", "waiting_number"], name="registration_waiting_order"
            ),
            models.Index(
                fields=["expires_at"], condition=models.Q(expires_at__isnull=False), name="registration_deadlines"
            ),
            *(
                models.Index(
                    fields=[way], condition=models.Q(**{f"{way}__isnull": False}), name=f"registration_by_{way}"
                )
                for way in ("access_code", "group", "delegation")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email_key"],
                condition=models.Q(status__in=sorted(IS_ACTIVE)),
                name="one_active_registration_per_address",
            ),
            models.UniqueConstraint(fields=["ticket_type", "waiting_number"], name="waiting_number_is_given_once"),
            models.CheckConstraint(
                condition=~models.Q(status=RegistrationStatus.WAITLISTED) | models.Q(waiting_number__isnull=False),
                name="whoever_waits_has_a_number",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=sorted(MUST_ANSWER), expires_at__isnull=False)
                | ~models.Q(status__in=sorted(MUST_ANSWER)) & models.Q(expires_at__isnull=True),
                name="whoever_must_answer_has_a_deadline",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=RegistrationStatus.values), name="registration_status_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(full_name="", email="", organization="", timezone_name="")
                & models.Q(status_reason_en="", status_reason_zh_hans=""),
                name="whoever_is_erased_has_no_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name or gettext('Erased')} ({self.code})"

    def self_service_path(self) -> str:
        """Return the path of the personal page, in the registration's language."""
        with translation.override(self.language):
            return reverse("registrations:mine", args=[self.secret])

    def file_path(self, slug: str) -> str:
        """Return the path of the file that answers a question."""
        with translation.override(self.language):
            return reverse("registrations:answer_file", args=[self.secret, slug])

    def claim_path(self) -> str:
        """Return the path on which somebody enters who takes this place."""
        with translation.override(self.language):
            return reverse("registrations:claim", args=[self.secret])

    @property
    def is_active(self) -> bool:
        """Whether the person still takes part or waits."""
        return self.status in IS_ACTIVE

    @property
    def status_when_accepted(self) -> RegistrationStatus:
        """Where it stands once a place is taken: an invitation, a code or a trusted domain make up for approval."""
        return RegistrationStatus.CONFIRMED if self.is_preapproved else self.ticket_type.status_when_accepted

    def waiting_position(self) -> int | None:
        """Return the place on the waiting list, counted from 1, or ``None`` when not on it. One query."""
        if self.status != RegistrationStatus.WAITLISTED:
            return None
        before = models.Q(priority=self.priority, waiting_number__lt=self.waiting_number)
        ahead = models.Q(priority__gt=self.priority) | before
        return Registration.objects.waiting().filter(ahead, ticket_type=self.ticket_type_id).count() + 1
