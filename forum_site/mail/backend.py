"""Lets mails that other code sends (sign-in, password reset) leave through the outbox as well."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage as Mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from forum_site.mail.compose import one_line
from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import put

#: The kind of these mails: whoever reads one can sign in as its recipient.
ACCOUNT = "account"


class OutboxBackend(BaseEmailBackend):
    """Django's mail backend of this site: writes into the outbox instead of waiting for a mail server.

    The outbox forgets these mails as soon as they have left. Where no server is configured they stay, so that a
    superuser can hand on the link.
    """

    def send_messages(self, email_messages: Sequence[Mail]) -> int:
        """Put every mail into the outbox, once per recipient; return how many mails were given."""
        for mail in email_messages:
            for recipient in mail.recipients():
                _put(mail, recipient)
        return len(email_messages)


def _put(mail: Mail, recipient: str) -> None:
    name, address = parseaddr(recipient)
    html = [str(one.content) for one in getattr(mail, "alternatives", []) if one.mimetype == "text/html"]
    put(
        EmailMessage(
            kind=ACCOUNT,
            recipient=address,
            recipient_name=name,
            language=get_language() or "en",
            subject=one_line(str(mail.subject)),
            text_body=str(mail.body),
            html_body="".join(html),
            is_forgotten=True,
        )
    )
