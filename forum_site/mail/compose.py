"""Turns a row of the outbox into words, by the function that an app has registered for its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from django.utils import translation

if TYPE_CHECKING:
    from forum_site.mail.models import EmailMessage


@dataclass(frozen=True)
class Attachment:
    """A text file beside the mail; ``content_type`` may carry parameters (``text/calendar; method=PUBLISH``)."""

    filename: str
    content_type: str
    content: str


@dataclass(frozen=True)
class Composed:
    """The finished words of one mail. ``text`` says all that ``html`` says."""

    subject: str
    text: str
    html: str = ""
    attachments: list[Attachment] = field(default_factory=list)


Composer = Callable[["EmailMessage"], Composed]
_composers: dict[str, Composer] = {}


def register_composer(kind: str, function: Composer) -> None:
    """Let ``function`` write the mails of this kind, in their language; called from ``AppConfig.ready``."""
    _composers[kind] = function


def compose(message: EmailMessage) -> Composed:
    """Return the words of the mail in the recipient's language; ``LookupError`` for a kind nobody has registered."""
    if message.kind not in _composers:
        raise LookupError(f"Nobody composes mails of the kind {message.kind!r}.")
    with translation.override(message.language):
        return _composers[message.kind](message)


def fill_in(message: EmailMessage) -> None:
    """Write the words of the mail into its columns; nothing is stored. Queries as the composer needs them."""
    words = compose(message)
    message.subject, message.text_body, message.html_body = one_line(words.subject), words.text, words.html
    message.attachments = [asdict(one) for one in words.attachments]


def one_line(subject: str) -> str:
    """Return a subject as it fits a mail's head and its column: without line breaks, 300 signs at the most."""
    return " ".join(subject.split())[:300]
