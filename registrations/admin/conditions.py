"""The editor of a question's condition: rows of choices that everybody can read, no grammar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django_countries import countries

from forum_site.lib.conditions import Condition
from registrations.enums import HAS_OPTIONS, QuestionKind
from registrations.models import Question, TicketType

TICKET_TYPE, LANGUAGE = "ticket_type", "language"
ALWAYS, ALL, ANY, KEEP = "", "all", "any", "keep"
MODES = [
    (ALWAYS, _("always")),
    (ALL, _("only if all of these are true")),
    (ANY, _("only if at least one of these is true")),
]
GROUP_MODES = [(ALL, _("all of these are true")), (ANY, _("at least one of these is true"))]
TESTS = [
    ("is", _("is, or includes")),
    ("is_not", _("is not, or does not include")),
    ("filled", _("is answered")),
    ("empty", _("is not answered")),
]
SPARE_ROWS = 1


@dataclass
class Row:
    """One line of the editor: what is looked at, how, and with which value ("subject=key")."""

    subject: str = ""
    test: str = "is"
    value: str = ""


@dataclass
class Group:
    """Lines of which all, or at least one, have to be true."""

    mode: str = ALL
    rows: list[Row] = field(default_factory=list)


@dataclass
class Draft:
    """What the editor shows: the groups, of which the first has no mode of its own."""

    mode: str = ALWAYS
    groups: list[Group] = field(default_factory=lambda: [Group()])
    kept: Condition = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """What a row may look at, with the values it may have; none where only "is answered" makes sense."""

    key: str
    label: str
    values: list[tuple[str, str]]
    takes_several: bool = False


def subjects_of(event_id: int | None, *, without: int | None = None) -> list[Subject]:
    """Return what conditions at an edition may look at. Three queries."""
    if event_id is None:
        return []
    types = [(one.slug, str(one)) for one in TicketType.objects.filter(event=event_id).order_by("position")]
    found = Question.objects.asked().filter(event=event_id).exclude(pk=without)
    fixed = [Subject(TICKET_TYPE, now("Ticket type"), types), Subject(LANGUAGE, now("Language"), settings.LANGUAGES)]
    return [*fixed, *map(_subject, found)]


def _subject(question: Question) -> Subject:
    label = f"{question.position}. {question}"
    return Subject(f"q-{question.slug}", label, _values(question), question.kind == QuestionKind.SEVERAL)


def _values(question: Question) -> list[tuple[str, str]]:
    if question.kind in HAS_OPTIONS:
        return [(option.key, str(option)) for option in question.options.all()]
    if question.kind == QuestionKind.YES_NO:
        return [("yes", pgettext("answer", "Yes")), ("no", pgettext("answer", "No"))]
    if question.kind == QuestionKind.COUNTRY:
        return [(code, str(name)) for code, name in countries]
    return []


# --- Reading what is stored -------------------------------------------------------------------------------------


def draft_of(condition: Condition) -> Draft:
    """Return the rows of a condition; one that is nested deeper is kept as it is until another one is chosen."""
    if not condition:
        return Draft()
    mode = next((word for word in (ALL, ANY) if word in condition), "")
    parts = condition[mode] if mode else [condition]
    draft = Draft(mode or ALL)
    for part in parts:
        inner = next((word for word in (ALL, ANY) if word in part), "")
        rows = [_row(leaf) for leaf in (part[inner] if inner else [part])]
        if None in rows:
            return Draft(KEEP, kept=condition)
        known = [row for row in rows if row]
        if inner:
            draft.groups.append(Group(inner, known))
        else:
            draft.groups[0].rows += known
    return draft


def _row(leaf: Condition) -> Row | None:
    is_not = "not" in leaf
    leaf = leaf["not"] if is_not else leaf
    for name in (TICKET_TYPE, LANGUAGE):
        if name in leaf:
            values = leaf[name]
            return Row(name, "is_not" if is_not else "is", f"{name}={values[0]}") if len(values) == 1 else None
    if "question" not in leaf:
        return None
    subject = f"q-{leaf['question']}"
    if "filled" in leaf:
        return Row(subject, "filled" if leaf["filled"] != is_not else "empty")
    return Row(subject, "is_not" if is_not else "is", f"{subject}={leaf.get('is', leaf.get('includes'))}")


# --- Writing what is entered ------------------------------------------------------------------------------------


def condition_of(draft: Draft, subjects: Sequence[Subject]) -> Condition:
    """Return the condition that the rows say. Raises ``ValidationError`` naming the row that makes no sense."""
    if draft.mode == KEEP:
        return draft.kept
    if draft.mode == ALWAYS:
        return {}
    known = {subject.key: subject for subject in subjects}
    first, *others = draft.groups or [Group()]
    parts = list(_leaves(first.rows, known))
    for group in others:
        if leaves := list(_leaves(group.rows, known)):
            parts.append({group.mode: leaves} if len(leaves) > 1 else leaves[0])
    if not parts:
        raise ValidationError(_("Fill in a row, or ask the question always."))
    return {draft.mode: parts}


def _leaves(rows: Iterable[Row], known: dict[str, Subject]) -> Iterator[Condition]:
    for row in rows:
        if row.subject:
            yield _leaf(row, known)


def _leaf(row: Row, known: dict[str, Subject]) -> Condition:
    subject = known.get(row.subject)
    if subject is None or row.test not in dict(TESTS):
        raise ValidationError(_("Choose what each row looks at."))
    slug = subject.key.removeprefix("q-")
    is_question = subject.key.startswith("q-")
    if row.test in {"filled", "empty"}:
        if not is_question:
            raise ValidationError(_("Choose a value for “%(label)s”.") % {"label": subject.label})
        return {"question": slug, "filled": row.test == "filled"}
    key = row.value.partition("=")[2] if row.value.startswith(f"{subject.key}=") else ""
    if not any(key == value for value, _words in subject.values):
        sentence = (
            _("Choose a value for “%(label)s”.") if subject.values else _("“%(label)s” can only be answered or not.")
        )
        raise ValidationError(sentence % {"label": subject.label})
    test = "includes" if subject.takes_several else "is"
    leaf = {"question": slug, test: key} if is_question else {subject.key: [key]}
    return {"not": leaf} if row.test == "is_not" else leaf


# --- The field --------------------------------------------------------------------------------------------------


class ConditionWidget(forms.Widget):
    """Rows of three choices each; a script adds rows, without it one spare row appears after every save."""

    template_name = "admin/widgets/condition.html"
    subjects: Sequence[Subject] = ()

    class Media:
        js = [Script("js/admin-conditions.js", type="module")]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Draft:
        """Read the rows."""
        draft = Draft(data.get(f"{name}-mode", ALWAYS), groups=[])
        count = str(data.get(f"{name}-groups", "0"))
        for number in range(min(int(count) if count.isdecimal() else 0, 20)):
            lists = [data.getlist(f"{name}-{number}-{part}") for part in ("subject", "test", "value")]
            rows = [Row(*parts) for parts in zip(*lists, strict=False)]
            draft.groups.append(Group(ANY if data.get(f"{name}-{number}-mode") == ANY else ALL, rows))
        return draft

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether the editor was in the form at all."""
        return f"{name}-groups" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Give the template groups and rows with spare ones at their ends."""
        context = super().get_context(name, value, attrs)
        draft = value if isinstance(value, Draft) else draft_of(value or {})
        groups = [*draft.groups, *([Group(ANY)] if len(draft.groups) < 2 else [])]
        shown = [Group(one.mode, [*one.rows, *[Row()] * SPARE_ROWS]) for one in groups]
        kept = [(KEEP, now("as it is: nested deeper than these rows can show"))] if draft.mode == KEEP else []
        context["widget"] |= {
            "mode": draft.mode,
            "modes": [*kept, *MODES],
            "groups": shown,
            "group_modes": GROUP_MODES,
            "subjects": self.subjects,
            "tests": TESTS,
            "values": [
                (one.key, one.label, [(f"{one.key}={key}", words) for key, words in one.values])
                for one in self.subjects
                if one.values
            ],
        }
        return context


class ConditionField(forms.Field):
    """The condition as rows."""

    widget = ConditionWidget

    def __init__(self, *, subjects: Sequence[Subject] = (), stored: Condition | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.stored = stored or {}
        self.widget.subjects = subjects

    def clean(self, value: Any) -> Condition:
        """Turn the rows into a condition."""
        if value.mode == KEEP:
            return self.stored
        return condition_of(value, self.widget.subjects)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what the rows say."""
        try:
            return (initial or {}) != self.clean(data)
        except ValidationError:
            return True
