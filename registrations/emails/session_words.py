"""The sentences of the mails about a session that somebody has chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Room, Session
from forum_site.lib.moments import day_label
from forum_site.mail.compose import Attachment
from registrations.domain import letters
from registrations.emails.words import Words, entry_goes, filled
from registrations.enums import BookingState
from registrations.models import BookableSession, Registration
from registrations.queries.calendar_entries import CONTENT_TYPE
from registrations.queries.clashes import clash_of
from registrations.queries.session_calendar import session_file
from registrations.queries.spans import deadline_words


def session_words_for(kind: str, registration: Registration, context: dict[str, Any]) -> Words:
    """Return the words of a mail about one session. Two queries, one more for a session that has moved."""
    session = session_in(registration, context)
    facts = {
        "session": str(session.title) if session else _("(title of the session)"),
        "edition": str(registration.event.name),
        "when": _when(registration, session) if session else "",
    }
    return _WRITERS[kind](registration, session, facts, context)


def session_in(registration: Registration, context: dict[str, Any]) -> Session | None:
    """Return the session that a mail is about; in a sample any that can be chosen, or none. One query."""
    found = BookableSession.objects.filter(session__event=registration.event_id).select_related("session__room")
    wanted = found.filter(pk=context["session"]) if "session" in context else found
    bookable = wanted.first()
    if bookable is None:
        return None
    bookable.session.event = registration.event
    return bookable.session


def session_time(registration: Registration, context: dict[str, Any]) -> str:
    """Return when the session of a mail takes place."""
    session = session_in(registration, context)
    return _when(registration, session) if session else ""


def session_attachments(kind: str, registration: Registration, context: dict[str, Any]) -> list[Attachment]:
    """Return what brings the calendar of whoever had a place up to date, or takes the entry back."""
    session = session_in(registration, context)
    if session is None or not context.get("had_entry"):
        return []
    method = "PUBLISH" if kind == letters.SESSION_MOVED else "CANCEL"
    is_taken_back = kind == letters.SESSION_WITHDRAWN
    content = session_file(registration, session, method=method, is_taken_back=is_taken_back)
    return [Attachment(f"{session.slug}.ics", CONTENT_TYPE.format(method=method), content)]


def _offered(registration: Registration, session: Session | None, facts: dict[str, str], context: Any) -> Words:
    until = context.get("until")
    deadline = {"moment": deadline_words(registration, dt.datetime.fromisoformat(until))} if until else {}
    return Words(
        subject=_("A place is offered to you: %(session)s") % facts,
        heading=_("A place in a session is offered to you"),
        paragraphs=[
            _("You wait for “%(session)s” at %(edition)s. A place has become free.") % facts,
            *([facts["when"]] if facts["when"] else []),
            *([_("It is kept for you until %(moment)s.") % deadline] if deadline else []),
            _("Open the link and accept it or decline it. After that moment it goes to the next person."),
        ],
        link_label=_("Answer the offer"),
    )


def _expired(registration: Registration, session: Session | None, facts: dict[str, str], context: Any) -> Words:
    return Words(
        subject=_("Offer expired: %(session)s") % facts,
        heading=_("The place in the session has gone to the next person"),
        paragraphs=[
            _("A place in “%(session)s” was offered to you and not accepted in time.") % facts,
            _("Your registration for %(edition)s stays as it is. You can choose again by the link below.") % facts,
        ],
        link_label=_("Open my registration"),
    )


def _moved(registration: Registration, session: Session | None, facts: dict[str, str], context: Any) -> Words:
    old = context.get("old") or {}
    if old and not old["is_held"]:
        return _returned(registration, session, facts, context)
    return Words(
        subject=_("Moved: %(session)s") % facts,
        heading=_("A session you have chosen has moved"),
        paragraphs=[
            _("“%(session)s” has moved.") % facts,
            *_now(registration, session, facts),
            *([_("Before: %(old)s") % {"old": _as_known(registration, old)}] if old else []),
            *_clash(registration, session),
            _what_it_means(context),
        ],
        link_label=_("Open my registration"),
    )


def _returned(registration: Registration, session: Session | None, facts: dict[str, str], context: Any) -> Words:
    return Words(
        subject=_("Takes place after all: %(session)s") % facts,
        heading=_("A session you have chosen takes place after all"),
        paragraphs=[
            _("“%(session)s”, which was cancelled, takes place after all.") % facts,
            *_now(registration, session, facts),
            *_clash(registration, session),
            _what_it_means(context),
        ],
        link_label=_("Open my registration"),
    )


def _what_it_means(context: dict[str, Any]) -> str:
    if context.get("had_entry"):
        return _("Your place stays yours. The calendar entry is brought up to date by the file attached.")
    return _("Where you stand on the waiting list has not changed.")


def _cancelled(registration: Registration, session: Session | None, facts: dict[str, str], context: Any) -> Words:
    return Words(
        subject=_("Session cancelled: %(session)s") % facts,
        heading=_("A session you have chosen is cancelled"),
        paragraphs=[
            _("“%(session)s” at %(edition)s does not take place.") % facts,
            *filled(entry_goes(context)),
            _("Your registration stays as it is. By the link below you can choose another session."),
        ],
        link_label=_("Open my registration"),
    )


def _withdrawn(registration: Registration, session: Session | None, facts: dict[str, str], context: Any) -> Words:
    why = {
        "status": _("Your registration is not confirmed any more."),
        "type": _("Your way to attend does not include this session."),
        "organizer": _("Reason: %(reason)s") % context if context.get("reason") else "",
    }.get(context.get("why", "organizer"), "")
    return Words(
        subject=_("Place taken back: %(session)s") % facts,
        heading=_("Your place in a session is taken back"),
        paragraphs=[
            _("Your place in “%(session)s” at %(edition)s, or on its waiting list, is not kept for you any more.")
            % facts,
            *filled(why, entry_goes(context)),
        ],
        link_label=_("Open my registration"),
    )


_WRITERS: dict[str, Callable[[Registration, Session | None, dict[str, str], Any], Words]] = {
    letters.SESSION_OFFERED: _offered,
    letters.SESSION_EXPIRED: _expired,
    letters.SESSION_MOVED: _moved,
    letters.SESSION_CANCELLED: _cancelled,
    letters.SESSION_WITHDRAWN: _withdrawn,
}


def _when(registration: Registration, session: Session) -> str:
    """The begin in the person's own time where that is another, and in the time of the edition; else the day."""
    if session.starts_at:
        return deadline_words(registration, session.starts_at)
    return day_label(session.day, get_language() or "en")


def _now(registration: Registration, session: Session | None, facts: dict[str, str]) -> list[str]:
    if session is None:
        return []
    return [_("Now: %(when)s") % {"when": " · ".join(filter(None, [facts["when"], str(session.room or "")]))}]


def _as_known(registration: Registration, old: dict[str, Any]) -> str:
    """When and where the session was, as far as the person knew."""
    if old["starts_at"]:
        words = deadline_words(registration, dt.datetime.fromisoformat(old["starts_at"]))
    else:
        words = day_label(dt.date.fromisoformat(old["day"]), get_language() or "en")
    room = Room.objects.filter(pk=old["room"]).first() if old["room"] else None
    return " · ".join(filter(None, [words, str(room or "")]))


def _clash(registration: Registration, session: Session | None) -> list[str]:
    """Warn of another booked session at the same time. One query."""
    if session is None:
        return []
    found = registration.bookings.filter(state=BookingState.BOOKED).select_related("bookable__session")
    other = clash_of(session, [one.bookable.session for one in found])
    if other is None:
        return []
    return [
        _("It now runs at the same time as “%(session)s”, which you have booked too: please choose.")
        % {"session": other}
    ]
