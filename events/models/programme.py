"""Tracks and sessions."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import AttendanceMode, SessionStatus, SessionType, TrackColour, label_of
from events.models.event import Event
from events.models.place import Room
from events.validators import lies_on, validate_languages
from forum_site.lib.bilingual import bilingual, has_any
from forum_site.lib.moments import minutes_between
from forum_site.lib.previews import or_previewed


class Track(models.Model):
    """A thematic line through the programme."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tracks", verbose_name=_("edition"))
    slug = models.SlugField(_("address"), max_length=80)
    name = bilingual(models.CharField(_("name"), max_length=120))
    colour = models.CharField(_("colour"), max_length=10, choices=TrackColour.choices, default=TrackColour.VIOLET)
    position = models.PositiveIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["event", "position"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("name"),
                name="track_has_a_name",
                violation_error_message=_("Enter the name in at least one language."),
            ),
            models.UniqueConstraint(fields=["event", "position"], name="track_position_is_unique_in_event"),
            models.UniqueConstraint(fields=["event", "slug"], name="track_slug_is_unique_in_event"),
        ]

    def __str__(self) -> str:
        return str(self.name)


def _seen(path: str, now: dt.datetime) -> models.Q:
    """Return the condition that the session at this lookup path is no draft and not under embargo."""
    embargo_is_over = models.Q(**{f"{path}publish_at__isnull": True}) | models.Q(**{f"{path}publish_at__lte": now})
    return models.Q(**{f"{path}status__in": [SessionStatus.PUBLISHED, SessionStatus.CANCELLED]}) & embargo_is_over


class SessionQuerySet(models.QuerySet["Session"]):
    """Questions asked of the programme."""

    def public(self, at: dt.datetime | None = None) -> SessionQuerySet:
        """Sessions that visitors can see: published or cancelled, embargo over, and the same of their whole."""
        now = at or timezone.now()
        is_seen = _seen("", now) & (models.Q(parent__isnull=True) | _seen("parent__", now))
        return self.filter(or_previewed(is_seen, "event"))

    def in_order(self) -> SessionQuerySet:
        """Sort as the programme runs; sessions without a time stand at the end of their day, as entered."""
        return self.order_by("day", models.F("starts_at").asc(nulls_last=True), "position", "id")


class Session(models.Model):
    """An item of the programme, or a part of one (``parent``; one level)."""

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions", verbose_name=_("edition"))
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    slug = models.SlugField(_("address"), max_length=100)
    type = models.CharField(_("type"), max_length=10, choices=SessionType.choices, default=SessionType.THEMATIC)
    section_heading = bilingual(
        models.CharField(_("section heading"), max_length=120, help_text=_("Printed above the session."))
    )
    label = bilingual(models.CharField(_("label"), max_length=60, help_text=_("As printed, such as “Part I”.")))
    title = bilingual(models.CharField(_("title"), max_length=300))
    abstract = bilingual(models.TextField(_("abstract"), help_text=_("Markdown.")))
    day = models.DateField(_("day"))
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    position = models.PositiveIntegerField(
        _("position"), default=0, help_text=_("Order among sessions that start together or have no time.")
    )
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("room")
    )
    track = models.ForeignKey(
        Track, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("track")
    )
    mode = models.CharField(_("form"), max_length=10, choices=AttendanceMode.choices, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True, validators=[validate_languages])
    interpretation = bilingual(models.CharField(_("interpretation"), max_length=120))
    stream_url = models.URLField(_("stream"), blank=True, help_text=_("Given to registered people only."))
    recording_url = models.URLField(_("recording"), blank=True)
    publish_at = models.DateTimeField(_("not public before"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=SessionStatus.choices, default=SessionStatus.PUBLISHED
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["event", "day", "starts_at", "position", "id"]
        indexes = [models.Index(fields=["event", "day", "starts_at"], name="session_by_event_and_time")]
        constraints = [
            models.CheckConstraint(
                condition=has_any("title"),
                name="session_has_a_title",
                violation_error_message=_("Enter the title in at least one language."),
            ),
            models.UniqueConstraint(fields=["event", "slug"], name="session_slug_is_unique_in_event"),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message=_("The session ends before it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(starts_at__isnull=False),
                name="session_with_an_end_has_a_start",
                violation_error_message=_("A session with an end needs a start."),
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="session_is_not_its_own_part",
            ),
            models.CheckConstraint(condition=models.Q(status__in=SessionStatus.values), name="session_status_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        """Refuse a session outside its edition's days, or one that is part of a part."""
        super().clean()
        if self.parent_id and self.parent:
            self._clean_parent(self.parent)
        if self.day and self.event_id and not self.event.starts_on <= self.day <= self.event.ends_on:
            raise ValidationError({"day": _("This day is not one of the edition's days.")})
        if self.day and self.starts_at and self.event_id:
            self._clean_start()

    def _clean_parent(self, parent: Session) -> None:
        if parent.parent_id or (self.pk and self.parts.exists()):
            raise ValidationError({"parent": _("A part cannot have parts of its own.")})
        if parent.event_id != self.event_id:
            raise ValidationError({"parent": _("This session belongs to another edition.")})

    def _clean_start(self) -> None:
        if self.starts_at and not lies_on(self.day, self.starts_at, self.event.zone):
            raise ValidationError({"starts_at": _("The start does not lie on the day of the session.")})

    def get_absolute_url(self) -> str:
        """Return the session's address; a part lives on the page of its whole."""
        if self.parent_id and self.parent:
            return f"{self.parent.get_absolute_url()}#{self.slug}"
        return reverse("events:session", args=[self.event.slug, self.slug])

    def get_type_display(self) -> str:
        """The word for the type."""
        return label_of(SessionType, self.type)

    def get_mode_display(self) -> str:
        """The word for the form; "" where it is not known."""
        return label_of(AttendanceMode, self.mode)

    @property
    def minutes(self) -> int | None:
        """Length in minutes, where both ends are known."""
        if not (self.starts_at and self.ends_at):
            return None
        return minutes_between(self.starts_at, self.ends_at)

    @property
    def is_break(self) -> bool:
        """Whether it is a thin line of the agenda and no page of its own."""
        return self.type == SessionType.BREAK

    @property
    def is_cancelled(self) -> bool:
        """Whether it keeps its place, struck through."""
        return self.status == SessionStatus.CANCELLED
