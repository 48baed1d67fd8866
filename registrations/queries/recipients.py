"""Whom a mailing goes to, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import pgettext
from django_countries import countries

from events.enums import EventStatus
from forum_site.lib.bilingual import LANGUAGES
from registrations.enums import MailingTiming, Presence, QuestionKind
from registrations.models import Answer, AnswerChoice, Delivery, Mailing, Question, Registration, SessionBooking
from registrations.queries.check_ins import has_come
from registrations.queries.returns import mails_come_back
from registrations.queries.spans import span_of

#: A mail that could not be sent at its moment is still sent so long after it; later it would only confuse.
LATEST = dt.timedelta(hours=24)
MOST_SAMPLES = 3
IN_DAYS = frozenset({MailingTiming.START_DAYS, MailingTiming.END_DAYS})
AT_START = frozenset({MailingTiming.START_DAYS, MailingTiming.START_HOURS})


def recipients_of(mailing: Mailing) -> QuerySet[Registration]:
    """Return everybody whom the filters of the mailing choose at this moment, whether they have had it or not."""
    people = Registration.objects.filter(event=mailing.event_id, status__in=mailing.statuses, erased_at=None)
    if mailing.language:
        people = people.filter(language=mailing.language)
    if mailing.presence:
        people = people.filter(has_come() if mailing.presence == Presence.ARRIVED else ~has_come())
    if (types := _chosen(mailing, "ticket_types")) is not None:
        people = people.filter(ticket_type__in=types)
    if (options := _chosen(mailing, "options")) is not None:
        answered = AnswerChoice.objects.filter(answer__registration=OuterRef("pk"), option__in=options)
        people = people.filter(Exists(answered))
    if mailing.given_answers:
        people = people.filter(Exists(_given(mailing).filter(registration=OuterRef("pk"))))
    if (sessions := _chosen(mailing, "sessions")) is not None:
        booked = SessionBooking.objects.booked().filter(registration=OuterRef("pk"), bookable__in=sessions)
        people = people.filter(Exists(booked))
    return people.order_by("pk")


def answer_choices(event: int | None) -> list[tuple[str, str]]:
    """Return the answers to yes/no questions and to those for a country or region, as ``given_answers`` keeps them.

    In the current language, of an edition; sensitive ones single nobody out. One query.
    """
    asked = Question.objects.filter(event=event, kind__in=VALUES, is_sensitive=False)
    return [
        (f"{question.pk}:{value}", f"{question} – {words}")
        for question in asked.order_by("position", "pk")
        for value, words in VALUES[QuestionKind(question.kind)]()
    ]


VALUES: dict[QuestionKind, Callable[[], list[tuple[str, str]]]] = {
    QuestionKind.YES_NO: lambda: [("yes", pgettext("answer", "Yes")), ("no", pgettext("answer", "No"))],
    QuestionKind.COUNTRY: lambda: [(code, str(name)) for code, name in countries],
}


def _given(mailing: Mailing) -> QuerySet[Answer]:
    """Return the answers of which somebody must have given one. No query."""
    chosen = Q(pk__in=[])
    for key in mailing.given_answers:
        question, _colon, value = key.partition(":")
        chosen |= Q(question=int(question), value=value)
    return Answer.objects.filter(chosen, kind__in=VALUES, question__is_sensitive=False)


def _chosen(mailing: Mailing, name: str) -> list[int] | None:
    """Return what a filter chooses, which may have been deleted since; ``None`` where it was never set. One query."""
    found = list(getattr(mailing, name).values_list("pk", flat=True))
    return found if found or name in mailing.limited_by else None


def not_yet_served(mailing: Mailing) -> QuerySet[Registration]:
    """Return the recipients who have no copy yet, and whom mails reach as far as is known."""
    return _without_copy(mailing).filter(~mails_come_back())


def out_of_reach(mailing: Mailing) -> QuerySet[Registration]:
    """Return the recipients who have no copy and get none, because a mail of the edition to them has come back."""
    return _without_copy(mailing).filter(mails_come_back())


def _without_copy(mailing: Mailing) -> QuerySet[Registration]:
    copies = Delivery.objects.filter(mailing=mailing, registration=OuterRef("pk"))
    return recipients_of(mailing).filter(~Exists(copies))


def due_recipients(mailing: Mailing, now: dt.datetime) -> QuerySet[Registration]:
    """Return who is to get a copy now; of a relative mailing nobody who registered after their moment."""
    people = not_yet_served(mailing)
    if not mailing.is_relative:
        return people if mailing.begins_at and mailing.begins_at <= now else people.none()
    if mailing.event.status != EventStatus.PUBLISHED:
        return people.none()
    due = Q(pk__in=[])
    for zone_name in recipients_of(mailing).order_by().values_list("timezone_name", flat=True).distinct():
        moment = moment_for(mailing, zone_name)
        if moment and moment <= now < last_moment_for(mailing, moment):
            due |= Q(timezone_name=zone_name, created_at__lt=moment)
    return people.filter(due)


def moment_for(mailing: Mailing, zone_name: str) -> dt.datetime | None:
    """Return when somebody in this zone ("": the edition's) gets a relative mailing; ``None`` where it is not known.

    Days count from the first or last day, at the mailing's time of day where the person is; hours from the begin or
    end of the programme, which may have no times yet.
    """
    event = mailing.event
    if mailing.timing in IN_DAYS:
        day = event.starts_on if mailing.timing in AT_START else event.ends_on
        zone = ZoneInfo(zone_name) if zone_name else event.zone
        return dt.datetime.combine(day + dt.timedelta(days=mailing.amount), mailing.local_time, tzinfo=zone)
    anchor = anchor_of(mailing)
    return anchor + dt.timedelta(hours=mailing.amount) if anchor else None


def last_moment_for(mailing: Mailing, moment: dt.datetime) -> dt.datetime:
    """Return until when a copy that is late is still sent: a day, but nothing that announces a begin after it."""
    anchor = anchor_of(mailing)
    if mailing.amount >= 0 or anchor is None or anchor <= moment:
        return moment + LATEST
    return min(anchor, moment + LATEST)


def anchor_of(mailing: Mailing) -> dt.datetime | None:
    """Return the begin or end of the programme that the mailing follows, where it is known."""
    if not hasattr(mailing, "_span"):
        mailing._span = span_of(mailing.event)  # type: ignore[attr-defined]
    span = mailing._span  # type: ignore[attr-defined]
    return span.starts_at if mailing.timing in AT_START else span.ends_at


def samples_of(people: QuerySet[Any]) -> list[Any]:
    """Return three of them to look at before sending, if there are so many, in four queries at the most.

    One in each language and the one with the longest name; where these are fewer, others with them.
    """
    rows = people.select_related("event__series", "ticket_type")
    chosen = [rows.filter(language=language).first() for language in LANGUAGES]
    chosen.append(rows.order_by(Length("full_name").desc(), "pk").first())
    found = {one.pk: one for one in chosen if one}
    if 0 < len(found) < MOST_SAMPLES:
        others = rows.exclude(pk__in=found).order_by("pk")[: MOST_SAMPLES - len(found)]
        found |= {one.pk: one for one in others}
    return list(found.values())


def samples_among(people: Sequence[Registration]) -> list[Registration]:
    """Return the same choice of people who are read already. No query."""
    chosen = [next((one for one in people if one.language == language), None) for language in LANGUAGES]
    chosen.append(max(people, key=lambda one: len(one.full_name), default=None))
    found = {one.pk: one for one in (*chosen, *people[:MOST_SAMPLES]) if one}
    return list(found.values())[:MOST_SAMPLES]
