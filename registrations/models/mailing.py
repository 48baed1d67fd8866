"""Mails to many registered people: once, or relative to the begin or end of the edition."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Event
from forum_site.lib.bilingual import columns, has_any
from forum_site.mail.models import EmailMessage
from registrations.enums import MailingState, MailingTiming, Presence, RegistrationStatus
from registrations.models.booking import BookableSession
from registrations.models.message import WordedMail
from registrations.models.question import QuestionOption
from registrations.models.registration import Registration
from registrations.models.ticket_type import TicketType
from registrations.validators import validate_given_answers, validate_statuses

#: The filters that choose among things which may be deleted.
LINKED_FILTERS = ("ticket_types", "options", "sessions")
RELATIVE = frozenset(MailingTiming) - {MailingTiming.ONCE}


def confirmed_only() -> list[str]:
    """Return whom a new mailing goes to."""
    return [RegistrationStatus.CONFIRMED.value]


class Mailing(WordedMail):
    """A text, whom it goes to, and when.

    Whoever has had it does not get it again (``Delivery``), however often it is paused, edited or resumed. A filter of
    which everything chosen has been deleted lets nobody through: a mail to a few never becomes one to all.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="mailings", verbose_name=_("edition"))
    title = models.CharField(_("title"), max_length=120, help_text=_("For organizers only."))
    state = models.CharField(
        _("state"), max_length=10, choices=MailingState.choices, default=MailingState.DRAFT, editable=False
    )
    has_calendar = models.BooleanField(_("with the calendar entry"), default=False)
    timing = models.CharField(_("when"), max_length=10, choices=MailingTiming.choices, default=MailingTiming.ONCE)
    send_at = models.DateTimeField(
        _("not before"), null=True, blank=True, help_text=_("For a mail that is sent once. Empty: at once.")
    )
    amount = models.SmallIntegerField(
        _("days or hours"), default=0, help_text=_("Below zero before, above zero after: -7 is seven days before.")
    )
    local_time = models.TimeField(
        _("time of day"), default=dt.time(9), help_text=_("For days: in the time zone of each recipient.")
    )
    statuses = models.JSONField(_("statuses"), default=confirmed_only, validators=[validate_statuses])
    ticket_types = models.ManyToManyField(
        TicketType, blank=True, related_name="+", verbose_name=_("ticket types"), help_text=_("None chosen: all.")
    )
    options = models.ManyToManyField(
        QuestionOption,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("chosen", "answers"),
        help_text=_("Only people who have chosen one of these. None chosen: all."),
    )
    given_answers = models.JSONField(
        _("yes/no and countries"),
        default=list,
        blank=True,
        validators=[validate_given_answers],
        help_text=_("Only people who have given one of these answers. None chosen: all."),
    )  # keys of questions and values; they stay when a question is deleted, and then reach nobody
    sessions = models.ManyToManyField(
        BookableSession,
        blank=True,
        related_name="+",
        verbose_name=_("sessions to choose"),
        help_text=_("Only people who have a place in one of these. None chosen: all."),
    )
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("Only people who get their mails in this language.")
    )
    presence = models.CharField(
        _("check-in"),
        max_length=10,
        choices=Presence.choices,
        blank=True,
        help_text=_("Only people who are checked in, or not, at the moment of sending."),
    )
    limited_by = models.JSONField(default=list, blank=True, editable=False)  # of these filters, those that were set
    begins_at = models.DateTimeField(_("begins"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["event", "-created_at", "-id"]
        indexes = [models.Index(fields=["state", "begins_at"], name="mailing_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=has_any("subject"),
                name="mailing_has_a_subject",
                violation_error_message=_("Enter the subject in at least one language."),
            ),
            models.CheckConstraint(
                condition=has_any("body"),
                name="mailing_has_a_text",
                violation_error_message=_("Enter the text in at least one language."),
            ),
            models.CheckConstraint(condition=models.Q(state__in=MailingState.values), name="mailing_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(presence__in=["", *Presence.values]), name="mailing_presence_is_known"
            ),
            models.CheckConstraint(condition=models.Q(timing__in=MailingTiming.values), name="mailing_timing_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state=MailingState.SCHEDULED) | models.Q(begins_at__isnull=False),
                name="scheduled_mailing_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a subject in a language in which the text is missing, and the other way round."""
        super().clean()
        for subject, body in zip(columns("subject"), columns("body"), strict=True):
            if bool(getattr(self, subject)) != bool(getattr(self, body)):
                missing = body if getattr(self, subject) else subject
                raise ValidationError({missing: _("Subject and text belong together: enter both, or neither.")})

    @property
    def is_relative(self) -> bool:
        """Whether each recipient gets it at a moment that follows from the edition's begin or end."""
        return self.timing in RELATIVE


class Delivery(models.Model):
    """One person's copy of a mailing; there is never a second one."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("mailing"))
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("registration")
    )
    mail = models.OneToOneField(
        EmailMessage, on_delete=models.CASCADE, related_name="delivery", verbose_name=_("e-mail")
    )

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["mailing", "registration"], name="mailing_reaches_each_person_once")
        ]

    def __str__(self) -> str:
        return str(self.mail)
