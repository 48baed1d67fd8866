"""One mail with its state."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum_site.mail.enums import MailReturn, MailState

#: Stands in the context of a mail whose words hold what is not true any more, such as a link that was exchanged.
OUTDATED = "is_outdated"
#: Stands there when the words are blanked, because they named somebody who is forgotten.
WORDLESS = "is_wordless"


class EmailMessageQuerySet(models.QuerySet["EmailMessage"]):
    """Questions asked of the outbox."""

    def due(self, at: object = None) -> EmailMessageQuerySet:
        """Mails that wait and whose pause is over."""
        return self.filter(state=MailState.QUEUED, next_try_at__lte=at or timezone.now())

    def returned(self) -> EmailMessageQuerySet:
        """Mails that have not reached anybody, or were not wanted."""
        return self.filter(~models.Q(returned=""))


class EmailMessage(models.Model):
    """One mail to one person.

    The row is written in the transaction of the change that causes it; subject and bodies are composed by the
    worker, in the recipient's language, shortly before the first attempt, and stay as they were sent; if they are
    outdated, until the mail leaves again.
    """

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(
        "events.Event",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,  # ``mail_by_event`` serves it
        related_name="+",
        verbose_name=_("edition"),
    )
    kind = models.CharField(_("kind"), max_length=60, help_text=_("Which mail this is."))
    reference = models.CharField(
        _("reference"), max_length=100, blank=True, db_index=True, help_text=_("What the mail is about.")
    )
    context = models.JSONField(default=dict, blank=True, editable=False)
    recipient = models.EmailField(pgettext_lazy("mail", "to"))
    recipient_name = models.CharField(pgettext_lazy("person", "name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text_body = models.TextField(_("text"), blank=True)
    html_body = models.TextField(_("HTML"), blank=True)
    attachments = models.JSONField(
        default=list, blank=True, editable=False, help_text="[{filename, content_type, content}], content as text."
    )
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    next_try_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    returned = models.CharField(_("not delivered"), max_length=10, choices=MailReturn.choices, blank=True)
    returned_at = models.DateTimeField(_("reported on"), null=True, blank=True)
    returned_note = models.CharField(_("what was said"), max_length=500, blank=True)
    is_forgotten = models.BooleanField(default=False, editable=False)  # the row goes as soon as the mail has left

    objects = EmailMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="mail_by_state_and_next_try"),
            models.Index(fields=["event", "-created_at"], name="mail_by_event"),
            models.Index(fields=["recipient"], condition=~models.Q(returned=""), name="returned_mail_by_recipient"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=MailState.values), name="mail_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(returned__in=["", *MailReturn.values]), name="mail_return_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MailState.SENT) | models.Q(sent_at__isnull=False),
                name="sent_mail_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject or self.kind} → {self.recipient}"

    @property
    def has_lost_its_words(self) -> bool:
        """Whether they named somebody who is forgotten, so that nothing is left to be sent."""
        return bool(self.context.get(WORDLESS)) and not self.is_outdated

    @property
    def is_outdated(self) -> bool:
        """Whether the mail is written anew before it leaves the next time."""
        return bool(self.context.get(OUTDATED))
