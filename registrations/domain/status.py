"""The status machine of registrations: which steps there are, who may take them, and the one function that does.

The table ``STEPS`` is drawn in docs/registration.md.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from forum_site.lib.bilingual import columns
from forum_site.lib.codes import new_code
from forum_site.lib.errors import DomainError
from forum_site.lib.prepared import insert, insert_unless_taken
from forum_site.mail.outbox import store
from registrations.domain import letters
from registrations.domain.deadlines import deadline_for
from registrations.domain.reasons import Reason
from registrations.domain.seats import NoSeatFree, Pool
from registrations.enums import HOLDS_A_SEAT, IS_OVER, Actor, RegistrationStatus
from registrations.models import Registration, StatusChange, TicketType

#: The status of a registration that is not stored yet.
NEW = ""
UNVERIFIED, PENDING = RegistrationStatus.UNVERIFIED, RegistrationStatus.PENDING
WAITLISTED, OFFERED = RegistrationStatus.WAITLISTED, RegistrationStatus.OFFERED
CONFIRMED, DECLINED = RegistrationStatus.CONFIRMED, RegistrationStatus.DECLINED
CANCELLED, EXPIRED = RegistrationStatus.CANCELLED, RegistrationStatus.EXPIRED

ATTENDEE, ORGANIZER = Actor.ATTENDEE, Actor.ORGANIZER
SCHEDULE, SYSTEM = Actor.SCHEDULE, Actor.SYSTEM
PEOPLE = (ATTENDEE, ORGANIZER)


@dataclass(frozen=True)
class Step:
    """Who may take a step, and the mail it sends, if any; an organizer may have to say why."""

    by: tuple[Actor, ...]
    letter: str = ""
    needs_reason: bool = False


#: Every step there is, from one status to another or back to the same one with another ticket type or priority.
STEPS: dict[tuple[str, str], Step] = {
    (NEW, UNVERIFIED): Step((ATTENDEE,), letters.UNVERIFIED),
    (NEW, PENDING): Step(PEOPLE, letters.PENDING),
    (NEW, WAITLISTED): Step(PEOPLE, letters.WAITLISTED),
    (NEW, CONFIRMED): Step(PEOPLE, letters.CONFIRMED),
    (UNVERIFIED, PENDING): Step(PEOPLE, letters.PENDING),
    (UNVERIFIED, CONFIRMED): Step(PEOPLE, letters.CONFIRMED),
    (UNVERIFIED, DECLINED): Step((ORGANIZER,), letters.DECLINED),
    (UNVERIFIED, CANCELLED): Step(PEOPLE, letters.CANCELLED),
    (UNVERIFIED, EXPIRED): Step((SCHEDULE,), letters.EXPIRED),
    (PENDING, PENDING): Step(PEOPLE, letters.CHANGED),
    (PENDING, CONFIRMED): Step((ORGANIZER, SYSTEM), letters.CONFIRMED),
    (PENDING, DECLINED): Step((ORGANIZER,), letters.DECLINED),
    (PENDING, CANCELLED): Step(PEOPLE, letters.CANCELLED),
    (WAITLISTED, WAITLISTED): Step((ORGANIZER,), needs_reason=True),
    (WAITLISTED, OFFERED): Step((SYSTEM, ORGANIZER), letters.OFFERED, needs_reason=True),
    (WAITLISTED, PENDING): Step((SYSTEM, *PEOPLE), letters.PROMOTED),
    (WAITLISTED, CONFIRMED): Step((SYSTEM, *PEOPLE), letters.PROMOTED),
    (WAITLISTED, DECLINED): Step((ORGANIZER,), letters.DECLINED),
    (WAITLISTED, CANCELLED): Step(PEOPLE, letters.CANCELLED),
    (OFFERED, PENDING): Step(PEOPLE, letters.PENDING),
    (OFFERED, CONFIRMED): Step(PEOPLE, letters.CONFIRMED),
    (OFFERED, DECLINED): Step((ORGANIZER,), letters.DECLINED),
    (OFFERED, CANCELLED): Step(PEOPLE, letters.CANCELLED),
    (OFFERED, EXPIRED): Step((SCHEDULE,), letters.EXPIRED),
    (CONFIRMED, PENDING): Step(PEOPLE, letters.PENDING),
    (CONFIRMED, CONFIRMED): Step(PEOPLE, letters.CHANGED),
    (CONFIRMED, CANCELLED): Step(PEOPLE, letters.CANCELLED),
}


def move(
    registration: Registration,
    to: RegistrationStatus,
    *,
    pool: Pool,
    ticket_type: TicketType | None = None,
    **facts: Any,
) -> Registration:
    """Take one step with all that belongs to it: seat, deadline, history and mail.

    The registration is new or kept by the ``pool``; ``ticket_type`` is another one to go to, the other facts are those
    of ``Change.plan``. Raises ``DomainError`` where there is no such step, a reason is missing or no seat is free. Five
    queries, two less without a seat.
    """
    goes_to = pool.the(ticket_type or registration.ticket_type)
    return Change.plan(registration, to, ticket_type=goes_to, **facts).make(pool)


@dataclass(frozen=True)
class Change:
    """A step that may be taken, with its words: whatever can be known of it before anybody waits for its seat.

    Every change of status is made here.
    """

    registration: Registration
    to: RegistrationStatus
    ticket_type: TicketType
    until: dt.datetime | None
    mail: tuple[Model, ...]
    reason: Reason
    history: dict[str, Any]

    @classmethod
    def plan(
        cls,
        registration: Registration,
        to: RegistrationStatus,
        *,
        ticket_type: TicketType,
        actor: Actor,
        user: Any = None,
        reason: Reason | str = "",
        at: dt.datetime | None = None,
        letter: str | None = None,
    ) -> Change:
        """Return the step, of which nothing is done yet; ``letter`` is another mail than its own, "" for none.

        Raises ``DomainError`` where there is no such step or a reason is missing. No query.
        """
        why = Reason.of(reason)
        step = _step(registration, to, actor=actor, has_reason=bool(why))
        now, old = at or timezone.now(), registration.status
        until = deadline_for(to, ticket_type, now)
        kind = step.letter if letter is None else letter
        said: dict[str, Any] = {"by": str(actor), "reason": why.read_in(registration.language)}
        said |= {"old": old, "had_entry": old == CONFIRMED}
        said["until"] = until.isoformat() if until else ""
        mail = letters.letter_ready(registration, kind, **said) if kind else ()
        facts = {"old_status": old, "new_status": to, "made_at": now, "actor": actor, "user": user}
        return cls(registration, to, ticket_type, until, mail, why, facts)

    def make(self, pool: Pool) -> Registration:
        """Take the step in the caller's transaction. Raises ``NoSeatFree``, and then nothing of it may be kept."""
        registration, to = self.registration, self.to
        old, had = registration.status, registration.ticket_type
        store(self.mail)  # first, since nobody waits for a mail, but everybody for the seats that the next line takes
        if not pool.exchange(had if old in HOLDS_A_SEAT else None, self.ticket_type if to in HOLDS_A_SEAT else None):
            raise NoSeatFree(_("No place is free."))
        _number(registration, to, pool=pool, ticket_type=self.ticket_type)
        _write(registration, to, now=self.history["made_at"], until=self.until, reason=self.reason)
        insert(StatusChange(registration=registration, **self.history, **self.reason.as_columns("reason")))
        if to in IS_OVER:
            pool.ended.append(registration)
        if old == CONFIRMED:
            pool.stepped.append(registration)
        return registration


