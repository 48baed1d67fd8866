"""The states of a mail in the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailReturn(models.TextChoices):
    """Why a mail that was sent has not reached anybody."""

    BOUNCED = "bounced", _("Came back")
    COMPLAINED = "complained", _("Reported as unwanted")


class MailState(models.TextChoices):
    """Where a mail stands."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    HELD = "held", _("Kept, not sent: no mail server is configured")
