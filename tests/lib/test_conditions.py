"""Conditions of questions: what they say, and what is refused when they are saved."""

from __future__ import annotations

from typing import Any

import pytest

from forum_site.lib.conditions import Asked, Circumstances, asked_slugs, holds, mentioned, plain, problems

BEFORE = "A condition may only look at questions that stand before."
HERE = Circumstances(ticket_type="on-site", language="en")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, True),
        ({"question": "role", "is": "press"}, True),
        ({"question": "role", "is": "Press"}, False),
        ({"not": {"question": "role", "is": "press"}}, False),
        ({"question": "days", "includes": "second"}, True),
        ({"question": "days", "includes": "third"}, False),
        ({"question": "note", "filled": True}, False),
        ({"question": "note", "filled": False}, True),
        ({"question": "unknown", "filled": True}, False),
        ({"ticket_type": ["online", "on-site"]}, True),
        ({"language": ["zh-hans"]}, False),
        ({"all": [{"question": "role", "is": "press"}, {"language": ["zh-hans"]}]}, False),
        ({"any": [{"question": "role", "is": "press"}, {"language": ["zh-hans"]}]}, True),
        (
            {"all": [{"any": [{"language": ["en"]}, {"language": ["zh-hans"]}]}, {"question": "days", "filled": True}]},
            True,
        ),
    ],
)
def test_a_condition_is_decided(condition, expected):
    answers = {"role": " press ", "days": ["first", "second"], "note": " \u200e\t"}

    assert holds(condition, answers, HERE) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("007", "7"),
        ("-0.0", "0"),
        ("+1.50", "1.5"),
        ("1.", "1"),
        (" a\u3000 b ", "a b"),
        ("0" * 41, "0" * 41),
        ("1e3", "1e3"),
    ],
)
def test_numbers_and_blanks_are_compared_in_one_form(text, expected):
    assert plain(text) == expected


def test_the_answer_to_a_question_that_is_not_asked_does_not_count():
    questions = [
        Asked("role"),
        Asked("medium", {"question": "role", "is": "press"}),
        Asked("camera", {"question": "medium", "is": "tv"}),
    ]
    assert asked_slugs(questions, {"role": "press", "medium": "tv"}, HERE) == ["role", "medium", "camera"]
    assert asked_slugs(questions, {"role": "guest", "medium": "tv"}, HERE) == ["role"]


def refusals(condition: Any) -> list[str]:
    earlier = [
        Asked("role", options=frozenset({"press", "guest"}), label="Your role?"),
        Asked("days", options=frozenset({"first"}), takes_several=True, label="Which days?"),
    ]
    return problems(
        condition,
        own="camera",
        earlier=earlier,
        later=[Asked("note", label="Anything else?")],
        ticket_types=["on-site"],
        languages=["en", "zh-hans"],
    )


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ({"question": "camera", "filled": True}, "A question cannot depend on its own answer."),
        ({"question": "note", "filled": True}, f"“Anything else?” is asked later. {BEFORE}"),
        ({"question": "gone", "filled": True}, "There is no question “gone” here."),
        ({"question": "role", "is": "minister"}, "“Your role?” has no option “minister”."),
        ({"question": "role", "includes": "press"}, "The answer to “Your role?” cannot be compared in this way."),
        ({"question": "days", "is": "first"}, "The answer to “Which days?” cannot be compared in this way."),
        ({"ticket_type": ["vip"]}, "There is no ticket type “vip”."),
        ({"language": ["fr"]}, "There is no language “fr”."),
        ({"all": [{"not": {"question": "gone", "filled": True}}]}, "There is no question “gone” here."),
        ({"all": [{"question": "role", "is": "press"}] * 121}, "The condition has too many parts."),
    ],
)  # fmt: skip
def test_a_wrong_condition_is_refused_with_a_sentence(condition, sentence):
    assert refusals(condition) == [sentence]


@pytest.mark.parametrize(
    "condition",
    [
        None,
        [],
        "role",
        {"all": []},
        {"all": "role"},
        {"all": [{}]},
        {"question": "role"},
        {"question": "role", "is": 3},
        {"question": "role", "filled": "yes"},
        {"question": "role", "is": "press", "filled": True},
        {"ticket_type": "on-site"},
        {"xor": [{"language": ["en"]}]},
        {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"language": ["en"]}}}}}}}},
    ],
)
def test_what_is_no_condition_is_refused(condition):
    assert refusals(condition) == ["The condition cannot be understood."]


def test_a_right_condition_is_taken():
    condition = {"any": [{"question": "role", "is": "press"}, {"not": {"question": "days", "includes": "first"}}]}

    assert refusals(condition) == []
    assert refusals({}) == []
    assert mentioned(condition) == {"role", "days"}
