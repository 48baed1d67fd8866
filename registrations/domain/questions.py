"""Removing questions and options without losing what was answered."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from forum_site.lib.bilingual import in_language
from forum_site.lib.errors import DomainError
from forum_site.lib.slugs import free_slug, slugify_name
from registrations.models import Question, QuestionOption


def remove_question(question: Question) -> Question | None:
    """Delete a question that nobody has answered; retire one with answers and return it.

    Raises ``DomainError`` while the condition of another question looks at its answer.
    """
    with transaction.atomic():
        others = Question.objects.asked().filter(event=question.event_id).exclude(pk=question.pk)
        for other in others:
            if question.slug in other.mentioned():
                sentence = _("The condition of “%(other)s” looks at the answer to this question. Change it first.")
                raise DomainError(sentence % {"other": other})
        if not question.answers.exists():
            question.delete()
            return None
        Question.objects.filter(pk=question.pk).update(is_retired=True)
        question.is_retired = True
    return question


def remove_option(option: QuestionOption) -> QuestionOption | None:
    """Delete an option that nobody has chosen; retire one that was chosen and return it."""
    with transaction.atomic():
        if not option.choices.exists():
            option.delete()
            return None
        QuestionOption.objects.filter(pk=option.pk).update(is_retired=True)
        option.is_retired = True
    return option


def name_option(option: QuestionOption) -> QuestionOption:
    """Give a new option its key, made of its English words; it never changes afterwards. Not stored yet."""
    taken = set(QuestionOption.objects.filter(question=option.question_id).values_list("key", flat=True))
    option.key = free_slug(slugify_name(in_language(option, "label", "en"))[:50] or "option", taken.__contains__)
    return option
