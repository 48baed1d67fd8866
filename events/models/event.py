"""One edition of a forum."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import IS_PUBLIC, AttendanceMode, EventStatus
from events.models.place import Venue
from events.models.series import DEFAULT_ACCENT, EventSeries
from events.validators import lies_on, validate_accent, validate_languages, validate_year, validate_zone
from forum_site.lib.bilingual import bilingual, has_any
from forum_site.lib.moments import is_zone, local_day
from forum_site.lib.previews import or_previewed

#: Longer forums exist, but a date typed wrong is likelier.
MOST_DAYS = 31


def default_zone() -> str:
    """Return the zone that a new edition starts with, as the operator set it."""
    return str(settings.DEFAULT_EVENT_ZONE)


class EventQuerySet(models.QuerySet["Event"]):
    """Questions asked of the editions."""

    def public(self) -> EventQuerySet:
        """Editions that visitors can see: published, postponed and cancelled ones."""
        return self.filter(or_previewed(models.Q(status__in=IS_PUBLIC), "pk"))

    def upcoming(self, at: dt.datetime | None = None) -> EventQuerySet:
        """Editions that have not ended yet, the next one first.

        A day is not over before it is over everywhere, so an edition stays for up to 12 hours longer in the list.
        """
        today = ((at or timezone.now()) - dt.timedelta(hours=12)).date()
        return self.filter(ends_on__gte=today).order_by("starts_on", "id")


class Event(models.Model):
    """Happens once. Its address, once published, never dies."""

    series = models.ForeignKey(EventSeries, on_delete=models.PROTECT, related_name="events", verbose_name=_("series"))
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = bilingual(models.CharField(_("name"), max_length=250))
    short_name = bilingual(models.CharField(_("short name"), max_length=80, help_text=_("Stands in the header.")))
    theme = bilingual(models.CharField(_("theme"), max_length=300))
    edition_number = models.PositiveSmallIntegerField(_("edition number"), null=True, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    timezone_name = models.CharField(_("time zone"), max_length=64, default=default_zone, validators=[validate_zone])
    attendance_mode = models.CharField(_("form"), max_length=10, choices=AttendanceMode.choices, blank=True)
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("venue")
    )
    place = bilingual(
        models.CharField(_("place"), max_length=200, help_text=_("As printed, such as “Beijing, China”."))
    )
    languages = models.JSONField(
        _("languages"), default=list, blank=True, validators=[validate_languages], help_text=_("Codes, such as en.")
    )
    interpretation = bilingual(models.CharField(_("interpretation"), max_length=120))
    fee = bilingual(models.CharField(_("fee"), max_length=80, help_text=_("As printed, such as “Free”.")))
    summary = bilingual(models.TextField(_("summary"), help_text=_("One paragraph for the home page.")))
    background = bilingual(models.TextField(_("background and objective"), help_text=_("Markdown.")))
    programme_note = bilingual(
        models.TextField(_("note on the programme"), help_text=_("Stands above the agenda, or in its place."))
    )
    brief_leftover = models.TextField(
        _("not understood in the brief"), blank=True, help_text=_("Kept from the import; not shown to visitors.")
    )
    accent = models.CharField(_("colour"), max_length=7, default=DEFAULT_ACCENT, validators=[validate_accent])
    cover = models.ImageField(
        _("photograph"), upload_to="covers/", blank=True, help_text=_("Stands under the headline instead of the hall.")
    )
    cover_widths = models.JSONField(default=dict, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=EventStatus.choices, default=EventStatus.DRAFT)
    status_note = bilingual(models.CharField(_("note on the status"), max_length=300))
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept an offered place"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
        help_text=_("Shorter when the edition is near: at most a quarter of the time that is left."),
    )
    data_kept_until = models.DateField(
        _("personal data is kept until"),
        null=True,
        blank=True,
        help_text=_("Stands in the consent of the registration."),
    )
    answers_until = models.DateTimeField(
        _("answers can be changed until"),
        null=True,
        blank=True,
        help_text=_("By registered people, on their personal page. Empty: until the edition is over."),
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("last change"), default=timezone.now, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("name"),
                name="event_has_a_name",
                violation_error_message=_("Enter the name in at least one language."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="event_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(condition=models.Q(status__in=EventStatus.values), name="event_status_is_known"),
            models.CheckConstraint(
                condition=models.Q(attendance_mode__in=["", *AttendanceMode.values]), name="event_mode_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Refuse an edition that would lose sessions outside its days, or lasts more than a month."""
        super().clean()
        if not (self.starts_on and self.ends_on) or self.ends_on < self.starts_on:
            return
        validate_year(self.starts_on)
        if (self.ends_on - self.starts_on).days >= MOST_DAYS:
            raise ValidationError({"ends_on": _("An edition lasts at most %(days)s days.") % {"days": MOST_DAYS}})
        outside = self.pk and self.sessions.exclude(day__range=(self.starts_on, self.ends_on)).count()
        if outside:
            raise ValidationError(
                _("%(count)s sessions would lie outside these days. Move them first.") % {"count": outside}
            )
        if self.pk and is_zone(self.timezone_name):
            self._clean_zone()

    def _clean_zone(self) -> None:
        """Refuse a new zone in which sessions, whose moments stay, would begin on another day."""
        if not Event.objects.filter(pk=self.pk).exclude(timezone_name=self.timezone_name).exists():
            return
        found = self.sessions.filter(starts_at__isnull=False).values_list("day", "starts_at")
        count = sum(not lies_on(day, starts_at, self.zone) for day, starts_at in found)
        if count:
            sentence = _("In this time zone %(count)s sessions would begin on another day. Change their times first.")
            raise ValidationError({"timezone_name": sentence % {"count": count}})

    def get_absolute_url(self) -> str:
        """Return the address of the edition's home page in the current language."""
        return reverse("pages:edition", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which all times of this edition are printed."""
        return ZoneInfo(self.timezone_name)

    @property
    def is_public(self) -> bool:
        """Whether visitors can see it."""
        return self.status in IS_PUBLIC

    @property
    def is_past(self) -> bool:
        """Whether its last day is over in its own zone."""
        return local_day(self.timezone_name) > self.ends_on

    @property
    def days(self) -> list[dt.date]:
        """Every day of the edition, in order."""
        return [self.starts_on + dt.timedelta(days=n) for n in range((self.ends_on - self.starts_on).days + 1)]

    @property
    def header_name(self) -> str:
        """The name in the header: the short one where there is one."""
        return str(self.short_name or self.name)
