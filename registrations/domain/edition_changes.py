"""Telling everybody who is registered that their edition has other days, another place, or does not take place.

What they know is kept beside the edition and compared with it every minute, so that no way to change an edition can
forget them: buttons, forms, a brief, SQL by hand.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from events.enums import EventStatus
from events.models import Event
from forum_site.lib.moments import local_day
from forum_site.lib.one_by_one import each_by_itself
from forum_site.lib.turns import short_transaction
from forum_site.mail.outbox import put_many
from registrations.domain import letters
from registrations.enums import IS_ACTIVE, RegistrationStatus
from registrations.models import KnownEdition, Registration
from registrations.queries.edition_facts import IS_OFF, edition_facts, is_news

#: An edition must have been left alone for so long: several corrections in a row are one mail, a slip is none.
QUIET = dt.timedelta(minutes=5)
#: So many mails are written in one transaction, so that nobody who registers meanwhile waits long.
AT_ONCE = 200
#: Whoever has not confirmed the address yet is written to when it is confirmed, and then knows.
IS_TOLD = IS_ACTIVE - {RegistrationStatus.UNVERIFIED}


def tell_of_editions(at: dt.datetime) -> int:
    """Write to everybody whose edition is not as they know it; return the number of mails.

    Two queries where nothing has changed. Called every minute, and harmless when called again.
    """
    registered = Registration.objects.filter(event=OuterRef("pk"), status__in=IS_TOLD, erased_at=None)
    running = Event.objects.public().filter(Exists(registered)).select_related("known_edition")
    different = [one for one in running if not _is_known(one)]
    return sum(each_by_itself(different, lambda event: _tell_all(event, at)))


def _is_known(event: Event) -> bool:
    known = getattr(event, "known_edition", None)
    return known is not None and not known.news and known.facts == edition_facts(event)


def _tell_all(event: Event, at: dt.datetime) -> int:
    """Tell everybody, as many at a time as are told at once. A killed worker goes on where it was a minute later."""
    total = count = AT_ONCE
    while count == AT_ONCE:
        count = _tell_some(event.pk, at)
        total += count
    return total - AT_ONCE


def _tell_some(event_id: int, at: dt.datetime) -> int:
    with short_transaction():
        event = Event.objects.get(pk=event_id)
        known, _is_new = KnownEdition.objects.get_or_create(event=event, defaults={"facts": edition_facts(event)})
        known = KnownEdition.objects.select_for_update().get(pk=known.pk)
        if not known.told_up_to:
            _notice(known, event, at)
        if not known.news or known.noticed_at > at - QUIET:  # type: ignore[operator]
            known.save()
            return 0
        people = _next_people(known)
        put_many(letters.letter_to(person, _kind(known), old=known.facts, new=known.news) for person in people)
        known.told_up_to = people[-1].pk if people else 0
        if len(people) < AT_ONCE:
            _settle(known)
        known.save()
        return len(people)


def _notice(known: KnownEdition, event: Event, at: dt.datetime) -> None:
    """Remember what is new, and since when it has been so; what nobody has to hear of is known at once."""
    now = edition_facts(event)
    is_past = local_day(event.timezone_name, at) > event.ends_on
    if is_past or not is_news(known.facts, now):
        known.facts, known.news = now, {}
    elif known.news != now:
        known.news, known.noticed_at = now, at


def _next_people(known: KnownEdition) -> list[Registration]:
    """Return the next to be told; whoever has registered since then knows it already."""
    people = Registration.objects.filter(event=known.event_id, status__in=IS_TOLD, erased_at=None)
    before = people.filter(group=OuterRef("group"), is_unclaimed=True, pk__lt=OuterRef("pk"))
    once = Q(is_unclaimed=False) | ~Exists(before)  # whoever answers for several places without a name
    told = people.filter(once, pk__gt=known.told_up_to, created_at__lt=known.noticed_at)
    return list(told.order_by("pk")[:AT_ONCE])


def _kind(known: KnownEdition) -> str:
    if known.news["status"] not in IS_OFF:
        return letters.EDITION_MOVED
    is_cancelled = known.news["status"] == EventStatus.CANCELLED
    return letters.EDITION_CANCELLED if is_cancelled else letters.EDITION_POSTPONED


def _settle(known: KnownEdition) -> None:
    known.facts, known.news, known.noticed_at, known.told_up_to = known.news, {}, None, 0
