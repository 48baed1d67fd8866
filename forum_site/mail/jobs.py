"""What the worker does every minute for the outbox."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django_q.tasks import async_task

from forum_site.lib.one_by_one import each_by_itself
from forum_site.lib.schedules import keep_every_minute
from forum_site.mail.enums import MailState
from forum_site.mail.models import EmailMessage
from forum_site.mail.send import deliver

SCHEDULE = "Send the mails that are due"
#: Seconds after which other jobs have their turn: a confirmation never waits longer behind a mailing of thousands.
LONGEST_RUN = 5
#: Held while one run follows the other; ends by itself if the worker is killed.
TURN = "mail.turn"
TURN_SECONDS = 30


def deliver_one(guid: str) -> bool:
    """Send the mail for which somebody waits; return whether it left the house. Nothing if it is deleted meanwhile."""
    pk = EmailMessage.objects.filter(guid=guid).values_list("pk", flat=True).first()
    return pk is not None and deliver(pk)


def deliver_due(*, is_next: bool = False) -> int:
    """Send what is due, the oldest first, for a few seconds; return how many mails were sent.

    Called every minute. While mails are left it queues itself again (``is_next``), behind the jobs that have come in
    the meantime. What a killed worker has left is taken back first.
    """
    if not is_next and not cache.add(TURN, True, TURN_SECONDS):
        return 0
    reclaim()
    _compose_held()
    sent, is_done = _deliver_for(LONGEST_RUN)
    if is_done:
        cache.delete(TURN)
    else:
        cache.set(TURN, True, TURN_SECONDS)
        async_task("forum_site.mail.jobs.deliver_due", is_next=True)
    return sent


def _deliver_for(seconds: float) -> tuple[int, bool]:
    """Return how many mails were sent, and whether none is left."""
    ends_at, sent = time.monotonic() + seconds, 0
    for pk in EmailMessage.objects.due().order_by("next_try_at", "pk").values_list("pk", flat=True)[:1000]:
        if time.monotonic() > ends_at:
            return sent, False
        sent += deliver(pk)
    return sent, True


def _compose_held() -> None:
    """Write the words of mails that stay here because no server is configured, so that they can be read."""
    held = EmailMessage.objects.filter(state=MailState.HELD, subject="").values_list("pk", flat=True)
    each_by_itself(list(held[:200]), deliver)


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
