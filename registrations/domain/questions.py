"""Removing questions and options without losing what was answered."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from forum_site.lib.bilingual import in_language
from forum_site.lib.errors import DomainError
from forum_site.lib.slugs import free_slug, slugify_name
from registrations.models import Question, QuestionOption


def retire_question(question: Question) -> Question:
    """Ask a question no more; its answers stay. Raises ``DomainError`` while another question depends on it."""
    with transaction.atomic():
        for other in depending_on(question):
            sentence = _("The condition of “%(other)s” looks at the answer to this question. Change it first.")
            raise DomainError(sentence % {"other": other})
        Question.objects.filter(pk=question.pk).update(is_retired=True)
    question.is_retired = True
    return question


def ask_again(question: Question) -> Question:
    """Ask a retired question again, if its condition can still be decided."""
    question.is_retired = False
    try:
        question.clean()
    except ValidationError as error:
        question.is_retired = True
        raise DomainError(" ".join(error.messages)) from error
    Question.objects.filter(pk=question.pk).update(is_retired=False)
    return question


def depending_on(question: Question) -> list[Question]:
    """Return the questions that are asked and whose condition looks at the answer to this one."""
    others = Question.objects.asked().filter(event=question.event_id).exclude(pk=question.pk)
    return [other for other in others if question.slug in other.mentioned()]


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
