"""What somebody has answered, in the words in which it was asked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registrations.enums import QuestionKind
from registrations.models.question import Question, QuestionOption
from registrations.models.registration import Registration


def private_storage() -> Storage:
    """Return where files lie that no address leads to."""
    return storages["private"]


def file_name(answer: Any, name: str) -> str:
    """Return the place of a file: by registration, so that nothing of a name stands in the file system."""
    return f"answers/{answer.registration.guid}/{name}"


class Answer(models.Model):
    """The answer of one registration to one question, which may have other words or be retired meanwhile."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers", verbose_name=_("question"))
    kind = models.CharField(_("kind of answer"), max_length=10, choices=QuestionKind.choices)
    asked_as = models.CharField(_("question, as worded"), max_length=300)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    value = models.TextField(_("answer"), blank=True)  # as entered; keys of options with blanks between; a file's name
    words = models.TextField(_("answer, as worded"), blank=True)  # of what is chosen from a list; "" where as entered
    file = models.FileField(_("file"), storage=private_storage, upload_to=file_name, max_length=200, blank=True)
    options = models.ManyToManyField(QuestionOption, through="AnswerChoice", related_name="answers")
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["registration", "question__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="question_is_answered_once"),
        ]

    def __str__(self) -> str:
        return self.words or self.value


class AnswerChoice(models.Model):
    """An option that was chosen; its place is kept as long as the registration is active."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="choices")
    option = models.ForeignKey(QuestionOption, on_delete=models.PROTECT, related_name="choices")

    class Meta:
        verbose_name = _("chosen option")
        verbose_name_plural = _("chosen options")
        constraints = [models.UniqueConstraint(fields=["answer", "option"], name="option_is_chosen_once_in_an_answer")]
