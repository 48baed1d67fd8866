"""The models of the forum, by noun."""

from events.models.announcements import Announcement
from events.models.content import Page
from events.models.documents import Document
from events.models.event import Event
from events.models.history import OldSlug
from events.models.news import NewsPost
from events.models.people import Appearance, Speaker
from events.models.place import Room, Venue
from events.models.previews import PreviewLink
from events.models.programme import Session, Track
from events.models.series import EventSeries

__all__ = [
    "Announcement",
    "Appearance",
    "Document",
    "Event",
    "EventSeries",
    "NewsPost",
    "OldSlug",
    "Page",
    "PreviewLink",
    "Room",
    "Session",
    "Speaker",
    "Track",
    "Venue",
]
