"""The part of a form that asks the questions of an edition, in sections, each question only where it applies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language

from forum_site.lib.conditions import Asked, Circumstances, asked_slugs, mentioned, settled
from registrations.domain.answers import Given
from registrations.enums import HAS_OPTIONS, QuestionKind
from registrations.forms.question_fields import field_for, offered_options
from registrations.models import Answer, Question

PREFIX = "q-"


@dataclass(frozen=True)
class KeptFile:
    """The file that was sent before, as the widget shows it."""

    name: str
    url: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Asking:
    """A question in the page: its field, and the condition for the script that hides it while it does not apply."""

    question: Question
    field: forms.BoundField
    asked: Asked

    @property
    def condition(self) -> str:
        """The condition as JSON; "" where it is always asked."""
        condition = self.asked.condition
        return json.dumps(condition, ensure_ascii=True, separators=(",", ":")) if condition else ""

    @property
    def has_boxes(self) -> bool:
        """Whether it is answered by radio cards or check boxes."""
        return isinstance(self.field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@dataclass(frozen=True)
class Section:
    """Neighbouring questions under one heading, which may be empty."""

    heading: str
    askings: list[Asking]

    @property
    def is_folded(self) -> bool:
        """Whether the section is opened on demand: it has a heading, and everything in it is optional."""
        return bool(self.heading) and not any(one.question.is_required for one in self.askings)

    @property
    def is_open(self) -> bool:
        """Whether something in it is filled in already or wrong."""
        return any(one.field.errors or one.field.value() for one in self.askings)


class AsksQuestions(forms.Form):
    """A form with the questions of an edition; the fields are called ``q-`` and the key of the question.

    Whether a question is asked is decided from what was sent, as the page decided it. What is sent for a question that
    is not asked, or that is not of this edition, is ignored.
    """

    questions: Sequence[Question] = ()
    fixed_ticket_type = ""
    asked_in = ""  # a language; fields of forms may be called so

    def ask(
        self,
        questions: Iterable[Question],
        *,
        answers: Iterable[Answer] = (),
        ticket_type: str = "",
        language: str = "",
        urls: dict[str, str] | None = None,
        nothing_is_required: bool = False,
    ) -> None:
        """Add the fields. ``answers`` are those given before, ``ticket_type`` is given where the form does not ask.

        ``language`` is that of the registration, where it may be another than that of the page. ``urls`` lead to the
        files sent before, by the key of the question. Answers to questions that are not asked here decide with.
        """
        known = {answer.question_id: answer for answer in answers}
        self.questions, self.fixed_ticket_type = list(questions), ticket_type
        self.asked_in = language or get_language() or "en"
        self._asked = _settled_by(self.questions, known)
        for question in self.questions:
            if nothing_is_required:
                question.is_required = False
            self._add(question, known.get(question.pk), (urls or {}).get(question.slug, ""))

    def _add(self, question: Question, answer: Answer | None, url: str) -> None:
        fits = answer is not None and answer.kind == question.kind and answer.erased_at is None
        value = answer.value if answer and fits else ""
        own = frozenset(value.split()) if question.kind in HAS_OPTIONS else frozenset()
        field = field_for(question, own=own)
        if question.kind == QuestionKind.SEVERAL:
            field.initial = value.split()
        elif question.kind == QuestionKind.FILE:
            field.initial = KeptFile(value, url) if value else None
        else:
            field.initial = value
        self.fields[PREFIX + question.slug] = field

    # --- Deciding -------------------------------------------------------------------------------------------

    def full_clean(self) -> None:
        """Clean only what is asked."""
        if not self.questions or not self.is_bound:
            super().full_clean()
            return
        everything = self.fields
        skipped = {PREFIX + question.slug for question in self.questions} - self._asked_names()
        self.fields = {name: field for name, field in everything.items() if name not in skipped}
        try:
            super().full_clean()
        finally:
            self.fields = everything

    def _asked_names(self) -> set[str]:
        around = Circumstances(self._ticket_type_sent(), self.asked_in)
        sent = {question.slug: self._sent(question) for question in self.questions}
        return {PREFIX + slug for slug in asked_slugs(self._asked.values(), sent, around)}

    def _ticket_type_sent(self) -> str:
        if self.fixed_ticket_type or "ticket_type" not in self.fields:
            return self.fixed_ticket_type
        return str(self.data.get(self.add_prefix("ticket_type"), ""))

    def _sent(self, question: Question) -> str | list[str]:
        name = PREFIX + question.slug
        field = self.fields[name]
        value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        if question.kind == QuestionKind.FILE:
            if isinstance(value, UploadedFile):
                return value.name or ""
            return "" if value is False else str(field.initial or "")
        return value if isinstance(value, list) else str(value or "")

    # --- Results --------------------------------------------------------------------------------------------

    def given(self) -> list[Given]:
        """Return the answers to what was asked; call it when the form is valid."""
        asked = [question for question in self.questions if PREFIX + question.slug in self.cleaned_data]
        return [self._given(question, self.cleaned_data[PREFIX + question.slug]) for question in asked]

    def _given(self, question: Question, value: Any) -> Given:
        if question.kind == QuestionKind.FILE:
            if isinstance(value, KeptFile):
                return Given(question, value=value.name, keeps_file=True)
            name = self.fields[PREFIX + question.slug].upload_name  # type: ignore[attr-defined]
            return Given(question, value=name, upload=value) if value else Given(question)
        if question.kind in HAS_OPTIONS:
            keys = value if isinstance(value, list) else [value]
            own = frozenset(keys)
            return Given(question, options=tuple(one for one in offered_options(question, own) if one.key in own))
        return Given(question, value=str(value or ""))

    def refuse_answer(self, slug: str, sentence: str) -> None:
        """Put an error of the domain beside the question it is about."""
        name = PREFIX + slug
        self.add_error(name if name in self.fields else None, sentence)

    @property
    def sections(self) -> list[Section]:
        """The questions as the page shows them."""
        groups = groupby(self.questions, key=lambda question: str(question.section))
        return [Section(heading, [self._asking(one) for one in found]) for heading, found in groups]

    def _asking(self, question: Question) -> Asking:
        return Asking(question, self[PREFIX + question.slug], self._asked[question.slug])


def _settled_by(questions: Sequence[Question], answers: dict[int, Answer]) -> dict[str, Asked]:
    """Return the questions as conditions know them, decided as far as the form does not ask what they look at.

    Where an answer that decides is erased, what was answered because of it stays asked: it must not go by a look at it.
    """
    here = {question.slug for question in questions}
    elsewhere = [answer for answer in answers.values() if answer.question.slug not in here]
    kept = {one.question.slug: _as_sent(one) for one in elsewhere if one.erased_at is None}
    erased = {one.question.slug for one in elsewhere} - kept.keys()
    found = {}
    for question in questions:
        asked = question.asked()
        is_open = bool(mentioned(asked.condition) & erased) and question.pk in answers
        found[question.slug] = replace(asked, condition={} if is_open else settled(asked.condition, kept))
    return found


def _as_sent(answer: Answer) -> str | list[str]:
    return answer.value.split() if answer.kind == QuestionKind.SEVERAL else answer.value
