"""Making an edition public, and saying so when it changes."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from events.enums import EventStatus
from events.models import Event
from forum_site.lib.bilingual import LANGUAGES, columns
from forum_site.lib.errors import DomainError


def publish(event: Event) -> Event:
    """Show a draft, or a postponed or cancelled edition that takes place after all, and drop the note on its status."""
    if event.status == EventStatus.PUBLISHED:
        raise DomainError(_("This edition is published already."))
    return _set_status(event, EventStatus.PUBLISHED, {})


def postpone(event: Event, *, note: dict[str, str]) -> Event:
    """Say that the edition takes place later; ``note`` is a sentence per language code, such as {"en": "…"}."""
    _refuse_unless_public(event)
    return _set_status(event, EventStatus.POSTPONED, note)


def cancel(event: Event, *, note: dict[str, str]) -> Event:
    """Say that the edition does not take place; its pages stay. ``note`` is a sentence per language code."""
    _refuse_unless_public(event)
    return _set_status(event, EventStatus.CANCELLED, note)


def touch(event: Event) -> Event:
    """Raise the version after a change that visitors can see, and note when it was."""
    Event.objects.filter(pk=event.pk).update(version=F("version") + 1, changed_at=timezone.now())
    event.refresh_from_db(fields=["version", "changed_at"])
    return event


def _refuse_unless_public(event: Event) -> None:
    if not event.is_public:
        raise DomainError(_("This edition is a draft; nobody has seen it yet."))


def _set_status(event: Event, status: EventStatus, note: dict[str, str]) -> Event:
    event.status = status
    for language, column in zip(LANGUAGES, columns("status_note"), strict=True):
        setattr(event, column, note.get(language, ""))
    event.save(update_fields=["status", *columns("status_note")])
    return touch(event)
