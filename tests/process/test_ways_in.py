"""Everybody at once by ways that few may go: each is used exactly as often as it may be, and no answer is an error.

All races run on one site with four processes, each at an edition of its own.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.databases import new_database
from tests.process.site_data import post
from tests.processes import RunningSite, running_site

pytestmark = [pytest.mark.process, pytest.mark.both_databases]

#: One edition for each race; what the test must know of it is printed.
SEED = """
import json
from registrations.domain.groups import Person, register_group
from registrations.domain.transfer import offer_transfer
from tests.factories import *
def seats(slug, **fields):
    return make_ticket_type(make_event(slug=slug), **fields)
make_code(seats("code", is_hidden=True), code="ONCE", most_uses=1)
make_question(seats("option").event, "choice", slug="bus", options={"early": 5, "late": None})
seats("group", capacity=2)
delegation = make_delegation(seats("delegation"), places=3)
claimed = seats("claim")
contact = {"contact_name": "Ada", "contact_email": "ada@example.org", "language": "en", "consent_text": "Yes."}
entered = [Person("", "", "Institute", "KE")]
group = register_group(claimed.event, ticket_type=claimed, people=entered, waits_together=False, **contact)
given = make_registration(seats("transfer", capacity=1))
transfer = offer_transfer(given, full_name="Grace", email="grace@example.org", language="en")
crowd = seats("cancel", capacity=20, promotes_at_once=True)
people = [make_registration(crowd).secret for _ in range(40)]
print(json.dumps({
    "delegation": delegation.secret, "claim": group.members.get().secret, "transfer": transfer.secret, "people": people
}))
"""

REPORT = """
import json
from forum_site.mail.models import EmailMessage
from registrations.models import QuestionOption, Registration, TicketType
rows = Registration.objects.filter(event__slug="{slug}").order_by("waiting_number", "pk")
print(json.dumps({{
    "taken": TicketType.objects.get(event__slug="{slug}").seats_taken,
    "statuses": list(rows.values_list("status", flat=True)),
    "together": list(rows.filter(group__waits_together=True).values_list("status", flat=True)),
    "positions": [row.waiting_position() for row in rows.filter(status="waitlisted")],
    "emails": list(rows.filter(is_unclaimed=False).values_list("email", flat=True)),
    "mails": list(EmailMessage.objects.filter(
        reference__in=[f"registration:{{row.guid}}" for row in rows]).values_list("kind", flat=True)),
    "options": list(QuestionOption.objects.filter(
        question__event__slug="{slug}").order_by("pk").values_list("taken", flat=True)),
}}))
"""


@pytest.fixture(scope="module")
def site(
    django_db_setup: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[RunningSite, dict[str, Any]]]:
    """A running site, and the secrets of those who race on it."""
    folder = tmp_path_factory.mktemp("ways")
    with (
        new_database(folder, django_db_setup) as url,
        running_site(url, is_migrated=True, WEB_CONCURRENCY="4") as running,
    ):
        yield running, json.loads(running.manage("shell", "-v", "0", "-c", SEED).strip().splitlines()[-1])


def report(site: RunningSite, slug: str) -> dict[str, Any]:
    """What stands in the database of one edition."""
    found = site.manage("shell", "-v", "0", "-c", REPORT.format(slug=slug))
    return dict(json.loads(found.strip().splitlines()[-1]))


def person(number: int, **fields: str) -> dict[str, str]:
    """What somebody enters."""
    own = {"full_name": f"Guest {number}", "email": f"guest{number}@example.org"}
    return own | {"organization": "Institute", "country": "KE", "language": "en", "consent": "on"} | fields


def at_once(site: RunningSite, *posts: tuple[str, dict[str, str]]) -> list[int]:
    """Send all of them at the same time, and return the answers."""
    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(lambda one: post(site, one[0], **one[1]), posts))


def test_a_code_for_one_is_used_once(site):
    page = "events/code/register/"
    answers = at_once(site[0], *[(page, person(number, code="ONCE")) for number in range(50)])
    found = report(site[0], "code")

    assert Counter(answers) == {302: 1, 200: 49}
    assert (found["statuses"], found["taken"]) == (["confirmed"], 1)


def test_an_option_is_chosen_as_often_as_it_has_places(site):
    bus = {"q-bus": "early"}
    answers = at_once(site[0], *[("events/option/register/", person(number, **bus)) for number in range(30)])
    found = report(site[0], "option")

    assert Counter(answers) == {302: 5, 200: 25}
    assert found["options"] == [5, 0]
    assert (found["statuses"], found["taken"]) == (["confirmed"] * 5, 5)


def test_groups_and_single_people_share_the_last_seats(site):
    def group(number: int, waits: str) -> tuple[str, dict[str, str]]:
        named = {f"name-{one}": f"Member {number}-{one}" for one in (1, 2, 3)}
        named |= {f"email-{one}": f"member{number}-{one}@example.org" for one in (1, 2, 3)}
        contact = {"contact_name": "Ada", "contact_email": f"ada{number}@example.org", "waits": waits}
        return "events/group/register/group/", person(0) | contact | named

    single = [("events/group/register/", person(number)) for number in range(10)]
    answers = at_once(site[0], group(1, "together"), *single[:5], group(2, "single"), *single[5:], group(3, "together"))
    found = report(site[0], "group")

    assert set(answers) == {302}
    assert Counter(found["statuses"]) == {"confirmed": 2, "waitlisted": 17}
    assert (found["together"], found["taken"]) == (["waitlisted"] * 6, 2)
    assert found["positions"] == list(range(1, 18))


def test_a_delegation_has_no_more_people_than_places_in_two_tabs(site):
    page = f"delegations/{site[1]['delegation']}/"
    table = "\n".join(f"Pasted {number},pasted{number}@example.org" for number in range(3))
    pasted = person(0, full_name="", email="", pasted=table)
    answers = at_once(site[0], (page, pasted), *[(page, person(number)) for number in range(8)])
    found = report(site[0], "delegation")

    assert set(answers) <= {200, 302}
    assert (found["statuses"], found["taken"]) == (["confirmed"] * 3, 3)


def test_a_place_is_claimed_by_one_of_many(site):
    page = f"registrations/{site[1]['claim']}/claim/"
    answers = at_once(site[0], *[(page, person(number)) for number in range(20)])
    found = report(site[0], "claim")

    assert set(answers) <= {200, 302, 404}  # the link is dead as soon as somebody has claimed the place
    assert (len(found["emails"]), found["statuses"], found["taken"]) == (1, ["confirmed"], 1)
    assert found["mails"] == ["registration_confirmed"]


def test_a_place_goes_over_once(site):
    page = f"transfers/{site[1]['transfer']}/"
    answers = at_once(site[0], *[(page, person(number)) for number in range(20)])
    found = report(site[0], "transfer")

    assert Counter(answers)[302] == 1
    assert set(answers) <= {200, 302, 404}
    assert (sorted(found["statuses"]), found["taken"]) == (["cancelled", "confirmed"], 1)
    assert Counter(found["mails"])["registration_handed_over"] == 1


def test_seats_given_up_go_to_those_who_wait_and_give_up_too(site):
    holding, waiting = site[1]["people"][:20], site[1]["people"][20:]
    leaving = [*holding[:10], *waiting[:10]]  # the first ten who wait leave while they get a seat
    answers = at_once(site[0], *[(f"registrations/{one}/cancel/", {}) for one in [*leaving, *leaving]])
    found = report(site[0], "cancel")

    assert set(answers) == {302}
    assert Counter(found["statuses"]) == {"confirmed": 20, "cancelled": 20}
    assert (found["taken"], found["positions"]) == (20, [])
    assert Counter(found["mails"])["registration_cancelled"] == 20
