"""Mails that come back, as mail services report it by django-anymail, or as an organizer has read it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from forum_site.mail.enums import MailReturn, MailState
from forum_site.mail.models import EmailMessage

#: What a service calls it, in django-anymail's words, and what it is here. A mail that is only late is none of these.
KINDS = {
    "bounced": MailReturn.BOUNCED,
    "rejected": MailReturn.BOUNCED,
    "failed": MailReturn.BOUNCED,
    "complained": MailReturn.COMPLAINED,
}
GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def listen() -> None:
    """Note what mail services report; called once where their reports are taken at all."""
    from anymail.signals import tracking

    tracking.connect(note_report, dispatch_uid="mail.note_report")


def note_report(sender: Any, event: Any, esp_name: str, **more: Any) -> None:
    """Note one report (an ``AnymailTrackingEvent``). A second one of the same mail changes nothing."""
    kind = KINDS.get(event.event_type)
    message = _reported(str(event.message_id or ""), str(event.recipient or "")) if kind else None
    if kind and message and message.returned != kind:
        note = event.mta_response or event.description or event.reject_reason or ""
        note_return(message, kind=kind, note=f"{esp_name}: {note}".removesuffix(": "), at=event.timestamp)


def _reported(message_id: str, recipient: str) -> EmailMessage | None:
    """Return the mail by our own Message-ID; where a service keeps ids of its own, the last one to this address."""
    sent = EmailMessage.objects.filter(state=MailState.SENT).exclude(recipient="")
    if (found := GUID.search(message_id)) and (message := sent.filter(guid=UUID(found[0])).first()):
        return message
    return sent.filter(recipient__iexact=recipient).order_by("-sent_at", "-pk").first() if recipient else None


def note_return(
    message: EmailMessage, *, kind: MailReturn, note: str = "", at: dt.datetime | None = None
) -> EmailMessage:
    """Note that a mail which was sent has not reached anybody. Nothing happens with one that was not sent."""
    fields = {"returned": kind, "returned_note": " ".join(note.split())[:500], "returned_at": at or timezone.now()}
    if EmailMessage.objects.filter(pk=message.pk, state=MailState.SENT).update(**fields):
        for name, value in fields.items():
            setattr(message, name, value)
    return message


def note_by_hand(messages: Iterable[EmailMessage]) -> int:
    """Note for an organizer that these mails came back, as far as they were sent; return how many are new."""
    sent = [one for one in messages if one.state == MailState.SENT and not one.returned]
    for one in sent:
        note_return(one, kind=MailReturn.BOUNCED, note=_("Noted by an organizer"))
    return len(sent)


def forget_returns(message: EmailMessage) -> int:
    """Note that mails of the edition reach this address after all; return how many had come back."""
    same = EmailMessage.objects.returned().filter(event=message.event_id, recipient=message.recipient)
    return same.update(returned="", returned_note="", returned_at=None)
