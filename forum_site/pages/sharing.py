"""What other sites show of a page when somebody passes its address on, and what search engines read in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from events.domain.naming import printed_name
from events.models import Event, Session
from forum_site.lib.markdown import plain_text
from forum_site.lib.moments import date_range, day_label, time_range, zone_brackets
from forum_site.pages import structured
from forum_site.pages.structured.agents import shortened
from forum_site.pages.structured.edition import edition_description
from forum_site.pages.structured.script import absolute
from forum_site.pages.structured.session import span_of
from registrations.queries.offers import known_offer

Words = Mapping[str, Any]
NOTHING = SafeString("")


@dataclass(frozen=True)
class Share:
    """A page as others show it: ``kind`` is the type of Open Graph, ``image`` and its words may be empty."""

    title: str
    description: str
    kind: str = "website"
    image: str = ""
    image_words: str = ""
    structured: SafeString = NOTHING
    image_type: str = "image/png"


def share_of(view_name: str, context: Words) -> Share | None:
    """Return how a page is shared, from the context of its template; ``None`` for pages that are nobody else's.

    Asks nothing of the database that the page would not ask itself.
    """
    build = SHARES.get(view_name)
    is_known = context.get("event") or build in {_editions, _library}  # errors know their view, but no edition
    if build is None or not is_known:
        return None
    return build(context)


def _edition(context: Words) -> Share:
    event = context["event"]
    sessions = [
        block.session for day in context["glance"] for slot in day.slots if not slot.is_break for block in slot.blocks
    ]
    data = structured.edition_data(
        event,
        image=card_of(event),
        offer=known_offer(event),
        groups=context["partner_groups"],
        people=[person.appearance for person in context["people"]],
        span=span_of(sessions, event),
        sub_events=structured.home_sub_events(event, sessions),
    )
    return _of_edition(event, str(event.theme or event.name), structured.json_ld(data))


def _agenda(context: Words) -> Share:
    event = context["event"]
    data = structured.agenda_data(event, context["page"].days, image=card_of(event))
    return _of_edition(event, _("Agenda"), structured.json_ld(data))


def _session(context: Words) -> Share:
    event, session = context["event"], context["entry"].session
    image = absolute(reverse("pages:session_card", args=[event.slug, session.slug]))
    data = structured.session_data(event, context["entry"], image=image)
    description = shortened(plain_text(str(session.abstract))) or f"{time_line(event, session)} · {event.name}"
    return Share(str(session.title), description, "article", image, str(session.title), structured.json_ld(data))


def _speaker(context: Words) -> Share:
    event, here = context["event"], context["here"]
    name = printed_name(here, get_language() or "en").main
    image = absolute(reverse("pages:speaker_card", args=[event.slug, here.speaker.slug]))
    data = structured.person_data(event, here.speaker, here, image=image)
    description = shortened(str(here.printed_title or here.speaker.organization)) or str(event.name)
    return Share(name, description, "profile", image, name, structured.json_ld(data))


def _partner(context: Words) -> Share:
    event, cell = context["event"], context["cell"]
    data = structured.organization_data(cell)
    description = shortened(plain_text(str(context["partner"].description))) or f"{cell.full_name} · {event.name}"
    return Share(cell.full_name, description, "website", card_of(event), str(event.name), structured.json_ld(data))


def _editions(context: Words) -> Share | None:
    """The picture is that of the newest edition."""
    newest = next(iter(context["editions"]), None)
    if newest is None:
        return None
    name = str(newest.series.name)
    return Share(_("All editions"), name, "website", card_of(newest), str(newest.theme or newest.name))


def _library(context: Words) -> Share:
    """The picture is that of the newest edition that has documents."""
    title, description = _("Documents of all editions"), _("Papers, recordings and reports of the forum.")
    newest = next(iter(context["library"].editions), None)
    if newest is None:
        return Share(title, description)
    return Share(title, description, "website", card_at(newest.value), newest.label)


def _news_post(context: Words) -> Share:
    event, post = context["event"], context["post"]
    image, words, kind = card_of(event), str(event.theme or event.name), "image/png"
    if post.picture:
        image = absolute(reverse("pages:news_card", args=[event.slug, post.slug]))
        words, kind = str(post.picture_words), "image/jpeg"
    data = structured.json_ld(structured.news_data(event, post, image=image))
    description = shortened(str(post.lead) or plain_text(str(post.body))) or str(event.name)
    return Share(str(post.title), description, "article", image, words, data, kind)


def _page(context: Words) -> Share:
    return _of_edition(context["event"], str(context["page"].title))


def _titled(title: Callable[[], str]) -> Callable[[Words], Share]:
    return lambda context: _of_edition(context["event"], title())


def _of_edition(event: Event, title: str, data: SafeString = NOTHING) -> Share:
    description = edition_description(event) or dates_line(event)
    return Share(title, description, "website", card_of(event), str(event.theme or event.name), data)


def card_of(event: Event) -> str:
    """Return the whole address of the edition's picture."""
    return card_at(event.slug)


def card_at(slug: str) -> str:
    """Return the whole address of the picture of the edition at this address."""
    return absolute(reverse("pages:edition_card", args=[slug]))


def dates_line(event: Event) -> str:
    """Return the days of the edition, and where it is printed to take place."""
    place = str(event.venue.name if event.venue else event.place)
    return " · ".join(filter(None, [date_range(event.starts_on, event.ends_on, get_language() or "en"), place]))


def time_line(event: Event, session: Session) -> str:
    """Return day and time of a session, as far as they are known."""
    return " · ".join(filter(None, [day_line(session), clock_line(event, session)]))


def day_line(session: Session) -> str:
    """Return the day of a session with its year."""
    return day_label(session.day, get_language() or "en", with_year=True)


def clock_line(event: Event, session: Session) -> str:
    """Return when a session runs by the clocks of the edition: "09:00–10:15 (Shanghai, GMT+8)"; "" if not known."""
    if not session.starts_at:
        return ""
    zone = zone_brackets(event.timezone_name, session.starts_at, get_language() or "en")
    return f"{time_range(session.starts_at, session.ends_at, event.timezone_name)}{zone}"


SHARES: dict[str, Callable[[Words], Share | None]] = {
    "pages:home": _edition,
    "pages:edition": _edition,
    "pages:editions": _editions,
    "events:about": _titled(lambda: _("About")),
    "events:agenda": _agenda,
    "events:agenda_changes": _titled(lambda: _("Changes to the programme")),
    "events:live": _titled(lambda: pgettext("page", "Live")),
    "events:session": _session,
    "events:speakers": _titled(lambda: _("Speakers")),
    "events:speaker": _speaker,
    "events:page": _page,
    "events:news": _titled(lambda: _("News")),
    "events:news_post": _news_post,
    "events:documents": _titled(lambda: _("Documents")),
    "events:library": _library,
    "partners:partners": _titled(lambda: _("Partners")),
    "partners:partner": _partner,
    "registrations:register": _titled(lambda: _("Registration")),
}
