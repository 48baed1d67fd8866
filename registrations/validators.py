"""What is accepted as a name or an address, shared by models, forms and importers."""

from __future__ import annotations

import re
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from forum_site.lib.mail_domains import is_at
from forum_site.lib.placeholders import unknown_placeholders
from registrations.enums import RegistrationStatus

_WEB_ADDRESS = re.compile(r"https?:|://|\bwww\.", re.IGNORECASE)

_GIVEN = re.compile(r"[0-9]{1,18}:[A-Za-z]{2,3}")

_JOINERS = "\u200c\u200d"
_BY_CATEGORY = {"Cc": " ", "Cf": "", "Cs": ""}


def email_key(address: str) -> str:
    """The address by which a person is recognised: without blanks around it, in one width and in small letters."""
    return unicodedata.normalize("NFKC", address.strip()).casefold()[:254]


def one_line(text: str) -> str:
    """The text with single blanks, without control signs and those that turn the reading direction.

    "" where nothing of it could be seen. The joiners of Persian, Indic scripts and emoji stay.
    """
    kept = "".join(
        _BY_CATEGORY.get(unicodedata.category(sign), sign) if sign not in _JOINERS else sign for sign in text
    )
    return " ".join(kept.split()) if any(sign not in _JOINERS for sign in kept.strip()) else ""


def several_lines(text: str) -> str:
    """The text line by line, each as by ``one_line``; at most one empty line between two others."""
    lines = (one_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def validate_no_web_address(text: str) -> None:
    """Refuse a name that would carry somebody's advertisement into our mails."""
    if _WEB_ADDRESS.search(text):
        raise ValidationError(_("Leave out the web address."))


def validate_mail_domain(address: str) -> None:
    """Refuse a domain that cannot be written in the address of a mail, as with hidden signs or endless labels."""
    try:
        address.rpartition("@")[2].strip("[]").encode("idna")
    except UnicodeError as error:
        raise ValidationError(_("Enter an e-mail address with an @, like name@example.org"), code="domain") from error


def validate_lasting_address(address: str) -> None:
    """Refuse a mailbox of a domain that the operator has listed, such as those thrown away after ten minutes."""
    if is_at(email_key(address), settings.REFUSED_MAIL_DOMAINS):
        raise ValidationError(_("Enter an address at which you can still be reached on the day of the forum."))


#: What organizers may write in their mails, in braces.
PLACEHOLDERS = (
    *("name", "organization", "code", "ticket_type", "edition", "theme", "dates", "place"),
    *("position", "deadline", "reason", "session", "session_time", "link"),
)


def validate_placeholders(text: str) -> None:
    """Refuse words in braces that would be printed as they are, and name those that are known."""
    if unknown := unknown_placeholders(text, PLACEHOLDERS):
        known = pgettext("between names", ", ").join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValidationError(
            _("{%(unknown)s} is not known. These are: %(known)s."), params={"unknown": unknown[0], "known": known}
        )


def validate_statuses(value: object) -> None:
    """Refuse anything but a list of statuses with at least one in it."""
    if not isinstance(value, list) or not value or not set(value) <= set(RegistrationStatus.values):
        raise ValidationError(_("Choose at least one status."))


def validate_given_answers(value: object) -> None:
    """Refuse anything but a list of pairs "key of a question:value"."""
    if not isinstance(value, list) or not all(isinstance(one, str) and _GIVEN.fullmatch(one) for one in value):
        raise ValidationError(_("Choose answers from the list."))
