"""The organizers' wording of a mail, in place of the one that the site brings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from forum_site.lib.bilingual import only_in
from forum_site.lib.markdown import paragraphs
from registrations.emails.values import Person, filled
from registrations.emails.words import Words
from registrations.models import Mailing, MessageTemplate, Registration
from registrations.queries.my_sessions import lack_of_sessions
from registrations.queries.recipients import AT_START


def with_own_words(standard: Words, kind: str, registration: Person, context: dict[str, Any]) -> Words:
    """Return the words with what the organizers have written for this kind in this language. One query."""
    template = MessageTemplate.objects.filter(event=registration.event_id, kind=kind).first()
    if template is None:
        return standard
    own = {name: only_in(template, name) for name in ("subject", "heading", "body")}
    written: dict[str, Any] = {name: filled(text, registration, context) for name, text in own.items() if text}
    if "body" in written:
        written["paragraphs"] = paragraphs(written.pop("body"))
    return replace(standard, **written)


def words_of_mailing(mailing: Mailing, registration: Registration) -> Words:
    """Return a mailing's words for one person; in the other language where it is not written in theirs.

    A reminder before the begin also says that sessions are still to be chosen, to whom that concerns.
    """
    is_reminder = mailing.timing in AT_START and mailing.amount < 0
    lack = lack_of_sessions(registration) if is_reminder else ""
    subject = filled(str(mailing.subject), registration, {})
    return Words(
        subject=subject,
        heading=filled(str(mailing.heading), registration, {}) or subject,
        paragraphs=[*paragraphs(filled(str(mailing.body), registration, {})), *([lack] if lack else [])],
        link_label=_("Open my registration"),
    )
