"""Answers: kept in the words in which they were asked, with a place kept for every option that was chosen.

Locks are taken in the order of the whole house: ticket type, registration, then options by their primary key, all of
one transaction at once.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _
from django_countries import countries

from forum_site.lib.bilingual import in_language
from forum_site.lib.errors import DomainError
from forum_site.lib.one_by_one import each_by_itself
from registrations.domain.seats import Pool
from registrations.enums import QuestionKind
from registrations.models import Answer, AnswerChoice, Question, QuestionOption, Registration
from registrations.models.answer import private_storage


class AnswerRefused(DomainError):  # noqa: N818
    """An answer cannot be kept; ``slug`` names its question."""

    def __init__(self, sentence: str, *, slug: str) -> None:
        super().__init__(sentence)
        self.slug = slug


@dataclass(frozen=True)
class Given:
    """What somebody answers. ``value`` is the plain form: ISO day, code of a country, yes or no, name of the file.

    ``keeps_file`` leaves the file as it is that was sent before.
    """

    question: Question
    value: str = ""
    options: tuple[QuestionOption, ...] = ()
    upload: ContentFile[bytes] | None = None
    keeps_file: bool = False

    @property
    def stored_value(self) -> str:
        """The value as it stands in the database."""
        return " ".join(option.key for option in self.options) if self.options else self.value

    @property
    def is_filled(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.stored_value)

    def file_path(self, registration: Registration) -> str:
        """Where the file of this answer lies; the same content lies in the same place."""
        return f"answers/{registration.guid}/{self.question.slug}-{self.upload.name}" if self.upload else ""


# --- Keeping ----------------------------------------------------------------------------------------------------


def keep_answers(registration: Registration, given: Iterable[Given], *, pool: Pool) -> None:
    """Store the answers of a new registration, in its transaction. Two queries, none without answers.

    The places of options are taken when the ``pool`` has locked everything else, by ``exchange_places``.
    """
    filled = [one for one in given if one.is_filled]
    if filled:
        pool.options |= _option_ids(filled)
        _insert(registration, filled)


def change_answers(registration: Registration, *, given: Iterable[Given], asked: Sequence[Question]) -> None:
    """Replace the answers to the questions ``asked``, in the transaction that holds the row of the registration.

    What is the same as before keeps its old wording; what is not given any more is taken back with its places.
    """
    wanted = {one.question.pk: one for one in given if one.is_filled}
    rows = list(Answer.objects.filter(registration=registration, question__in=asked).prefetch_related("choices"))
    known = {answer.question_id: answer for answer in rows if answer.erased_at is None}
    gone = [answer for pk, answer in known.items() if not _is_kept(answer, wanted.get(pk), registration)]
    gone += [answer for answer in rows if answer.erased_at and answer.question_id in wanted]
    kept = known.keys() - {answer.question_id for answer in gone}
    fresh = [one for pk, one in wanted.items() if pk not in kept and not one.keeps_file]
    before = [choice.option_id for answer in gone for choice in answer.choices.all()]
    _move_places(taken=_option_ids(fresh), given_back=before)
    _remove(gone)
    _insert(registration, fresh)


def exchange_places(pool: Pool) -> None:
    """Take the places of the options chosen while the pool was kept, and give back those of whoever has ended.

    No query where nothing was chosen and nobody has ended. Raises ``AnswerRefused`` where an option has no place left.
    """
    gone: list[int] = []
    if pool.ended:
        chosen = AnswerChoice.objects.filter(answer__registration__in=pool.ended)
        gone = list(chosen.values_list("option_id", flat=True))
    _move_places(taken=pool.options, given_back=gone)


def forget_answers(registration: Registration) -> None:
    """Delete all answers of somebody, with their files; the places of options are given back before."""
    _remove(list(Answer.objects.filter(registration=registration)))


@contextlib.contextmanager
def files_only_if_kept(registration: Registration, given: Iterable[Given]) -> Iterator[None]:
    """Take the files away again whose transaction, inside this, fails."""
    try:
        yield
    except BaseException:
        for path in filter(None, (one.file_path(registration) for one in given)):
            if not Answer.objects.filter(file=path).exists():
                private_storage().delete(path)
        raise


def _insert(registration: Registration, given: Sequence[Given]) -> None:
    rows = Answer.objects.bulk_create([_row(registration, one) for one in given])
    pairs = ((row, option) for row, one in zip(rows, given, strict=True) for option in one.options)
    AnswerChoice.objects.bulk_create([AnswerChoice(answer=row, option=option) for row, option in pairs])


def _row(registration: Registration, given: Given) -> Answer:
    question, language = given.question, get_language() or registration.language
    path = given.file_path(registration)
    return Answer(
        registration=registration,
        question=question,
        kind=question.kind,
        asked_as=in_language(question, "label", language),
        language=language,
        value=given.stored_value,
        words=words_of(given, language),
        file=_stored(path, given.upload) if given.upload else "",
    )


def _stored(path: str, upload: ContentFile[bytes]) -> str:
    storage = private_storage()
    return path if storage.exists(path) else storage.save(path, upload)


def words_of(given: Given, language: str) -> str:
    """Return what is chosen from a list in the words of this language; "" where the value speaks for itself."""
    if given.options:
        between = "；" if language.startswith("zh") else "; "
        return between.join(in_language(option, "label", language) for option in given.options)
    with override(language):
        if given.question.kind == QuestionKind.COUNTRY:
            return str(dict(countries).get(given.value, given.value))
        if given.question.kind == QuestionKind.YES_NO:
            return pgettext("answer", "Yes") if given.value == "yes" else pgettext("answer", "No")
    return ""


def _is_kept(answer: Answer, wanted: Given | None, registration: Registration) -> bool:
    if wanted is None or answer.kind != wanted.question.kind:
        return False
    if wanted.keeps_file:
        return True
    if wanted.upload:
        return str(answer.file) == wanted.file_path(registration)
    same_options = {choice.option_id for choice in answer.choices.all()} == {option.pk for option in wanted.options}
    return answer.value == wanted.stored_value and same_options


def _remove(answers: Sequence[Answer]) -> None:
    if not answers:
        return
    paths = [answer.file.name for answer in answers if answer.file]
    Answer.objects.filter(pk__in=[answer.pk for answer in answers]).delete()
    _delete_files(paths)


def _delete_files(paths: Iterable[Any]) -> None:
    for path in paths:
        transaction.on_commit(lambda path=path: private_storage().delete(path))  # type: ignore[misc]


# --- Places of options ------------------------------------------------------------------------------------------


def _option_ids(given: Iterable[Given]) -> set[int]:
    return {option.pk for one in given for option in one.options}


def _move_places(*, taken: Iterable[int], given_back: Iterable[int]) -> None:
    """Take and give back one place of each option: all or none, locked in one order. No query without options."""
    change = Counter(taken)
    change.subtract(given_back)
    moved = {pk: number for pk, number in change.items() if number}
    if not moved:
        return
    options = QuestionOption.objects.select_for_update(no_key=True)
    locked = list(options.filter(pk__in=moved).order_by("pk"))
    wanted = [pk for pk, number in moved.items() if number > 0]
    if wanted:
        is_free = Q(capacity__isnull=True) | Q(taken__lt=F("capacity"))
        if QuestionOption.objects.filter(is_free, pk__in=wanted).update(taken=F("taken") + 1) != len(wanted):
            raise _refusal([option for option in locked if option.pk in wanted])
    for number in sorted({-number for number in moved.values() if number < 0}):
        less = [pk for pk, change in moved.items() if change == -number]
        QuestionOption.objects.filter(pk__in=less).update(taken=Greatest(F("taken") - number, 0))


def _refusal(options: Sequence[QuestionOption]) -> AnswerRefused:
    option = next((option for option in options if option.is_full), options[0])
    sentence = _("“%(option)s” has no place left. Please choose something else.") % {"option": option}
    return AnswerRefused(sentence, slug=option.question.slug)


def change_option_capacity(option: QuestionOption, *, capacity: int | None) -> QuestionOption:
    """Set the number of places of an option (``None``: without limit); never fewer than are taken."""
    with transaction.atomic():
        locked = QuestionOption.objects.select_for_update(no_key=True).get(pk=option.pk)
        if capacity is not None and capacity < locked.taken:
            raise DomainError(_("%(taken)s places are taken already.") % {"taken": locked.taken})
        QuestionOption.objects.filter(pk=option.pk).update(capacity=capacity)
    option.capacity = capacity
    return option


# --- Erasing ----------------------------------------------------------------------------------------------------


def erase_answers(question: Question) -> int:
    """Blank all answers to a question, with their files and chosen options; return how many were erased."""
    count = 0
    while chunk := list(Answer.objects.filter(question=question, erased_at=None)[:500]):
        with transaction.atomic():
            ids = [answer.pk for answer in chunk]
            AnswerChoice.objects.filter(answer__in=ids).delete()
            blank = {"value": "", "words": "", "file": "", "erased_at": timezone.now()}
            Answer.objects.filter(pk__in=ids).update(**blank)
            _delete_files(answer.file.name for answer in chunk if answer.file)
        count += len(chunk)
    return count


def erase_due_answers() -> int:
    """Erase the sensitive answers whose day has come; return how many. Harmless when called again."""
    has_answers = Question.objects.filter(is_sensitive=True, answers__erased_at=None, answers__isnull=False).distinct()
    due = [question for question in has_answers.select_related("event") if question.is_over]
    return sum(each_by_itself(due, erase_answers))
