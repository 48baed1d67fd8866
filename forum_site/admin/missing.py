"""What an edition still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.enums import SessionStatus, SessionType
from events.models import Event, Page, Session, Speaker
from events.queries.changes import latest_version, unreleased_changes
from forum_site.lib.bilingual import columns, missing_languages
from partners.models import Partner

MOST_NAMES = 3
PRIVACY_SLUGS = ("privacy", "data-protection", "personal-data")
NEEDS_PEOPLE = [SessionType.BREAK, SessionType.SOCIAL]


@dataclass(frozen=True)
class Lack:
    """One line: how many, the sentence, where, and the list to mend it. ``tone``: "danger", "warning" or ""."""

    number: int
    sentence: str
    where: str
    url: str
    tone: str = ""


def missing(event: Event) -> list[Lack]:
    """Return every check, those that found something first. Seven queries."""
    sessions = _sessions(event)
    name = columns("name")
    speakers = list(Speaker.objects.filter(appearances__session__event=event).only(*name, "photo").distinct())
    pages = list(Page.objects.filter(event=event).only(*columns("title"), "slug", "is_published"))
    partners = list(Partner.objects.filter(partnerships__event=event).only(*name, "logo").distinct())
    lacks = [
        _untranslated(event, sessions, speakers, pages, partners),
        _without_people(event, sessions),
        _without_time_or_room(event, sessions),
        _without_portrait(event, speakers),
        _without_logo(event, partners),
        *_without_version(event),
        _without_privacy_page(event, pages),
        _without_mail(event),
    ]
    return sorted(lacks, key=lambda lack: lack.number == 0)


def _sessions(event: Event) -> list[Any]:
    people = Count("appearances", distinct=True) + Count("parts__appearances", distinct=True)
    fields = ("id", "event", "title_en", "title_zh_hans", "type", "starts_at", "room", "parent", "mode", "stream_url")
    found = event.sessions.exclude(status=SessionStatus.CANCELLED).only(*fields)
    return list(found.annotate(people=people).order_by("day", "starts_at", "position"))


def _list(model: str, event: Event, more: str = "") -> str:
    return reverse(f"admin:{model}_changelist") + f"?edition={event.pk}{more}"


def _names(things: Iterable[Model]) -> str:
    names = [str(thing) for thing in things]
    return _(", ").join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")


def _untranslated(event: Event, *groups: list[Any]) -> Lack:
    names = {Session: "title", Page: "title"}
    found = [thing for group in groups for thing in group if missing_languages(thing, names.get(type(thing), "name"))]
    found += [event] if missing_languages(event, "name") or missing_languages(event, "theme") else []
    sentence = ngettext("title has only one language", "titles have only one language", len(found))
    return Lack(len(found), sentence, _names(found), _list("events_session", event), "warning")


def _without_people(event: Event, sessions: list[Any]) -> Lack:
    found = [one for one in sessions if not one.people and not one.parent_id and one.type not in NEEDS_PEOPLE]
    sentence = ngettext("session has no people", "sessions have no people", len(found))
    return Lack(len(found), sentence, _names(found), _list("events_session", event), "warning")


def _without_time_or_room(event: Event, sessions: list[Any]) -> Lack:
    def lacks(one: Any) -> bool:
        needs_room = one.type != SessionType.BREAK and one.mode != "online" and event.attendance_mode != "online"
        return not one.starts_at or (needs_room and not one.room_id)

    found = [one for one in sessions if not one.parent_id and lacks(one)]
    sentence = ngettext("session has no time or no room", "sessions have no time or no room", len(found))
    return Lack(len(found), sentence, _names(found), _list("events_session", event), "danger")


def _without_portrait(event: Event, speakers: list[Speaker]) -> Lack:
    found = [speaker for speaker in speakers if not speaker.photo]
    sentence = ngettext("speaker has no portrait", "speakers have no portrait", len(found))
    where = _("Initials are shown.") if found else ""
    return Lack(len(found), sentence, where, _list("events_speaker", event, "&portrait=no"))


def _without_logo(event: Event, partners: list[Partner]) -> Lack:
    found = [partner for partner in partners if not partner.logo]
    sentence = ngettext("organization has no logo", "organizations have no logo", len(found))
    where = _("Its name is set instead.") if found else ""
    return Lack(len(found), sentence, where, _list("partners_partner", event, "&logo=no"))


def _without_version(event: Event) -> list[Lack]:
    """Changes that visitors see already and that no version of the programme records; nothing where there are none."""
    last = latest_version(event) if event.is_public else None
    count = len(unreleased_changes(event)) if last else 0
    if not (last and count):
        return []
    sentence = ngettext("change of the programme is in no version", "changes of the programme are in no version", count)
    where = _("Since version %(number)s. Look through them and publish.") % {"number": last.number}
    return [Lack(count, sentence, where, reverse("admin:events_event_do", args=[event.pk, "publish-version"]))]


def _without_privacy_page(event: Event, pages: list[Page]) -> Lack:
    is_there = any(page.slug in PRIVACY_SLUGS and page.is_published for page in pages)
    url = reverse("admin:events_page_add") + f"?event={event.pk}&slug={PRIVACY_SLUGS[0]}"
    sentence = _("page on personal data is missing") if not is_there else _("page on personal data is there")
    where = "" if is_there else _("Publish a page with the address “privacy”.")
    return Lack(int(not is_there), sentence, where, url, "danger")


def _without_mail(event: Event) -> Lack:
    url = _list("mail_emailmessage", event)
    if settings.EMAIL_IS_CONFIGURED:
        return Lack(0, _("mail server is configured"), "", url)
    where = _("Mails are kept here and can be read, but nobody receives them. The operator sets EMAIL_URL.")
    return Lack(1, _("mail server is not configured"), where, url, "danger")
