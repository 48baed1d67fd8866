"""What is always true of registrations, whatever happens: looked at after every action of ``test_machine``."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any, NamedTuple

from django.db.models import QuerySet

from events.enums import EventStatus
from forum_site.lib.prepared import prepared
from forum_site.mail.models import EmailMessage
from registrations.domain import letters
from registrations.domain.status import STEPS
from registrations.enums import HOLDS_A_SEAT, IS_ACTIVE, MUST_ANSWER, Actor, InvitationState, RegistrationStatus
from registrations.models import Invitation, Quota, Registration, StatusChange, TicketType

WAITLISTED = RegistrationStatus.WAITLISTED
KINDS_OF_A_STEP = {*(step.letter for step in STEPS.values()), letters.HANDED_OVER} - {""}
OWN = "registration:"


class Row(NamedTuple):
    """A registration as it stands."""

    pk: int
    guid: Any
    status: str
    ticket_type: int
    group: int | None
    waits_together: bool | None
    priority: int
    number: int | None
    expires_at: dt.datetime | None
    erased_at: dt.datetime | None
    access_code: int | None
    delegation: int | None
    is_unclaimed: bool


COLUMNS = (
    *("pk", "guid", "status", "ticket_type", "group", "group__waits_together", "priority", "waiting_number"),
    *("expires_at", "erased_at", "access_code", "delegation", "is_unclaimed"),
)


@prepared
def _rows() -> QuerySet[Registration, Any]:
    return Registration.objects.order_by("pk").values_list(*COLUMNS)


@prepared
def _ticket_types() -> QuerySet[TicketType]:
    return TicketType.objects.select_related("quota").order_by("pk")


@prepared
def _quotas() -> QuerySet[Quota]:
    return Quota.objects.order_by("pk")


class Promises:
    """The state of the edition as it was read last, and what must be true of it and of the way to it."""

    def begin(self) -> None:
        """Look at an edition at which nobody is registered yet."""
        self.rows: dict[int, Row] = {}
        self.lines: dict[int, list[int]] = {}
        self.histories: dict[int, list[StatusChange]] = {}
        self.last_change = self.looks = 0
        self.is_whole = self.serves_all = True
        self.claimed: dict[int, tuple[int, str]] = {}
        self.read_types()

    def look(self) -> None:
        """Read everything once, and check it against what was there before the last action."""
        self.is_whole = False
        changes = list(StatusChange.objects.filter(pk__gt=self.last_change).order_by("pk"))
        self.rows = self.read_rows()
        self.read_types()
        self.seats_are_counted_and_never_too_many()
        self.no_seat_is_free_while_somebody_waits_for_it()
        self.the_first_in_line_came_first(changes)
        self.every_change_has_one_entry_in_the_history(changes)
        self.nothing_is_used_more_often_than_it_may_be()
        self.positions_are_dense_and_ordered()
        self.looks += 1
        if self.looks % 8 == 0:  # they are many: every eighth time is often enough, and the last
            self.every_change_has_its_mail()
            self.whoever_has_answered_an_invitation_is_registered()
        self.is_whole = True

    def read_rows(self) -> dict[int, Row]:
        return {one[0]: Row(*one) for one in _rows()}

    def read_types(self) -> None:
        self.types = {one.pk: one for one in _ticket_types()}
        for one in self.types.values():
            one.event = self.event

    # --- Seats and the lists ------------------------------------------------------------------------------------

    def seats_are_counted_and_never_too_many(self) -> None:
        held = Counter(one.ticket_type for one in self.rows.values() if one.status in HOLDS_A_SEAT)
        for one in self.types.values():
            assert one.seats_taken == held[one.pk]
            assert one.own_places is None or one.seats_taken <= one.own_places
        [quota] = _quotas()
        shared = sum(one.seats_taken for one in self.types.values() if one.quota_id)
        assert quota.seats_taken == shared <= quota.capacity

    def waiting(self) -> list[Row]:
        return [one for one in self.rows.values() if one.status == WAITLISTED]

    def no_seat_is_free_while_somebody_waits_for_it(self) -> None:
        """Where only a few are served at once, the others are when the schedule has run."""
        if self.event.status == EventStatus.CANCELLED or not self.serves_all:
            return
        waiting = Counter((one.ticket_type, one.group, one.waits_together) for one in self.waiting())
        for (pk, _group, waits_together), size in waiting.items():
            kind = self.types[pk]
            assert kind.is_full or (waits_together and size > kind.seats_left)

    def the_first_in_line_came_first(self, changes: list[StatusChange]) -> None:
        """Whoever was offered a seat by the site since the last action stood before all who still wait for one.

        A group that waits together lets others pass while there is not a seat for each of its members, and of those
        who were just given a seat nobody had to leave a member behind. Nobody who comes anew gets one before them.
        """
        by_site = [one for one in changes if (one.actor, one.old_status) == (Actor.SYSTEM, WAITLISTED)]
        served, lines = {one.registration_id for one in by_site}, self.waiting_lines()
        for pk, line in self.lines.items():
            still = set(lines.get(pk, []))
            left = [one for one in line if not self.rows[one].waits_together and (one in served or one in still)]
            assert left == sorted(left, key=lambda one: one not in served)
        came = {one.registration_id for one in changes if not one.old_status and not one.reason} - served
        for pk in {self.rows[one].ticket_type for one in came if self.rows[one].status in HOLDS_A_SEAT}:
            assert all(self.rows[one].waits_together for one in self.lines.get(pk, []) if one in lines.get(pk, []))
        together = {(one.group, one.ticket_type) for one in self.waiting() if one.waits_together}
        assert not together & {(self.rows[pk].group, self.rows[pk].ticket_type) for pk in served}
        self.lines = lines

    def waiting_lines(self) -> dict[int, list[int]]:
        lines: dict[int, list[int]] = {}
        for one in sorted(self.waiting(), key=lambda one: (-one.priority, one.number)):
            lines.setdefault(one.ticket_type, []).append(one.pk)
        return lines

    def positions_are_dense_and_ordered(self) -> None:
        """Ask for one place of one line, another one each time."""
        if lines := list(self.lines.values()):
            line = lines[self.looks % len(lines)]
            place = self.looks % len(line)
            row = self.rows[line[place]]
            facts = {"ticket_type_id": row.ticket_type, "priority": row.priority, "waiting_number": row.number}
            assert Registration(pk=row.pk, status=row.status, **facts).waiting_position() == place + 1

    # --- History and mails --------------------------------------------------------------------------------------

    def every_change_has_one_entry_in_the_history(self, changes: list[StatusChange]) -> None:
        for one in changes:
            history = self.histories.setdefault(one.registration_id, [])
            assert one.old_status == (history[-1].new_status if history else "")
            assert one.actor in STEPS[one.old_status, one.new_status].by
            history.append(one)
            self.last_change = one.pk
        assert self.histories.keys() == self.rows.keys()
        for pk, one in self.rows.items():
            assert self.histories[pk][-1].new_status == one.status
            assert (one.expires_at is not None) == (one.status in MUST_ANSWER)
            assert one.erased_at is None or one.status not in IS_ACTIVE

    def every_change_has_its_mail(self) -> None:
        erased = {f"{OWN}{one.guid}" for one in self.rows.values() if one.erased_at}  # of theirs some are gone
        mails = EmailMessage.objects.filter(kind__in=KINDS_OF_A_STEP, reference__startswith=OWN)
        sent = Counter(mails.exclude(reference__in=erased).values_list("reference", "kind"))
        expected: Counter[tuple[str, str]] = Counter()
        for one in self.rows.values():
            if not one.erased_at:
                expected.update((f"{OWN}{one.guid}", kind) for kind in self.letters_to(one))
        assert sent == expected

    def letters_to(self, one: Row) -> Any:
        """The mails of the steps; before a place gets its name they are the contact's, who gets none for the first."""
        steps = self.histories[one.pk]
        known, first = self.claimed.get(one.pk, (int(one.is_unclaimed), ""))
        kinds = [first, *(STEPS[step.old_status, step.new_status].letter for step in steps[known:])]
        if steps[-1].reason.startswith("Passed on"):
            kinds[-1] = letters.HANDED_OVER
        return filter(None, kinds)

    # --- Ways in ------------------------------------------------------------------------------------------------

    def nothing_is_used_more_often_than_it_may_be(self) -> None:
        active = [one for one in self.rows.values() if one.status in IS_ACTIVE]
        assert sum(one.access_code == self.code.pk for one in active) <= self.code.most_uses
        assert sum(one.delegation == self.delegation.pk for one in active) <= self.delegation.places

    def whoever_has_answered_an_invitation_is_registered(self) -> None:
        for state, registration in Invitation.objects.values_list("state", "registration"):
            assert (state == InvitationState.ACCEPTED) == (registration is not None)
