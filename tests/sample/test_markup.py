"""Every kind of page in every state is clean HTML, in both languages."""

from __future__ import annotations

import pytest

from events.models import Event
from forum_site.pages import views
from tests.journeys.test_public_pages import LATER_PAGES, PAGES
from tests.markup import faults_of
from tests.sample.conftest import SUNDAY
from tests.sample_moments import SLUG, moments_from
from tests.sample_states import EDITIONS, SEED, address_in

#: What is tested does not depend on the database, and a strict parser takes its time.
pytestmark = pytest.mark.process
FORUM = f"events/{SLUG}/"
MORE = [f"{FORUM}practical-information/", f"{FORUM}register/group/", f"{FORUM}register/group/done/"]
MORE += [f"{FORUM}register/{step}/" for step in ("resend", "erased", "renewed")]
MORE += [f"{FORUM}agenda/?q=nothing-has-this", f"{FORUM}agenda/?q=governance", "events/aicg-2021/partners/undp/"]
MORE += [f"events/{slug}/{page}" for slug in EDITIONS for page in ("", "agenda/", "register/")]
MORE += ["nowhere/", "transfers/unknown/"]
LANGUAGES = ["en", "zh-hans"]


def assert_clean(answers):
    """Each page is what it should be: one that says something, perhaps that there is nothing."""
    faults = {name: faults_of(answer.content.decode()) for name, answer in answers.items()}
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_every_state_are_clean_html(sample, client, language, time_machine):
    time_machine.move_to(SUNDAY, tick=False)
    exec(SEED, states := {})

    answers = {one: client.get(address_in(language, one)) for one in (*PAGES, *MORE, *states["pages"].values())}

    assert {one: answer.status_code for one, answer in answers.items() if answer.status_code not in {200, 404}} == {}
    assert_clean(answers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_at_every_moment_are_clean_html(sample, client, language, time_machine):
    answers = {}
    for name, moment in moments_from(Event.objects.get(slug=SLUG).starts_on).items():
        time_machine.move_to(moment, tick=False)
        answers |= {f"{one} {name}": client.get(f"/{language}/{one}") for one in LATER_PAGES}

    assert_clean(answers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_to_what_was_sent_are_clean_html(sample, client, language, settings, monkeypatch, time_machine):
    time_machine.move_to(SUNDAY, tick=False)
    settings.REGISTRATIONS_PER_EMAIL = 0
    form = f"/{language}/{FORUM}register/"
    answers = {one: client.post(form + one, {"email": "x"}) for one in ("", "group/", "resend/")}
    answers["too often"] = client.post(f"{form}resend/", {"email": "wanjiru@example.org"})
    monkeypatch.setattr("registrations.views.answers.MOST_BYTES", 1)
    answers["too large"] = client.post(form, {"email": "x"})

    assert [answer.status_code for answer in answers.values()] == [200, 200, 200, 429, 413]
    assert_clean(answers)


def test_pages_for_what_went_wrong_are_clean_html(rf, db):
    request = rf.get("/en/")

    assert_clean({one: getattr(views, one)(request) for one in ("bad_request", "forbidden", "server_error")})
