"""The fixed words of registration."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegistrationStatus(models.TextChoices):
    """Where a registration stands; only ``registrations.domain.status`` assigns it."""

    UNVERIFIED = "unverified", _("Address not confirmed")
    PENDING = "pending", _("To be approved")
    WAITLISTED = "waitlisted", _("On the waiting list")
    OFFERED = "offered", _("A place is offered")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")


#: A seat of the ticket type is kept for these. Whoever waits for approval has one, so that an approval never fails.
HOLDS_A_SEAT = frozenset(
    {
        RegistrationStatus.UNVERIFIED,
        RegistrationStatus.PENDING,
        RegistrationStatus.OFFERED,
        RegistrationStatus.CONFIRMED,
    }
)
#: One of these an e-mail address can have at an event.
IS_ACTIVE = HOLDS_A_SEAT | {RegistrationStatus.WAITLISTED}
#: Final: the registration does not come back, the person may register anew.
IS_OVER = frozenset(RegistrationStatus) - IS_ACTIVE


#: The person must answer until ``expires_at``: by confirming the address, or by accepting the place.
MUST_ANSWER = frozenset({RegistrationStatus.UNVERIFIED, RegistrationStatus.OFFERED})


class Actor(models.TextChoices):
    """Who changes the status of a registration."""

    ATTENDEE = "attendee", _("Attendee")
    ORGANIZER = "organizer", _("Organizer")
    SCHEDULE = "schedule", _("Deadline")
    SYSTEM = "system", _("Rule of the site")


class OfferState(models.TextChoices):
    """What registration offers to somebody who comes now."""

    OPEN = "open", _("Registration is open")
    FULL = "full", _("Waiting list")
    NOT_YET = "not_yet", _("Registration has not opened yet")
    CLOSED = "closed", _("Registration is closed")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    PAST = "past", _("This edition is over")
    NONE = "none", _("No registration on this site")


#: Somebody who comes now can leave a registration.
IS_OPEN = frozenset({OfferState.OPEN, OfferState.FULL})


class QuestionKind(models.TextChoices):
    """What an answer looks like."""

    TEXT = "text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    CHOICE = "choice", _("One of several options")
    SEVERAL = "several", _("Several options")
    YES_NO = "yes_no", _("Yes or no")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    PHONE = "phone", _("Phone number")
    COUNTRY = "country", _("Country or region")
    URL = "url", _("Web address")
    FILE = "file", _("File")


#: Answers that consist of options.
HAS_OPTIONS = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL})


class MailingState(models.TextChoices):
    """Where a mailing stands."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Is being sent, or waits for its moment")
    PAUSED = "paused", _("Paused")
    DONE = "done", _("Sent to all")


class MailingTiming(models.TextChoices):
    """When a mailing reaches its recipients."""

    ONCE = "once", _("Once")
    START_DAYS = "start_day", _("Days before or after the first day")
    START_HOURS = "start_hour", _("Hours before or after the begin")
    END_DAYS = "end_day", _("Days before or after the last day")
    END_HOURS = "end_hour", _("Hours before or after the end")


class InvitationState(models.TextChoices):
    """Where a personal invitation stands."""

    DRAFT = "draft", _("Not sent yet")
    SENT = "sent", _("Sent")
    OPENED = "opened", _("Opened")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: The person has the invitation and has not said yes or no.
AWAITS_ANSWER = frozenset({InvitationState.SENT, InvitationState.OPENED})


class BookingState(models.TextChoices):
    """Where the booking of a session stands; ``booking_steps`` and ``session_transfer`` of ``domain`` assign it."""

    BOOKED = "booked", _("Booked")
    WAITING = "waiting", pgettext_lazy("booking", "On the waiting list")
    OFFERED = "offered", pgettext_lazy("booking", "A place is offered")
    CANCELLED = "cancelled", pgettext_lazy("booking", "Given up")
    EXPIRED = "expired", pgettext_lazy("booking", "Expired")


#: A place in the session is kept for these.
TAKES_A_PLACE = frozenset({BookingState.BOOKED, BookingState.OFFERED})
#: One of these somebody can have in a session.
IS_CHOSEN = TAKES_A_PLACE | {BookingState.WAITING}


class CheckInKind(models.TextChoices):
    """Which way somebody passes the door."""

    ENTRY = "entry", _("Check-in")
    EXIT = "exit", _("Check-out")


class Presence(models.TextChoices):
    """Whether somebody has come."""

    ARRIVED = "arrived", _("Checked in")
    ABSENT = "absent", _("Not checked in")
