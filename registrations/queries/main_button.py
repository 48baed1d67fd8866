"""The one solid button of the site: in the header, in the phone's bar and under the headline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.enums import AttendanceMode, Phase
from events.models import Event
from events.queries.phase import has_recordings, outline_of, phase_of
from registrations.enums import OfferState
from registrations.queries.offers import known_offer, offer_of


@dataclass(frozen=True)
class MainButton:
    """Where the button leads, its word, and whether it carries the dot of what is live.

    ``long_word`` says the same where there is room.
    """

    url: str
    word: str
    is_live: bool = False
    long_word: str = ""


def main_button_of(event: Event, *, here: str = "", at: dt.datetime | None = None) -> MainButton | None:
    """Return the button for this moment, or ``None`` where there is nothing to do. At most two queries.

    While the forum is live it leads to what runs now, if that can be followed from elsewhere; from that page itself
    (``here`` is "live"), and before, to registration as long as it is open; afterwards to the recordings, if there are
    any. An edition that is postponed or cancelled has no button.
    """
    phase = phase_of(event, at=at)
    if phase == Phase.OFF:
        return None
    if phase == Phase.AFTER:
        return _watch(event) if has_recordings(event, at=at) else None
    if phase == Phase.LIVE and here != "live" and _can_be_joined(event):
        return MainButton(reverse("events:live", args=[event.slug]), _("Join now"), is_live=True)
    return _register(event, at)


def _register(event: Event, at: dt.datetime | None) -> MainButton | None:
    state = (offer_of(event, at) if at else known_offer(event)).state
    words = {OfferState.OPEN: (_("Register"), ""), OfferState.FULL: (_("Waiting list"), _("Join the waiting list"))}
    if state not in words:
        return None
    word, long_word = words[state]
    return MainButton(reverse("registrations:register", args=[event.slug]), word, long_word=long_word)


def _watch(event: Event) -> MainButton:
    return MainButton(
        f"{reverse('events:documents', args=[event.slug])}#kind-video", pgettext("button to recordings", "Watch")
    )


def _can_be_joined(event: Event) -> bool:
    """Whether there is a programme, and not all of it in rooms only."""
    return event.attendance_mode != AttendanceMode.ONSITE and bool(outline_of(event))
