"""The models of the forum, by noun."""

from events.models.content import Page
from events.models.event import Event
from events.models.history import OldSlug
from events.models.people import Appearance, Speaker
from events.models.place import Room, Venue
from events.models.programme import Session, Track
from events.models.series import EventSeries

__all__ = [
    "Appearance",
    "Event",
    "EventSeries",
    "OldSlug",
    "Page",
    "Room",
    "Session",
    "Speaker",
    "Track",
    "Venue",
]
