"""When a question is asked: a small grammar of conditions, decided here and, word for word the same, in the page.

A condition is empty (always), or one of::

    {"all": [condition, …]}     {"any": [condition, …]}     {"not": condition}
    {"question": "role", "is": "press"}        the answer is exactly this
    {"question": "days", "includes": "day-2"}  one of the chosen options is this
    {"question": "diet", "filled": true}       something was answered
    {"ticket_type": ["on-site", …]}            {"language": ["en", …]}

``forum_site/static/js/questions.js`` is its twin: who changes one changes both; a test compares them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

Condition = dict[str, Any]
#: What somebody has entered: the words of one field, or the chosen keys of several.
Answers = Mapping[str, str | Sequence[str]]

MOST_DEPTH, MOST_PARTS = 6, 120
LONGEST_NUMBER = 40
TESTS = ("is", "includes", "filled")
_INVISIBLE = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}
_NUMBER = re.compile(r"([+-]?)0*([0-9]+)(?:\.([0-9]*?)0*)?", re.ASCII)
_BLANKS = re.compile("[\t\n\v\f\r \u00a0\u3000]+")


@dataclass(frozen=True)
class Asked:
    """A question as far as conditions know it. ``options`` are the keys one can choose; ``None``: free words."""

    slug: str
    condition: Condition = field(default_factory=dict)
    options: frozenset[str] | None = None
    takes_several: bool = False
    label: str = ""


@dataclass(frozen=True)
class Circumstances:
    """What is known beside the answers: the slug of the ticket type ("" while none is chosen) and the language."""

    ticket_type: str = ""
    language: str = ""


def asked_slugs(questions: Iterable[Asked], answers: Answers, around: Circumstances) -> list[str]:
    """Return which of the questions, given in their order, are asked. The answer to one that is not does not count."""
    asked: list[str] = []
    counted: dict[str, str | Sequence[str]] = {}
    for question in questions:
        if holds(question.condition, counted, around):
            asked.append(question.slug)
            counted[question.slug] = answers.get(question.slug, "")
    return asked


def holds(condition: Condition, answers: Answers, around: Circumstances) -> bool:
    """Whether the condition is true; an empty one always is."""
    if "all" in condition:
        return all(holds(part, answers, around) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, answers, around) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers, around)
    if "ticket_type" in condition:
        return around.ticket_type in condition["ticket_type"]
    if "language" in condition:
        return around.language in condition["language"]
    return _answer_holds(condition, answers.get(condition["question"], "")) if "question" in condition else True


def _answer_holds(condition: Condition, answer: str | Sequence[str]) -> bool:
    chosen = [answer] if isinstance(answer, str) else list(answer)
    if "filled" in condition:
        return condition["filled"] == any(is_filled(text) for text in chosen)
    if "includes" in condition:
        return plain(condition["includes"]) in map(plain, chosen)
    return len(chosen) == 1 and plain(chosen[0]) == plain(condition["is"])


def settled(condition: Condition, answers: Answers) -> Condition:
    """Return the condition with all parts decided that look at one of these answers, where a page does not ask them."""
    for word in ("all", "any"):
        if word in condition:
            return {word: [settled(part, answers) for part in condition[word]]}
    if "not" in condition:
        return {"not": settled(condition["not"], answers)}
    if condition.get("question") not in answers:
        return condition
    return {} if _answer_holds(condition, answers[condition["question"]]) else {"not": {}}


def is_filled(text: str) -> bool:
    """Whether something of the text can be seen."""
    return any(unicodedata.category(sign) not in _INVISIBLE for sign in text)


def plain(text: str) -> str:
    """The text by which answers are compared: without blanks around it, numbers in their shortest form."""
    text = _BLANKS.sub(" ", text).strip(" ")
    match = _NUMBER.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
    if match is None:
        return text
    sign, whole, rest = match[1], match[2], match[3] or ""
    number = f"{whole}.{rest}" if rest else whole
    return f"-{number}" if sign == "-" and number != "0" else number


# --- Checking what is saved -------------------------------------------------------------------------------------


def problems(condition: Any, *, own: str, earlier: Sequence[Asked], later: Sequence[Asked],
             ticket_types: Iterable[str], languages: Iterable[str]) -> list[str]:  # fmt: skip
    """Return a sentence for everything that is wrong with the condition of the question ``own``."""
    if not _is_well_formed(condition):
        return [_("The condition cannot be understood.")]
    leaves = list(_leaves(condition))
    if len(leaves) > MOST_PARTS:
        return [_("The condition has too many parts.")]
    known = {one.slug: one for one in earlier}
    after = {one.slug: one for one in later}
    types, codes = set(ticket_types), set(languages)
    found = [_problem(leaf, own, known, after, types, codes) for leaf in leaves]
    return list(dict.fromkeys(sentence for sentence in found if sentence))


def mentioned(condition: Condition) -> set[str]:
    """Return the slugs of the questions on whose answers the condition depends."""
    return {leaf["question"] for leaf in _leaves(condition) if "question" in leaf}


def _problem(leaf: Condition, own: str, earlier: dict[str, Asked], later: dict[str, Asked],
             ticket_types: set[str], languages: set[str]) -> str:  # fmt: skip
    if "ticket_type" in leaf:
        unknown = set(leaf["ticket_type"]) - ticket_types
        return _("There is no ticket type “%s”.") % min(unknown) if unknown else ""
    if "language" in leaf:
        unknown = set(leaf["language"]) - languages
        return _("There is no language “%s”.") % min(unknown) if unknown else ""
    slug = leaf["question"]
    if slug == own:
        return _("A question cannot depend on its own answer.")
    if slug in later:
        return _("“%s” is asked later. A condition may only look at questions that stand before.") % later[slug].label
    return _wrong_test(leaf, earlier[slug]) if slug in earlier else _("There is no question “%s” here.") % slug


def _wrong_test(leaf: Condition, question: Asked) -> str:
    if "filled" in leaf:
        return ""
    if ("includes" in leaf) != question.takes_several:
        return _("The answer to “%s” cannot be compared in this way.") % question.label
    value = leaf.get("includes", leaf.get("is"))
    if question.options is not None and value not in question.options:
        return _("“%(question)s” has no option “%(option)s”.") % {"question": question.label, "option": value}
    return ""


def _leaves(condition: Condition) -> Iterator[Condition]:
    for part in condition.get("all") or condition.get("any") or []:
        yield from _leaves(part)
    if "not" in condition:
        yield from _leaves(condition["not"])
    if condition.keys() & {"question", "ticket_type", "language"}:
        yield condition


def _is_well_formed(condition: Any, depth: int = 0) -> bool:
    if condition == {} and depth == 0:
        return True
    if not isinstance(condition, dict) or depth > MOST_DEPTH:
        return False
    if len(condition) == 1:
        (word, inside), *_rest = condition.items()
        if word in {"all", "any"}:
            return _is_list(inside) and all(_is_well_formed(part, depth + 1) for part in inside)
        if word == "not":
            return _is_well_formed(inside, depth + 1)
        return word in {"ticket_type", "language"} and _is_list(inside) and all(isinstance(x, str) for x in inside)
    test = next((test for test in TESTS if test in condition), "")
    value = condition.get(test)
    fits = isinstance(value, bool) if test == "filled" else isinstance(value, str)
    return len(condition) == 2 and isinstance(condition.get("question"), str) and fits


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value)
