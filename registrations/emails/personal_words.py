"""The sentences of the mails about what people do with their registration by themselves, in the active language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from registrations.domain import letters
from registrations.emails.edition_words import EDITION_WRITERS
from registrations.emails.words import WRITERS, Words, Writer, entry_goes, filled, keep_link, names
from registrations.models import Delegation, Registration, RegistrationGroup


def _renewed(registration: Registration, _context: dict[str, Any]) -> Words:
    return Words(
        subject=_("Your new link: %(edition)s") % names(registration),
        heading=_("Your link is exchanged"),
        paragraphs=[
            _("The link to your registration for %(edition)s was exchanged. The old one opens nothing any more.")
            % names(registration),
            _("Calendars that you have subscribed to by the old link need the new address from your page."),
            keep_link(),
        ],
        link_label=_("Open my registration"),
    )


def _transfer_offered(registration: Registration, context: dict[str, Any]) -> Words:
    facts = names(registration) | {"colleague": context.get("colleague", "")}
    return Words(
        subject=_("You pass your place on: %(edition)s") % facts,
        heading=_("You have offered your place to a colleague"),
        paragraphs=[
            _("We have sent %(colleague)s a link to accept your place at %(edition)s.") % facts,
            _("Until it is accepted the place stays yours, and you can take the offer back by the link below."),
            keep_link(),
        ],
        link_label=_("Open my registration"),
    )


def _handed_over(registration: Registration, context: dict[str, Any]) -> Words:
    return Words(
        subject=_("Your place is passed on: %(edition)s") % names(registration),
        heading=_("Your colleague has taken over your place"),
        paragraphs=filled(
            _("Your registration for %(edition)s has ended. Nothing that you had answered was passed on.")
            % names(registration),
            entry_goes(context),
        ),
    )


def _transfer_declined(registration: Registration, _context: dict[str, Any]) -> Words:
    return Words(
        subject=_("Your place stays yours: %(edition)s") % names(registration),
        heading=_("Your colleague does not take your place"),
        paragraphs=[
            _("The place at %(edition)s that you had offered was declined. It stays yours.") % names(registration),
            _("By the link below you can offer it to somebody else. If you cannot come, please cancel it there."),
            keep_link(),
        ],
        link_label=_("Open my registration"),
    )


def _transfer(registration: Registration, _context: dict[str, Any]) -> Words:
    facts = names(registration) | {"name": registration.full_name}
    return Words(
        subject=_("A place for you: %(edition)s") % facts,
        heading=_("%(name)s would like to pass a place on to you") % facts,
        paragraphs=[
            _("%(name)s is registered for %(edition)s and offers you the place.") % facts,
            _("By the link below you enter your own details and accept it. Until then %(name)s keeps it.") % facts,
            _("If you do not want it you can decline it there, or do nothing; your name and address are then deleted."),
        ],
        link_label=_("See the place"),
    )


def _erased(registration: Registration, context: dict[str, Any]) -> Words:
    by_organizer = context.get("by") == "organizer"
    organizer = _("The organizers have erased your details at %(edition)s.")
    attendee = _("Your details at %(edition)s are erased, as you asked.")
    return Words(
        subject=_("Your details are erased: %(edition)s") % names(registration),
        heading=_("Your details are erased"),
        paragraphs=filled(
            (organizer if by_organizer else attendee) % names(registration),
            _("With them your registration has ended, and your place goes to the next person.")
            if context.get("is_ended")
            else "",
            entry_goes(context),
            _("We keep neither this mail nor your address. Nobody can bring the details back."),
        ),
    )


ALL_WRITERS: dict[str, Writer] = (
    WRITERS
    | EDITION_WRITERS
    | {
        letters.RENEWED: _renewed,
        letters.TRANSFER_OFFERED: _transfer_offered,
        letters.HANDED_OVER: _handed_over,
        letters.TRANSFER_DECLINED: _transfer_declined,
        letters.TRANSFER: _transfer,
        letters.ERASED: _erased,
    }
)


def words_for(kind: str, registration: Registration, context: dict[str, Any]) -> Words:
    """Return the words of a mail; ``context`` is what was stored with it when it was queued."""
    return ALL_WRITERS[kind](registration, context)


def group_words(group: RegistrationGroup) -> Words:
    """Return the words of the mail to the contact of a group."""
    facts = {"edition": str(group.event.name)}
    return Words(
        subject=_("Your group: %(edition)s") % facts,
        heading=_("Your group is registered"),
        paragraphs=[
            _("Each person whose address you gave has an own mail and an own link for %(edition)s.") % facts,
            _("By the link below you see where the places stand, pass on those without a name and cancel single ones."),
            keep_link(),
        ],
        link_label=_("Open my group"),
    )


def declined_claim_words(group: RegistrationGroup) -> Words:
    """Return the words of the mail that a place without a name was not wanted by whoever got its link."""
    facts = {"edition": str(group.event.name)}
    return Words(
        subject=_("A place of your group was declined: %(edition)s") % facts,
        heading=_("A place of your group was declined"),
        paragraphs=[
            _("Somebody to whom you gave a link to claim a place at %(edition)s does not want it.") % facts,
            _("That link opens nothing any more. On the page of your group you find a new one, or cancel the place."),
            keep_link(),
        ],
        link_label=_("Open my group"),
    )


def delegation_words(delegation: Delegation) -> Words:
    """Return the words of the mail to the focal point of a delegation."""
    facts = {"edition": str(delegation.event.name), "name": str(delegation.name), "places": delegation.places}
    return Words(
        subject=_("Your delegation: %(edition)s") % facts,
        heading=_("Places for your delegation"),
        paragraphs=[
            _("Places at %(edition)s for %(name)s: %(places)s. Please name the people by the link below.") % facts,
            _("Each of them then gets an own mail with a personal link. No approval is needed."),
            keep_link(),
        ],
        link_label=_("Name our people"),
    )
