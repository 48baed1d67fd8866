"""Noting who comes and goes: each scan is accepted once, and a mistaken one is taken back but never forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Session
from forum_site.lib.errors import DomainError
from forum_site.lib.moments import moment_label
from registrations.enums import CheckInKind, RegistrationStatus
from registrations.models import CheckIn, Registration
from registrations.queries.check_ins import inside_since


def check_in(
    registration: Registration, *, by: Any, nonce: UUID, session: Session | None = None, at: dt.datetime | None = None
) -> CheckIn:
    """Note that somebody has come, to the forum or to a session; ``by`` is the user who scans.

    The same nonce again gives the first check-in and changes nothing. Raises ``DomainError`` for whoever is not
    confirmed, or is inside already.
    """
    return _scan(registration, CheckInKind.ENTRY, by, nonce, session, at)


def check_out(
    registration: Registration, *, by: Any, nonce: UUID, session: Session | None = None, at: dt.datetime | None = None
) -> CheckIn:
    """Note that somebody has left; they stay checked in for every list and may come again. As ``check_in``."""
    return _scan(registration, CheckInKind.EXIT, by, nonce, session, at)


def undo(one: CheckIn, *, by: Any) -> CheckIn:
    """Take a mistaken check-in back: it counts no more, and stands in the history. A second time nothing happens."""
    CheckIn.objects.standing().filter(pk=one.pk).update(undone_at=timezone.now(), undone_by=by)
    one.refresh_from_db()
    return one


def _scan(
    registration: Registration, kind: CheckInKind, by: Any, nonce: UUID, session: Session | None, at: dt.datetime | None
) -> CheckIn:
    with transaction.atomic():
        registration.refresh_from_db(from_queryset=Registration.objects.select_for_update(no_key=True))
        known = CheckIn.objects.filter(nonce=nonce).first()
        if known is None:
            _refuse(registration, kind, session)
            facts = {"registration": registration, "session": session, "kind": kind, "user": by}
            facts |= {"at": at or timezone.now()}
            known, _is_new = CheckIn.objects.get_or_create(nonce=nonce, defaults=facts)
    if (known.registration_id, known.session, known.kind) != (registration.pk, session, kind):
        raise DomainError(_("This scan belongs to another person or place."))
    return known


def _refuse(registration: Registration, kind: CheckInKind, session: Session | None) -> None:
    if registration.erased_at:
        raise DomainError(_("The details of this registration are erased."))
    if registration.status != RegistrationStatus.CONFIRMED:
        status = {"status": registration.get_status_display()}
        raise DomainError(_("Only confirmed people are checked in. This registration: %(status)s.") % status)
    if session and session.event_id != registration.event_id:
        raise DomainError(_("This session belongs to another edition."))
    inside = inside_since(registration, session)
    if kind == CheckInKind.ENTRY and inside:
        moment = moment_label(inside.at, registration.event.timezone_name, get_language() or "en")
        raise DomainError(_("Checked in already: %(moment)s.") % {"moment": moment})
    if kind == CheckInKind.EXIT and not inside:
        raise DomainError(_("Whoever is not checked in cannot be checked out."))
