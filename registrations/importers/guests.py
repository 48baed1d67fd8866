"""Reads a list of people to invite, pasted or uploaded, and says line by line what it does not understand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_countries import countries

from forum_site.lib.bilingual import LANGUAGES
from registrations.domain.invitations import Guest
from registrations.validators import (
    email_key,
    one_line,
    validate_lasting_address,
    validate_mail_domain,
    validate_no_web_address,
)

#: More in one list would outlast the request.
MOST_GUESTS = 2000
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, and what the database holds
ORDER = ("full_name", "email", "organization", "language")
ORDER_OF_DELEGATES = ("full_name", "email", "organization", "country", "language")
#: How people head the columns, in small letters.
HEADINGS = {
    "full_name": {"name", "full name", "full_name", "姓名"},
    "email": {"email", "e-mail", "mail", "邮箱", "电子邮箱", "电子邮件"},
    "organization": {"organization", "organisation", "affiliation", "institution", "单位", "机构", "工作单位"},
    "country": {"country", "country or region", "country/region", "region", "国家", "国家/地区", "国家或地区"},
    "language": {"language", "语言"},
}
LANGUAGE_WORDS = {
    "en": {"en", "english", "英文", "英语"},
    "zh-hans": {"zh", "zh-cn", "zh-hans", "cn", "chinese", "中文", "汉语"},
}


@dataclass(frozen=True)
class GuestList:
    """The people in the order of the list, and a sentence for each line that cannot be used."""

    guests: list[Guest] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_guests(rows: Sequence[Sequence[str]], *, language: str, order: Sequence[str] = ORDER) -> GuestList:
    """Turn the rows of a table into guests; a first row of headings gives the order of the columns.

    Without one it is ``order``. ``language`` is for those who have none of their own.
    """
    columns, first = _columns(rows, order)
    found, known = GuestList(), set()
    for number, row in enumerate(rows[first : first + MOST_GUESTS], start=first + 1):
        cells = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
        try:
            guest = _guest(cells, language)
        except ValidationError as error:
            found.problems.append(_("Line %(number)s: %(problem)s") % {"number": number, "problem": error.messages[0]})
            continue
        if email_key(guest.email) in known:
            found.problems.append(_("Line %(number)s: %(address)s stands above already.") % _at(number, guest))
            continue
        known.add(email_key(guest.email))
        found.guests.append(guest)
    if len(rows) > first + MOST_GUESTS:
        found.problems.append(_("Only the first %(most)s lines are read.") % {"most": MOST_GUESTS})
    return found


def _at(number: int, guest: Guest) -> dict[str, object]:
    return {"number": number, "address": guest.email}


def _columns(rows: Sequence[Sequence[str]], order: Sequence[str]) -> tuple[dict[str, int], int]:
    """Return the number of each column, and that of the first row with a person."""
    usual = {name: number for number, name in enumerate(order)}
    if not rows:
        return usual, 0
    heads = [cell.strip().lower() for cell in rows[0]]
    known = {name: words for name, words in HEADINGS.items() if name in order}
    named = {name: heads.index(word) for name, words in known.items() for word in heads if word in words}
    return (named, 1) if {"full_name", "email"} <= set(named) else (usual, 0)


def _guest(cells: dict[str, str], language: str) -> Guest:
    name, organization = one_line(cells.get("full_name", "")), one_line(cells.get("organization", ""))
    if not name:
        raise ValidationError(_("The name is missing."))
    if len(name) > 150 or len(organization) > 200:
        raise ValidationError(_("The name or the organization is too long."))
    validate_no_web_address(name)
    validate_no_web_address(organization)
    email = cells.get("email", "")
    validate_email(email)
    validate_mail_domain(email)
    validate_lasting_address(email)
    if len(email) > LONGEST_ADDRESS:
        raise ValidationError(_("The address is too long."))
    word = cells.get("language", "").lower()
    own = next((code for code, words in LANGUAGE_WORDS.items() if word in words), language)
    country = country_code(cells.get("country", ""))
    return Guest(full_name=name, email=email, organization=organization, language=own, country=country)


def country_code(word: str) -> str:
    """Return the code of a country or region, by code or by its name in either language; "" for "".

    Raises ``ValidationError`` for a word that names none.
    """
    if not word:
        return ""
    if (key := one_line(word).casefold()) in _country_codes():
        return _country_codes()[key]
    raise ValidationError(_("“%(word)s” is not the name of a country or region.") % {"word": one_line(word)[:60]})


@lru_cache(maxsize=1)
def _country_codes() -> dict[str, str]:
    """Return the codes by codes of two and three letters, and by names in both languages, all in small letters."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {str(name).casefold(): code for code, name in countries}
    for code, _name in countries:
        found |= {code.casefold(): code, countries.alpha3(code).casefold(): code}
    return found
