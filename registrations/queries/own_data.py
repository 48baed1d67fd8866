"""Everything that is kept of one person, for that person: as a page to read and as JSON."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from forum_site.lib.bilingual import columns
from forum_site.mail.models import EmailMessage
from registrations.domain import letters
from registrations.models import Answer, CheckIn, Registration, SessionBooking, StatusChange
from registrations.queries.questions import own_answers


@dataclass(frozen=True)
class OwnData:
    """What is kept. Notes of the organizers to themselves, and reasons that were never sent, are not among it."""

    registration: Registration
    answers: list[Answer]
    history: list[StatusChange]
    mails: list[EmailMessage]
    sessions: list[Any]
    bookings: list[SessionBooking]
    check_ins: list[CheckIn]

    @property
    def steps(self) -> list[tuple[StatusChange, str]]:
        """The history with the reasons that were sent."""
        return [(change, reason_sent(change)) for change in self.history]

    def as_json(self) -> dict[str, Any]:
        """Return it with keys that do not change with the language; moments are in UTC (ISO 8601)."""
        one = self.registration
        return {
            "edition": str(one.event.name),
            "registration": {name: _plain(getattr(one, name)) for name in FIELDS}
            | {"ticket_type": str(one.ticket_type)},
            "consent": {"words": one.consent_text, "given_at": _plain(one.consented_at)},
            "answers": [_answer(answer, one) for answer in self.answers],
            "history": [_step(change) for change in self.history],
            "mails": [{"subject": mail.subject, "at": _plain(mail.sent_at or mail.created_at)} for mail in self.mails],
            "starred_sessions": [str(session) for session in self.sessions],
            "sessions": [_booking(booking) for booking in self.bookings],
            "check_ins": [_check_in(check_in) for check_in in self.check_ins],
            "place_offered_to": _offered_to(one),
        }


FIELDS = (
    *("code", "status", "full_name", "email", "organization", "country", "language", "timezone_name"),
    *("waiting_number", "expires_at", "created_at", "changed_at", "status_changed_at", "answers_until"),
)


def own_data(registration: Registration) -> OwnData:
    """Collect it. Ten queries, whatever there is."""
    mails = EmailMessage.objects.filter(reference=letters.reference_of(registration)).exclude(subject="")
    stars = registration.stars.select_related("session").order_by("pk")
    return OwnData(
        registration=registration,
        answers=own_answers(registration),
        history=list(registration.status_changes.order_by("pk")),
        mails=list(mails.defer("text_body", "html_body", "attachments").order_by("created_at", "pk")),
        bookings=list(registration.bookings.select_related("bookable__session").order_by("pk")),
        check_ins=list(registration.check_ins.select_related("session").order_by("at", "pk")),
        sessions=[star.session for star in stars],
    )


def reason_sent(change: StatusChange) -> str:
    """Return why a step was taken, unless it is a note that organizers were promised to keep to themselves."""
    return "" if _is_note(change) else str(change.reason)


def _is_note(change: StatusChange) -> bool:
    return change.actor == "organizer" and change.old_status == "waitlisted" and change.new_status in NOT_SENT


NOT_SENT = frozenset({"waitlisted", "offered"})


def _answer(answer: Answer, registration: Registration) -> dict[str, Any]:
    address = reverse("registrations:answer_file", args=[registration.secret, answer.question.slug])
    file = {"file": settings.SITE_URL + address} if answer.file else {}
    moment = {"answered_at": _plain(answer.answered_at)}
    return {"asked": answer.asked_as, "answer": str(answer), "value": answer.value} | moment | file


def _booking(booking: SessionBooking) -> dict[str, Any]:
    moments = {"created_at": _plain(booking.created_at), "changed_at": _plain(booking.changed_at)}
    return {"session": str(booking.bookable.session), "state": booking.state, "reason": booking.reason} | moments


def _check_in(one: CheckIn) -> dict[str, Any]:
    place = {"session": str(one.session) if one.session else None}
    return {"kind": one.kind, "at": _plain(one.at), "taken_back_at": _plain(one.undone_at)} | place


def _step(change: StatusChange) -> dict[str, Any]:
    return {
        "from": change.old_status,
        "to": change.new_status,
        "at": _plain(change.made_at),
        "by": change.actor,
    } | {name: "" if _is_note(change) else getattr(change, name) for name in columns("reason")}


def _offered_to(registration: Registration) -> dict[str, str] | None:
    transfer = getattr(registration, "transfer", None)
    return {"name": transfer.full_name, "email": transfer.email} if transfer else None


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds")
    return value if value is None or isinstance(value, int) else str(value)
