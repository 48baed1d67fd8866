"""To whom mails do not arrive."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from forum_site.mail.models import EmailMessage
from registrations.models import Registration


def mails_come_back() -> Exists:
    """Whether a mail of the same edition to the address of a registration has come back: a condition of a query."""
    return Exists(EmailMessage.objects.returned().filter(event=OuterRef("event"), recipient=OuterRef("email")))


def with_returns(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Add ``has_returns``: whether mails to the person come back. No query more."""
    return registrations.annotate(has_returns=mails_come_back())
