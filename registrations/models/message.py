"""What organizers write themselves: the words of any mail, and those of the mails of the status machine."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event
from forum_site.lib.bilingual import bilingual
from registrations.validators import validate_placeholders


class WordedMail(models.Model):
    """What organizers write in a mail. Each part may stay empty in a language."""

    subject = bilingual(models.CharField(_("subject"), max_length=200, validators=[validate_placeholders]))
    heading = bilingual(models.CharField(_("heading"), max_length=150, validators=[validate_placeholders]))
    body = bilingual(
        models.TextField(
            _("text"),
            max_length=10_000,
            validators=[validate_placeholders],
            help_text=_("Paragraphs with an empty line between them. Greeting, link and facts are added."),
        )
    )

    class Meta:
        abstract = True


class MessageTemplate(WordedMail):
    """What one kind of mail says at one edition. What stays empty in a language says what it says by itself."""

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="message_templates", verbose_name=_("edition")
    )
    kind = models.CharField(_("mail"), max_length=60)

    class Meta:
        verbose_name = _("wording of a mail")
        verbose_name_plural = _("wordings of mails")
        ordering = ["event", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "kind"],
                name="mail_is_worded_once_in_event",
                violation_error_message=_("This mail has its own words already."),
            )
        ]

    def __str__(self) -> str:
        return self.kind
