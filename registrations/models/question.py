"""What an edition asks the people who register, beside their name and address."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.validators import validate_year
from forum_site.accounts.enums import HANDLES_REGISTRATIONS, Role
from forum_site.lib.bilingual import bilingual, has_any
from forum_site.lib.conditions import Asked, mentioned, problems
from forum_site.lib.moments import local_day
from registrations.enums import HAS_OPTIONS, QuestionKind
from registrations.models.ticket_type import TicketType

MOST_LETTERS = 10_000


def default_roles() -> list[str]:
    """Return who sees sensitive answers unless said otherwise."""
    return sorted(HANDLES_REGISTRATIONS)


def validate_roles(roles: Any) -> None:
    """Refuse anything but a list of roles."""
    if not isinstance(roles, list) or not roles or not set(roles) <= set(Role.values):
        raise ValidationError(_("Choose at least one role."))


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions asked of the questions."""

    def asked(self) -> QuestionQuerySet:
        """Those that are still asked, in their order, with options and ticket types."""
        related = ("options", "ticket_types")
        return self.filter(is_retired=False).order_by("position", "pk").prefetch_related(*related)


class Question(models.Model):
    """A field of the registration form. With answers it cannot be deleted any more, only retired."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions", verbose_name=_("edition"))
    slug = models.SlugField(_("key"), max_length=60, help_text=_("Names the question in conditions and exports."))
    section = bilingual(
        models.CharField(_("section"), max_length=120, help_text=_("Neighbours with the same heading stand together."))
    )
    kind = models.CharField(_("kind of answer"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.TEXT)
    label = bilingual(models.CharField(_("question"), max_length=300))
    help_text = bilingual(models.CharField(_("hint"), max_length=500))
    is_required = models.BooleanField(_("must be answered"), default=False)
    ticket_types = models.ManyToManyField(
        TicketType, blank=True, related_name="questions", verbose_name=_("ticket types"), help_text=_("None: for all.")
    )
    position = models.PositiveIntegerField(_("position"), default=1)
    condition = models.JSONField(_("condition"), default=dict, blank=True)
    is_internal = models.BooleanField(
        _("internal"), default=False, help_text=_("Answered by organizers only; never shown to the person.")
    )
    is_sensitive = models.BooleanField(
        _("sensitive"), default=False, help_text=_("Such as diet, access needs or the name in the passport.")
    )
    shown_to = models.JSONField(_("shown to"), default=default_roles, validators=[validate_roles])
    erase_on = models.DateField(
        _("answers are erased on"), null=True, blank=True, validators=[validate_year],
        help_text=_("Empty: so many days after the last day of the edition."),
    )  # fmt: skip
    erase_after_days = models.PositiveSmallIntegerField(
        _("days after the edition"), default=30, validators=[MaxValueValidator(3650)]
    )
    least = models.DecimalField(
        _("least"), max_digits=15, decimal_places=4, null=True, blank=True,
        help_text=_("Of a number; or how many options have to be chosen."),
    )  # fmt: skip
    most = models.DecimalField(
        _("most"), max_digits=15, decimal_places=4, null=True, blank=True,
        help_text=_("Of a number; or how many options may be chosen."),
    )  # fmt: skip
    earliest_on = models.DateField(_("earliest day"), null=True, blank=True, validators=[validate_year])
    latest_on = models.DateField(_("latest day"), null=True, blank=True, validators=[validate_year])
    longest = models.PositiveIntegerField(
        _("letters at most"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_LETTERS)]
    )
    is_retired = models.BooleanField(
        _("no longer asked"), default=False, help_text=_("Answers given before are kept and exported.")
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["event", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("label"),
                name="question_has_a_label",
                violation_error_message=_("Enter the question in at least one language."),
            ),
            models.UniqueConstraint(fields=["event", "slug"], name="question_slug_is_unique_in_event"),
            models.CheckConstraint(condition=models.Q(kind__in=QuestionKind.values), name="question_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(least__isnull=True)
                | models.Q(most__isnull=True)
                | models.Q(most__gte=models.F("least")),
                name="question_most_is_not_below_least",
                violation_error_message=_("The most is below the least."),
            ),
            models.CheckConstraint(
                condition=models.Q(earliest_on__isnull=True)
                | models.Q(latest_on__isnull=True)
                | models.Q(latest_on__gte=models.F("earliest_on")),
                name="question_days_are_in_order",
                violation_error_message=_("The latest day is before the earliest."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    def clean(self) -> None:
        """Refuse a condition that cannot be decided when this question, or one after it, is reached. Four queries."""
        super().clean()
        if not self.event_id or self.is_retired:
            return
        others = [one for one in Question.objects.asked().filter(event=self.event_id) if one.pk != self.pk]
        types = set(TicketType.objects.filter(event=self.event_id).values_list("slug", flat=True))
        if found := self.problems_among(others, types):
            raise ValidationError({"condition": found})

    def problems_among(self, others: list[Question], types: set[str]) -> list[str]:
        """Return a sentence for everything wrong with this condition, or with one that looks at this question."""
        place = (self.position, self.pk or float("inf"))
        earlier = [one.asked() for one in others if (one.position, one.pk) < place]
        later = [one.asked() for one in others if (one.position, one.pk) > place]
        around: dict[str, Any] = {"ticket_types": types, "languages": [code for code, _name in settings.LANGUAGES]}
        found = problems(self.condition, own=self.slug, earlier=earlier, later=later, **around)
        before = [one for one in others if (one.position, one.pk) < place]
        for one in before:
            if self.slug in one.mentioned():
                sentence = _("“%s” looks at the answer to this question and must stand after it.")
                found.append(str(sentence) % one)
        return found

    def mentioned(self) -> set[str]:
        """The slugs of the questions at which its condition looks."""
        return mentioned(self.condition)

    def asked(self) -> Asked:
        """The question as conditions know it. Reads options and ticket types, which should be prefetched."""
        return Asked(
            slug=self.slug,
            condition=self.whole_condition(),
            options=self._keys(),
            takes_several=self.kind == QuestionKind.SEVERAL,
            label=str(self.label),
        )

    def whole_condition(self) -> dict[str, Any]:
        """The condition together with the ticket types for which the question is asked."""
        types = sorted(one.slug for one in self.ticket_types.all()) if self.pk else []
        if not types:
            return dict(self.condition)
        limit = {"ticket_type": types}
        return {"all": [limit, self.condition]} if self.condition else limit

    def _keys(self) -> frozenset[str] | None:
        if self.kind == QuestionKind.YES_NO:
            return frozenset({"yes", "no"})
        return frozenset(option.key for option in self.options.all()) if self.kind in HAS_OPTIONS else None

    @property
    def erase_day(self) -> dt.date | None:
        """The day on which sensitive answers are erased."""
        if not self.is_sensitive:
            return None
        return self.erase_on or self.event.ends_on + dt.timedelta(days=self.erase_after_days)

    @property
    def is_over(self) -> bool:
        """Whether that day has come: the answers go, and nobody is asked any more."""
        day = self.erase_day
        return day is not None and local_day(self.event.timezone_name) >= day


class QuestionOption(models.Model):
    """One of the answers to choose from, with its own places where it has a capacity."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options", verbose_name=_("question"))
    key = models.SlugField(_("key"), max_length=60, editable=False)
    label = bilingual(models.CharField(_("option"), max_length=200))
    position = models.PositiveIntegerField(_("position"), default=1)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: without limit."))
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)
    is_retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["question", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("label"),
                name="option_has_a_label",
                violation_error_message=_("Enter the option in at least one language."),
            ),
            models.UniqueConstraint(fields=["question", "key"], name="option_key_is_unique_in_question"),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(taken__lte=models.F("capacity")),
                name="option_is_never_oversold",
                violation_error_message=_("More places are taken already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def is_full(self) -> bool:
        """Whether nobody else can choose it."""
        return self.capacity is not None and self.taken >= self.capacity
