"""The fixed words of the programme."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventStatus(models.TextChoices):
    """Where an edition stands; that it is past is computed from its days."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


#: Editions that visitors can see.
IS_PUBLIC = frozenset({EventStatus.PUBLISHED, EventStatus.POSTPONED, EventStatus.CANCELLED})


class Phase(models.TextChoices):
    """What visitors come for at a moment; computed from the programme and the clock, never stored."""

    BEFORE = "before", _("Before the forum")
    LIVE = "live", _("Live now")
    AFTER = "after", _("After the forum")
    OFF = "off", _("Postponed or cancelled")


class AttendanceMode(models.TextChoices):
    """How one can attend, in the words of schema.org; empty where it was never printed."""

    ONSITE = "onsite", _("On site")
    ONLINE = "online", _("Online")
    MIXED = "mixed", _("On site and online")


class RoomKind(models.TextChoices):
    """A place one can walk into, or a stream one can watch."""

    PLACE = "place", _("Room")
    STREAM = "stream", _("Stream")


class SessionType(models.TextChoices):
    """The types of items that programmes of this community print."""

    OPENING = "opening", _("Opening ceremony")
    PLENARY = "plenary", _("Plenary")
    THEMATIC = "thematic", _("Thematic session")
    PANEL = "panel", _("Panel")
    WORKSHOP = "workshop", _("Workshop")
    CLOSING = "closing", _("Closing")
    PART = "part", _("Part of a session")
    BREAK = "break", _("Break")
    SOCIAL = "social", _("Social event")
    OTHER = "other", _("Other")


class SessionStatus(models.TextChoices):
    """Where a session stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")


class AppearanceRole(models.TextChoices):
    """What a person does in a session."""

    HOST = "host", pgettext_lazy("in a session", "Host")
    CHAIR = "chair", _("Chair")
    MODERATOR = "moderator", _("Moderator")
    INTRODUCTION = "introduction", _("Introduction of guest speakers")
    OFFICIATING = "officiating", _("Officiating guest")
    WELCOME = "welcome", _("Welcome remarks")
    OPENING = "opening", _("Opening speech")
    REMARKS = "remarks", _("Remarks")
    KEYNOTE = "keynote", _("Keynote speech")
    SPEAKER = "speaker", _("Speaker")
    PANELLIST = "panellist", _("Panellist")
    VIDEO = "video", _("Video address")
    CLOSING = "closing", _("Concluding remarks")


class AppearanceMode(models.TextChoices):
    """How a person takes part; empty where it was never printed."""

    IN_ROOM = "in_room", _("In the room")
    REMOTE = "remote", _("Live, remote")
    VIDEO = "video", _("By video")


class ChangeKind(models.TextChoices):
    """What can have changed between two versions of a programme, in the order of the page."""

    CANCELLED = "cancelled", _("Cancelled")
    WITHDRAWN = "withdrawn", pgettext_lazy("change of a programme", "No longer in the programme")
    MOVED = "moved", pgettext_lazy("change of a programme", "New time")
    ROOM = "room", pgettext_lazy("change of a programme", "New room")
    ADDED = "added", pgettext_lazy("change of a programme", "New in the programme")
    RETURNED = "returned", pgettext_lazy("change of a programme", "Takes place after all")
    TITLE = "title", pgettext_lazy("change of a programme", "New title")
    TYPE = "type", pgettext_lazy("change of a programme", "New type")
    PERSON_ADDED = "person_added", pgettext_lazy("change of a programme", "People added")
    PERSON_REPLACED = "person_replaced", pgettext_lazy("change of a programme", "People replaced")
    PERSON_REMOVED = "person_removed", pgettext_lazy("change of a programme", "People no longer taking part")
    PERSON_ROLE = "person_role", pgettext_lazy("change of a programme", "New part in a session")
    PERSON_NAME = "person_name", pgettext_lazy("change of a programme", "Names corrected")
    PERSON_TITLE = "person_title", pgettext_lazy("change of a programme", "Titles and affiliations of people")


class TrackColour(models.TextChoices):
    """The colours a track can have; each has a light and a dark twin in the style sheet."""

    VIOLET = "violet", _("Violet")
    TEAL = "teal", _("Teal")
    AMBER = "amber", _("Amber")
    ROSE = "rose", _("Rose")
    BLUE = "blue", _("Blue")
    GREEN = "green", _("Green")


class DocumentKind(models.TextChoices):
    """What a document is, in the order in which they are listed."""

    WHITE_PAPER = "white_paper", _("White paper")
    REPORT = "report", _("Report")
    VIDEO = "video", _("Recording")
    SLIDES = "slides", _("Slides")
    TRANSCRIPT = "transcript", _("Transcript")
    PHOTOGRAPHS = "photographs", _("Photographs")
    OTHER = "other", pgettext_lazy("kind of document", "Other")


class AnnouncementLevel(models.IntegerChoices):
    """How much an announcement matters."""

    INFORMATION = 1, _("Information")
    IMPORTANT = 2, _("Important")


class SlugKind(models.TextChoices):
    """Things whose address may change without dying."""

    EVENT = "event", _("Edition")
    SESSION = "session", _("Session")
    SPEAKER = "speaker", _("Speaker")
    PAGE = "page", _("Page")
    NEWS = "news", _("News")
    PARTNER = "partner", _("Partner")


def label_of(choices: type[models.TextChoices], value: str) -> str:
    """Return the word for a value, as Django's ``get_…_display``, which translates every word of the list for it."""
    try:
        return str(choices(value).label)
    except ValueError:
        return value
