"""Where a registration stands, in the words of the banner on the personal page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from events.enums import AttendanceMode, EventStatus
from registrations.enums import RegistrationStatus
from registrations.models import Registration


@dataclass(frozen=True)
class Standing:
    """The banner: its tone ("positive", "warning", "danger" or ""), its icon, a word and a sentence."""

    tone: str
    icon: str
    word: str
    text: str


def standing_of(registration: Registration) -> Standing:
    """Return the banner in the current language. One query for whoever waits, else none."""
    if registration.event.status == EventStatus.CANCELLED and registration.is_active:
        return Standing("danger", "cross", _("Cancelled"), _("The whole edition is cancelled. You need do nothing."))
    if registration.status == RegistrationStatus.CONFIRMED:
        return Standing("positive", "check", _("Confirmed"), _confirmed_text(registration))
    if registration.status == RegistrationStatus.WAITLISTED:
        position = {"position": registration.waiting_position()}
        text = _("Your place on the list: %(position)s. We write to you as soon as a place is yours.") % position
        return Standing("warning", "clock", _("On the waiting list"), text)
    if registration.is_active:
        text = _("A place is kept for you. The organizers answer by mail.")
        return Standing("warning", "clock", _("To be approved"), text)
    return _over(registration)


def _confirmed_text(registration: Registration) -> str:
    if registration.event.status == EventStatus.POSTPONED:
        return _("The edition is postponed. Your registration stays valid for the new dates.")
    if registration.event.is_past:
        return _("This edition is over. Thank you for taking part.")
    if registration.ticket_type.attendance_mode == AttendanceMode.ONLINE:
        return _("You attend online.")
    return _("You attend on site.")


def _over(registration: Registration) -> Standing:
    reason = _("Reason: %(reason)s") % {"reason": registration.status_reason} if registration.status_reason else ""
    if registration.status == RegistrationStatus.DECLINED:
        return Standing("danger", "cross", _("Not accepted"), reason or _("The organizers could not accept it."))
    if registration.status == RegistrationStatus.CANCELLED:
        return Standing("danger", "cross", _("Cancelled"), reason or _("Your place was given back."))
    return Standing("", "clock", str(registration.get_status_display()), reason)
