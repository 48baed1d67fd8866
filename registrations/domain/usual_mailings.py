"""The reminders and thanks that most editions send, as drafts to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from translated_fields import to_attribute

from events.models import Event
from forum_site.lib.bilingual import LANGUAGES
from registrations.enums import MailingTiming
from registrations.models import Mailing


@dataclass(frozen=True)
class Usual:
    """A draft: when it goes out and what it says, in the language that is active."""

    title: Any
    timing: MailingTiming
    amount: int
    subject: Any
    body: Any
    has_calendar: bool = False


_JOIN = _("By the link below you find how to join, and can change or cancel your registration.")
USUAL = (
    Usual(
        _("A week before"),
        MailingTiming.START_DAYS,
        -7,
        _("In one week: {edition}"),
        format_lazy(
            "{}\n\n{}",
            _("{edition} takes place on {dates}. The calendar entry is attached."),
            _("If you cannot come, please cancel by the link below, so that the next person can."),
        ),
        has_calendar=True,
    ),
    Usual(
        _("The day before"),
        MailingTiming.START_DAYS,
        -1,
        _("Tomorrow: {edition}"),
        format_lazy("{}\n\n{}", _("{edition} begins tomorrow. We look forward to seeing you."), _JOIN),
    ),
    Usual(
        _("An hour before"),
        MailingTiming.START_HOURS,
        -1,
        _("In one hour: {edition}"),
        format_lazy("{}\n\n{}", _("{edition} begins in one hour."), _JOIN),
    ),
    Usual(
        _("Thanks afterwards"),
        MailingTiming.END_DAYS,
        1,
        _("Thank you for taking part: {edition}"),
        _("Thank you for taking part in {edition}. Recordings and documents are published on its pages as they come."),
    ),
)


def add_usual_mailings(event: Event) -> list[Mailing]:
    """Add the drafts that the edition does not have yet, told apart by their moment; return the new ones."""
    known = set(event.mailings.values_list("timing", "amount"))
    missing = [usual for usual in USUAL if (usual.timing, usual.amount) not in known]
    return [Mailing.objects.create(event=event, **_fields(usual)) for usual in missing]


def _fields(usual: Usual) -> dict[str, Any]:
    fields = {"title": str(usual.title), "timing": usual.timing, "amount": usual.amount}
    for language in LANGUAGES:
        with override(language):
            words = {"subject": str(usual.subject), "body": str(usual.body)}
        fields |= {to_attribute(name, language): text for name, text in words.items()}
    return fields | {"has_calendar": usual.has_calendar}
