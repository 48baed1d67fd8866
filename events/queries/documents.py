"""Documents and recordings: of one session, of one edition, and of all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q

from events.enums import DocumentKind, SessionStatus
from events.models import Document, Event, Session
from events.models.programme import SessionQuerySet
from events.wording import kind_heading
from forum_site.lib.bilingual import columns, language_shown
from forum_site.lib.moments import local_day

_KINDS = [kind.value for kind in DocumentKind]


@dataclass(frozen=True)
class LibraryItem:
    """A document, or the recording of a session; ``thing`` is where its words come from.

    ``address`` is a file of this site if ``extension`` is given ("PDF"), else a link to elsewhere. ``size`` in bytes.
    """

    thing: Document | Session
    event: Event
    kind: str
    address: str
    session: Session | None = None
    languages: tuple[str, ...] = ()
    description: str = ""
    extension: str = ""
    size: int = 0
    published_on: dt.date | None = None

    @property
    def title(self) -> str:
        """Its title; that of a recording is the session's."""
        return str(self.thing.title)

    @property
    def title_language(self) -> str:
        """The language the title is really in."""
        return language_shown(self.thing, "title")

    @property
    def kind_label(self) -> str:
        """The word for its type."""
        return str(DocumentKind(self.kind).label)

    @property
    def is_recording_of_session(self) -> bool:
        """Whether the title is the session's own."""
        return isinstance(self.thing, Session)

    @property
    def is_photograph(self) -> bool:
        """Whether it is shown where photographs are, and not only named."""
        return self.kind == DocumentKind.PHOTOGRAPHS and isinstance(self.thing, Document) and self.thing.is_picture

    @property
    def texts(self) -> list[str]:
        """All its words in both languages, for searching."""
        described = isinstance(self.thing, Document)
        fields: list[tuple[Model, str]] = [
            (self.thing, name) for name in ("title", "description") if name == "title" or described
        ]
        fields += [(self.session, "title")] if self.session else []
        fields += [(self.event, name) for name in ("name", "theme")]
        return [getattr(thing, column) for thing, name in fields for column in columns(name)]


@dataclass(frozen=True)
class KindGroup:
    """The items of one type, under their heading."""

    kind: str
    label: str
    items: list[LibraryItem]

    @property
    def photographs(self) -> list[LibraryItem]:
        """Those that are shown."""
        return [item for item in self.items if item.is_photograph]

    @property
    def named(self) -> list[LibraryItem]:
        """Those that stand as a line."""
        return [item for item in self.items if not item.is_photograph]


def documents_of(event: Event, *, at: dt.datetime | None = None) -> list[LibraryItem]:
    """Return documents and recordings that visitors find in an edition, by type and then in order; two queries."""
    documents = event.documents.public(at).select_related("session__parent").in_order()
    sessions = recorded(event.sessions.public(at)).select_related("parent")
    _know(event, documents, sessions)
    return sorted(_items(documents, sessions), key=lambda item: _KINDS.index(item.kind))


def documents_of_session(event: Event, sessions: Iterable[Session]) -> list[LibraryItem]:
    """Return the documents of a session and its parts in order; its recording has its own place. One query."""
    found = event.documents.public().filter(session__in=[one.pk for one in sessions])
    documents = found.select_related("session__parent").in_order()
    _know(event, documents)
    return list(_items(documents, []))


def all_documents(*, at: dt.datetime | None = None) -> list[LibraryItem]:
    """Return documents and recordings of all public editions, the newest edition first; two queries."""
    of_public = Q(event__in=Event.objects.public())
    related = ("event__series", "session__parent")
    documents = Document.objects.public(at).filter(of_public).select_related(*related).in_order()
    sessions = recorded(Session.objects.public(at).filter(of_public)).select_related("event__series", "parent")
    found = sorted(_items(documents, sessions), key=lambda item: _KINDS.index(item.kind))
    return sorted(found, key=lambda item: (item.event.starts_on, item.event.pk), reverse=True)


def has_documents() -> tuple[Exists, Exists]:
    """Return what makes an edition have a page of documents, as questions about each row of editions."""
    documents = Document.objects.public().filter(event=OuterRef("pk"))
    return Exists(documents), Exists(recorded(Session.objects.public().filter(event=OuterRef("pk"))))


def recorded(sessions: SessionQuerySet) -> SessionQuerySet:
    """Return those that were held and recorded, as the programme runs."""
    return sessions.exclude(recording_url="").exclude(status=SessionStatus.CANCELLED).in_order()


def grouped(items: list[LibraryItem]) -> list[KindGroup]:
    """Put items that are sorted by type under headings."""
    return [
        KindGroup(kind, kind_heading(kind), list(group)) for kind, group in groupby(items, key=lambda item: item.kind)
    ]


def _items(documents: Iterable[Document], sessions: Iterable[Session]) -> Iterable[LibraryItem]:
    for document in documents:
        yield _document_item(document)
    for session in sessions:
        _tell_event(session, session.event)
        yield LibraryItem(
            session,
            session.event,
            DocumentKind.VIDEO,
            session.recording_url,
            session=session,
            languages=tuple(session.languages),
            published_on=session.day,
        )


def _document_item(document: Document) -> LibraryItem:
    event, at = document.event, document.published_at
    if document.session:
        _tell_event(document.session, event)
    return LibraryItem(
        document,
        event,
        document.kind,
        document.address,
        session=document.session,
        languages=tuple(document.languages),
        description=str(document.description),
        extension=document.extension,
        size=document.file_size,
        published_on=local_day(event.timezone_name, at) if at else None,
    )


def _know(event: Event, *groups: Iterable[Any]) -> None:
    """Let documents and sessions know their edition."""
    for thing in (thing for group in groups for thing in group):
        thing.event = event


def _tell_event(session: Session, event: Event) -> None:
    """Let a session and its whole know their edition, so that an address costs no query."""
    session.event = event
    if session.parent:
        session.parent.event = event
