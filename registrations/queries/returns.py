"""To whom mails do not arrive."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from forum_site.mail.models import EmailMessage
from registrations.models import Registration


def with_returns(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Add ``has_returns``: whether a mail of the same edition to the person's address has come back. No query more."""
    mails = EmailMessage.objects.returned().filter(event=OuterRef("event"), recipient=OuterRef("email"))
    return registrations.annotate(has_returns=Exists(mails))
