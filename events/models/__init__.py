"""The models of the forum, by noun."""

from events.models.announcements import Announcement
from events.models.content import Page
from events.models.documents import Document
from events.models.event import Event
from events.models.history import OldSlug
from events.models.key_dates import KeyDate
from events.models.news import NewsPost
from events.models.people import Appearance, Speaker
from events.models.place import Room, Venue
from events.models.previews import PreviewLink
from events.models.programme import Session, Track
from events.models.series import EventSeries
from events.models.versions import CalendarRecord, ProgrammeVersion

__all__ = [
    "Announcement",
    "Appearance",
    "CalendarRecord",
    "Document",
    "Event",
    "EventSeries",
    "KeyDate",
    "NewsPost",
    "OldSlug",
    "Page",
    "PreviewLink",
    "ProgrammeVersion",
    "Room",
    "Session",
    "Speaker",
    "Track",
    "Venue",
]
