"""People and organizations."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language

from events.domain.naming import printed_name
from events.models import Appearance, Event, Speaker
from forum_site.lib.markdown import plain_text
from forum_site.pages.structured.script import Data, absolute, known
from partners.enums import LEADS, PartnerRole
from partners.queries.groups import PartnerCell, PartnerGroup

LONGEST_DESCRIPTION = 500


def person_data(event: Event, speaker: Speaker, here: Appearance, *, image: str = "") -> Data:
    """Return a person as presented in this edition; ``image`` is used where there is no portrait."""
    name = printed_name(here, get_language() or "en")
    return known(
        **performer_data(event, here),
        alternateName=name.other,
        image=absolute(speaker.photo.url) if speaker.photo else image,
        description=shortened(str(here.printed_title) or plain_text(str(speaker.biography))),
        affiliation=known(type_="Organization", name=str(speaker.organization)) if speaker.organization else None,
        sameAs=speaker.website,
    )


def performer_data(event: Event, appearance: Appearance) -> Data:
    """Return somebody's name and page."""
    url = absolute(reverse("events:speaker", args=[event.slug, appearance.speaker.slug]))
    name = printed_name(appearance, get_language() or "en").main
    return known(type_="Person", id_=f"{url}#person", name=name, url=url)


def performers(event: Event, appearances: list[Appearance]) -> list[Data]:
    """Return everybody once, in order."""
    return list({one.speaker_id: performer_data(event, one) for one in reversed(appearances)}.values())[::-1]


def organization_data(cell: PartnerCell) -> Data:
    """Return an organization with what its page says."""
    partner = cell.partnership.partner
    other = [one.name for one in cell.other_names]
    return known(
        **named_organization(cell),
        alternateName=[name for name in (str(partner.short_name), *other) if name],
        logo=absolute(cell.logo.url) if cell.logo else "",
        description=shortened(plain_text(str(partner.description))),
        parentOrganization=known(type_="Organization", name=cell.parent_name) if cell.parent_name else None,
        sameAs=partner.website,
    )


def named_organization(cell: PartnerCell) -> Data:
    """Return an organization's name as printed and its page."""
    url = absolute(cell.url)
    return known(type_="Organization", id_=f"{url}#organization", name=cell.full_name, url=url)


def bodies(groups: list[PartnerGroup]) -> dict[str, list[Data]]:
    """Return who organizes, sponsors and contributes, in protocol order. Support is not taken for money."""
    found: dict[str, list[Data]] = {"organizer": [], "sponsor": [], "contributor": []}
    for group in groups:
        part = "organizer" if group.role in LEADS else "contributor"
        part = "sponsor" if group.role == PartnerRole.SPONSOR else part
        found[part] += [named_organization(cell) for cell in group.cells]
    return found


def shortened(text: str) -> str:
    """Return the text on one line, cut at a word."""
    return str(Truncator(" ".join(text.split())).chars(LONGEST_DESCRIPTION))
