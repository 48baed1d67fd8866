"""The ways to attend as offers."""

from __future__ import annotations

from django.urls import reverse

from events.models import Event
from forum_site.pages.structured.script import Data, absolute, known
from registrations.models import TicketType
from registrations.queries.offers import Offer

#: How forums print that nothing is to be paid.
FREE_WORDS = frozenset({"free", "free of charge", "no fee", "免费", "免收注册费", "免注册费"})
#: The format wants a currency named; nothing is the same in all of them.
NOTHING_TO_PAY = {"price": "0", "priceCurrency": "CNY"}


def offers_data(event: Event, offer: Offer) -> list[Data]:
    """Return what can be registered for now; with a price only where the edition printed that it is free."""
    url = absolute(reverse("registrations:register", args=[event.slug]))
    price = NOTHING_TO_PAY if is_free(event) else {}
    return [{**_offer(one, event, url), **price} for one in offer.ticket_types] if offer.is_open else []


def is_free(event: Event) -> bool | None:
    """Return ``True`` where the printed fee says so, else ``None``: not known."""
    printed = {event.fee_en.strip(" .").casefold(), event.fee_zh_hans.strip(" 。")}
    return bool(printed & FREE_WORDS) or None


def _offer(ticket_type: TicketType, event: Event, url: str) -> Data:
    opens_at, closes_at = ticket_type.opens_at, ticket_type.closes_at
    return known(
        type_="Offer",
        name=str(ticket_type.name),
        url=url,
        availability=f"https://schema.org/{'SoldOut' if ticket_type.is_full else 'InStock'}",
        validFrom=opens_at.astimezone(event.zone).isoformat() if opens_at else None,
        validThrough=closes_at.astimezone(event.zone).isoformat() if closes_at else None,
    )
