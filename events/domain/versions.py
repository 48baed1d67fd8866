"""Publishing a version of the programme."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from events.domain.changes import Snapshot, changes_between
from events.domain.publishing import touch
from events.enums import SessionType
from events.models import Event, ProgrammeVersion
from events.queries.snapshot import public_snapshot
from forum_site.lib.bilingual import LANGUAGES, columns
from forum_site.lib.errors import DomainError


def publish_version(event: Event, *, by: Any = None, note: dict[str, str] | None = None) -> ProgrammeVersion:
    """Record the public programme under the next number, with what changed since the last version.

    ``note`` is a sentence per language code. Raises ``DomainError`` where nobody sees the edition or nothing changed.
    """
    if not event.is_public:
        raise DomainError(_("This edition is a draft; nobody has seen it yet."))
    with transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)  # two organizers who press at once get two numbers
        last = event.versions.order_by("-number").first()
        snapshot = public_snapshot(event)
        changes = changes_between(last.snapshot, snapshot) if last else []
        _refuse_nothing(last, snapshot, changes)
        texts = {
            column: (note or {}).get(language, "") for language, column in zip(LANGUAGES, columns("note"), strict=True)
        }
        version = ProgrammeVersion.objects.create(
            event=event,
            number=last.number + 1 if last else 1,
            published_by=by,
            session_count=_count(snapshot),
            snapshot=snapshot,
            changes=changes,
            **texts,
        )
        touch(event)
    return version


def _count(snapshot: Snapshot) -> int:
    """Return the number of sessions that are neither breaks nor parts."""
    return sum(entry["type"] not in {SessionType.BREAK, SessionType.PART} for entry in snapshot.values())


def _refuse_nothing(last: ProgrammeVersion | None, snapshot: Snapshot, changes: list[Any]) -> None:
    if last and not changes:
        raise DomainError(_("Nothing has changed since version %(number)s.") % {"number": last.number})
    if not last and not snapshot:
        raise DomainError(_("The programme has no session yet that visitors can see."))
