"""Speakers and their appearances."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField

from events.enums import AppearanceMode, AppearanceRole, label_of
from events.models.programme import Session
from forum_site.lib.bilingual import bilingual, has_any, language_shown
from forum_site.lib.previews import or_previewed


class Speaker(models.Model):
    """The person, stable across editions."""

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    name = bilingual(models.CharField(pgettext_lazy("person", "name"), max_length=150))
    native_name = models.CharField(
        _("name in its own script"), max_length=150, blank=True, help_text=_("Where it is neither English nor Chinese.")
    )
    native_language = models.CharField(_("language of that script"), max_length=10, blank=True)
    country = CountryField(_("country/region"), blank=True)
    organization = bilingual(models.CharField(_("organization"), max_length=200))
    biography = bilingual(models.TextField(_("biography"), help_text=_("Markdown.")))
    photo = models.ImageField(_("portrait"), upload_to="portraits/", blank=True)
    photo_widths = models.JSONField(default=dict, blank=True, editable=False)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name_en", "name_zh_hans"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("name"),
                name="speaker_has_a_name",
                violation_error_message=_("Enter the name in at least one language."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)


def _is_known(now: dt.datetime) -> models.Q:
    embargo_is_over = models.Q(publish_at__isnull=True) | models.Q(publish_at__lte=now)
    return or_previewed(models.Q(is_announced=True) & embargo_is_over, "session__event")


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    """Questions asked of the appearances."""

    def announced(self, at: dt.datetime | None = None) -> AppearanceQuerySet:
        """Those whose person visitors may know, whether their session can be seen or not."""
        return self.filter(_is_known(at or timezone.now()))

    def with_known(self, at: dt.datetime | None = None) -> AppearanceQuerySet:
        """All of them, each saying as ``is_known`` whether visitors may know the person."""
        condition = models.ExpressionWrapper(_is_known(at or timezone.now()), output_field=models.BooleanField())
        return self.annotate(is_known=condition)

    def public(self, at: dt.datetime | None = None) -> AppearanceQuerySet:
        """Announced appearances in sessions that visitors can see."""
        return self.announced(at).filter(session__in=Session.objects.public(at))


class Appearance(models.Model):
    """A person's part in a session, with name and title as printed that day."""

    is_known: bool  # only where ``with_known`` has asked

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="appearances", verbose_name=_("session")
    )
    speaker = models.ForeignKey(
        Speaker, on_delete=models.PROTECT, related_name="appearances", verbose_name=_("speaker")
    )
    role = models.CharField(_("role"), max_length=12, choices=AppearanceRole.choices, default=AppearanceRole.SPEAKER)
    label = bilingual(
        models.CharField(_("printed role"), max_length=80, help_text=_("As printed, such as “Keynote speech #3”."))
    )
    printed_name = bilingual(
        models.CharField(_("printed name"), max_length=150, help_text=_("Where it differs from the speaker's name."))
    )
    printed_title = bilingual(
        models.TextField(_("printed title"), help_text=_("Title and affiliation as they stood that day."))
    )
    position = models.PositiveIntegerField(_("position"), default=1)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    mode = models.CharField(_("takes part"), max_length=10, choices=AppearanceMode.choices, blank=True)
    is_announced = models.BooleanField(_("announced"), default=True)
    publish_at = models.DateTimeField(
        _("not announced before"), null=True, blank=True, help_text=_("Until then: “Speaker to be announced”.")
    )
    featured_position = models.PositiveSmallIntegerField(
        _("place on the home page"), null=True, blank=True, help_text=_("1 stands first; empty: keynotes come first.")
    )

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["session", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "position"],
                name="appearance_position_is_unique_in_session",
                violation_error_message=_("Two people cannot have the same position."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="appearance_ends_after_it_starts",
                violation_error_message=_("The talk ends before it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(starts_at__isnull=False),
                name="appearance_with_an_end_has_a_start",
            ),
            models.CheckConstraint(condition=models.Q(role__in=AppearanceRole.values), name="appearance_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role_label}: {self.name}"

    def clean(self) -> None:
        """Refuse minutes outside the session."""
        super().clean()
        session = self.session if self.session_id else None
        if not (session and session.starts_at and self.starts_at):
            return
        is_late = session.ends_at and (self.ends_at or self.starts_at) > session.ends_at
        if self.starts_at < session.starts_at or is_late:
            raise ValidationError(_("The talk lies outside its session."))

    @property
    def name(self) -> str:
        """The name as printed that day."""
        return str(self.printed_name or self.speaker.name)

    def get_role_display(self) -> str:
        """The word for the role."""
        return label_of(AppearanceRole, self.role)

    @property
    def role_label(self) -> str:
        """The role as printed, or the word for it.

        Where it was printed in the other language only, and as nothing but the word for the role, this language's
        word stands for it; "Keynote speech #3" says more than the word and stays as printed.
        """
        return str(self.get_role_display() if self._label_is_the_word else self.label)

    @property
    def _label_is_the_word(self) -> bool:
        printed = str(self.label)
        with translation.override(language_shown(self, "label")):
            return not printed or printed.casefold() == str(self.get_role_display()).casefold()
