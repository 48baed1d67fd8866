"""What the worker does every minute for the outbox."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from django.conf import settings
from django.utils import timezone

from forum_site.lib.schedules import keep_every_minute
from forum_site.mail.enums import MailState
from forum_site.mail.models import EmailMessage
from forum_site.mail.send import deliver

SCHEDULE = "Send the mails that are due"
#: Seconds after which the next minute's job goes on; far below the time limit of a job.
LONGEST_RUN = 50


def deliver_due() -> int:
    """Take back what a killed worker has left, send what is due, the oldest first; return how many mails were sent."""
    reclaim()
    ends_at = time.monotonic() + LONGEST_RUN
    sent = 0
    for pk in EmailMessage.objects.due().order_by("next_try_at", "pk").values_list("pk", flat=True)[:1000]:
        if time.monotonic() > ends_at:
            break
        sent += deliver(pk)
    return sent


def reclaim() -> int:
    """Queue again the mails whose worker was killed while sending; return their number.

    The mail may have left just before: then it comes twice, with the same Message-ID, rather than never.
    """
    long_ago = timezone.now() - dt.timedelta(seconds=settings.MAIL_RECLAIM_SECONDS)
    abandoned = EmailMessage.objects.filter(state=MailState.SENDING, claimed_at__lt=long_ago)
    return abandoned.update(state=MailState.QUEUED, next_try_at=timezone.now(), claimed_at=None)


def ensure_schedule(**kwargs: Any) -> None:
    """Have the worker call ``deliver_due`` every minute."""
    keep_every_minute(SCHEDULE, "forum_site.mail.jobs.deliver_due", **kwargs)