def _step(registration: Registration, to: RegistrationStatus, *, actor: Actor, has_reason: bool) -> Step:
    if registration.erased_at:
        raise DomainError(_("The details of this registration are erased."))
    step = STEPS.get((registration.status, to))
    if step is None or actor not in step.by:
        raise DomainError(
            _("A registration that is “%(old)s” cannot become “%(new)s” in this way.")
            % {"old": registration.get_status_display() or _("new"), "new": to.label}
        )
    if step.needs_reason and actor == ORGANIZER and not has_reason:
        raise DomainError(_("Please give a reason. It stands in the history."))
    return step


def _number(registration: Registration, to: RegistrationStatus, *, pool: Pool, ticket_type: TicketType) -> None:
    """Give whoever begins to wait a number; one of another ticket type's list is worth nothing."""
    if registration.ticket_type_id != ticket_type.pk:
        registration.waiting_number = None
        registration.ticket_type = ticket_type
    if to == WAITLISTED and registration.status != WAITLISTED:
        registration.waiting_number = pool.next_waiting_number(ticket_type)


def _write(
    registration: Registration, to: RegistrationStatus, *, now: dt.datetime, until: dt.datetime | None, reason: Reason
) -> None:
    registration.changed_at = now
    if registration.status != to:
        registration.status_changed_at = now
    registration.status, registration.expires_at = to, until
    for column, text in reason.as_columns("status_reason").items():
        setattr(registration, column, text)
    if registration._state.adding:
        while not insert_unless_taken(registration, unique="code"):
            registration.code = new_code()
        return
    registration.calendar_sequence += 1
    registration.save(update_fields=[*CHANGED_BY_A_STEP])


CHANGED_BY_A_STEP = (
    "status",
    *columns("status_reason"),
    "status_changed_at",
    "changed_at",
    "expires_at",
    "ticket_type",
    "waiting_number",
    "priority",
    "calendar_sequence",
)
