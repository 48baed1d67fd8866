"""Questions in a real browser: they come and go as the server decides, whatever was answered."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum_site.lib.conditions import Asked, Circumstances, asked_slugs
from registrations.models import Answer, Registration
from tests.factories import make_event, make_question, make_ticket_type

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODULE = Path("forum_site/static/js/questions.js").read_text()
TYPES, LANGUAGES = ["online", "onsite", ""], ["en", "zh-hans"]
WORDS = [
    "",
    "a",
    "b",
    "yes",
    " yes ",
    "7",
    "007.0",
    "+7",
    "-0",
    "0.50",
    ".5",
    "1.",
    "1e1",
    "\u3000",
    "\u200e\ufeff",
    "七",
]
#: Everything travels as one text: it is much quicker than value by value.
COMPARE = """([module, text]) => import(URL.createObjectURL(new Blob([module], {type: "text/javascript"})))
  .then(({askedSlugs}) => {
    const [questions, cases] = JSON.parse(text);
    return JSON.stringify(cases.map(([answers, around]) =>
      askedSlugs(questions, new Map(Object.entries(answers)), around)));
  })"""


@pytest.fixture
def blank_page(browser: Any) -> Any:
    """A page without a policy of its own, in which the module can be loaded from its text."""
    return browser.new_context().new_page()


def random_condition(chance: random.Random, slugs: list[str], depth: int = 0) -> dict[str, Any]:
    """A condition on earlier answers, the ticket type or the language, nested up to four deep."""
    word = chance.choice(["all", "any", "not", "part", "part"] if depth < 4 else ["part"])
    if word in {"all", "any"}:
        return {word: [random_condition(chance, slugs, depth + 1) for _number in range(chance.randint(1, 3))]}
    if word == "not":
        return {"not": random_condition(chance, slugs, depth + 1)}
    test = chance.choice(["ticket_type", "language", *["is", "includes", "filled"] * bool(slugs)])
    if test in {"ticket_type", "language"}:
        return {test: chance.choices(TYPES[:2] if test == "ticket_type" else LANGUAGES, k=chance.randint(1, 2))}
    value = chance.random() < 0.5 if test == "filled" else chance.choice(WORDS)
    return {"question": chance.choice(slugs), test: value}


def random_form(chance: random.Random) -> list[tuple[str, Any]]:
    """Forty questions, most of them with a condition on those before."""
    slugs = [f"q{number}" for number in range(40)]
    earlier = (slugs[max(0, number - 6) : number] for number in range(40))
    return [(slug, random_condition(chance, before) if chance.random() < 0.8 else {})
            for slug, before in zip(slugs, earlier, strict=True)]  # fmt: skip


def random_cases(form: list[tuple[str, Any]], chance: random.Random, count: int) -> list[Any]:
    """Answers as they are entered, with the ticket type and the language of the page."""

    def entered() -> Any:
        return chance.choice([chance.choice(WORDS), chance.choices(WORDS, k=chance.randrange(3))])

    return [
        ({slug: entered() for slug, _condition in form}, chance.choice(TYPES), chance.choice(LANGUAGES))
        for _number in range(count)
    ]


@given(seed=st.integers())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_forty_questions_are_asked_alike_on_the_server_and_in_the_page(blank_page, seed):
    chance = random.Random(seed)
    form = random_form(chance)
    cases = random_cases(form, chance, 200)
    questions = [Asked(slug, condition) for slug, condition in form]
    sent = [{"slug": slug, "condition": condition} for slug, condition in form]

    on_server = [asked_slugs(questions, answers, Circumstances(*around)) for answers, *around in cases]
    arguments = [[answers, {"ticketType": kind, "language": language}] for answers, kind, language in cases]
    in_page = blank_page.evaluate(COMPARE, [MODULE, json.dumps([sent, arguments])])

    assert json.loads(in_page) == on_server


def test_questions_come_and_go_while_the_form_is_filled_in(browser, live_server, settings):
    settings.FORM_MINIMUM_SECONDS = 0
    event = make_event()
    onsite = make_ticket_type(event, slug="onsite", name_en="On site")
    make_ticket_type(event, slug="online", name_en="Online")
    make_question(
        event, "choice", slug="role", label_en="Role?", is_required=True, options={"press": None, "guest": None}
    )
    make_question(
        event, slug="medium", label_en="Medium?", is_required=True, condition={"question": "role", "is": "press"}
    )
    make_question(event, slug="diet", label_en="Diet?", section_en="Your stay", ticket_types=[onsite])
    page = browser.new_context(locale="en-GB").new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/en/events/{event.slug}/register/")
    place = page.locator("[data-question]")

    assert [place.nth(number).is_visible() for number in range(3)] == [True, False, False]
    page.get_by_label("Press").check()
    page.get_by_label("On site").check()
    assert page.get_by_label("Medium?").is_visible()
    assert page.get_by_text("Your stay").is_visible()
    page.fill("[name=full_name]", "Ada")
    page.fill("[name=email]", "ada@example.org")
    page.fill("[name=organization]", "Institute")
    page.select_option("[name=country]", "KE")
    page.check("[name=consent]")
    page.locator("form.form button").click()
    page.wait_for_selector("#errors:focus")
    page.locator(".error-summary a").click()
    page.wait_for_selector("[name=q-medium]:focus")
    page.get_by_label("Guest").check()
    assert not page.get_by_label("Medium?").is_visible()
    page.locator("form.form button").click()
    page.wait_for_url("**/done/**")

    assert complaints == []
    assert Registration.objects.count() == 1
    assert [answer.value for answer in Answer.objects.all()] == ["guest"]


def test_without_a_script_everything_is_asked_and_the_server_decides(browser, live_server, settings):
    settings.FORM_MINIMUM_SECONDS = 0
    event = make_ticket_type().event
    make_question(event, "yes_no", slug="press", label_en="Press?", is_required=True)
    make_question(
        event, slug="medium", label_en="Medium?", is_required=True, condition={"question": "press", "is": "yes"}
    )
    page = browser.new_context(locale="en-GB", java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/en/events/{event.slug}/register/")

    assert page.get_by_label("Medium?").is_visible()
    assert page.get_by_text("Only where it applies to you").is_visible()
    page.fill("[name=full_name]", "Ada")
    page.fill("[name=email]", "ada@example.org")
    page.fill("[name=organization]", "Institute")
    page.select_option("[name=country]", "KE")
    page.get_by_label("No", exact=True).check()
    page.check("[name=consent]")
    page.locator("form.form button").click()

    page.wait_for_url("**/done/**")
