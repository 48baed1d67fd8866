"""Confirming, declining and cancelling: the page before it, whom it reaches, and what is kept of the reason."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum_site.accounts.enums import Role
from forum_site.mail.compose import compose
from forum_site.mail.models import EmailMessage
from registrations.enums import RegistrationStatus
from registrations.models import Registration, StatusChange
from tests.admin.test_registrations import act, statuses
from tests.admin.worlds import organizer, signed_in
from tests.factories import make_event, make_registration, make_ticket_type, make_user

pytestmark = pytest.mark.django_db
DECLINED, PENDING = RegistrationStatus.DECLINED, RegistrationStatus.PENDING
BOTH = {"reason_given": "1", "reason_en": "The hall is small.", "reason_zh_hans": "会场较小。"}


def waiting_people(count: int, ticket_type: Any = None, **fields: Any) -> list[Registration]:
    ticket_type = ticket_type or make_ticket_type(needs_approval=True)
    return [make_registration(ticket_type, **fields) for _number in range(count)]


def mail_to(registration: Registration, kind: str) -> str:
    return compose(EmailMessage.objects.get(kind=kind, recipient=registration.email)).text


@pytest.mark.parametrize("action", ["confirm_selected", "decline_selected", "cancel_selected"])
def test_nothing_happens_before_the_page_is_answered(action):
    people = waiting_people(4)
    client = signed_in(organizer(people[0].event, Role.REGISTRAR))

    page = act(client, action, *people)

    assert statuses(*people) == [PENDING] * 4
    assert [page.context["people"], len(page.context["samples"])] == [people, 3]
    assert "It concerns 4 people" in page.content.decode()


def test_a_reason_is_told_to_each_in_their_language_and_kept_in_both():
    english = waiting_people(1)[0]
    chinese = make_registration(english.ticket_type, language="zh-hans")
    client = signed_in(organizer(english.event))

    act(client, "decline_selected", english, chinese, **BOTH)

    assert statuses(english, chinese) == [DECLINED] * 2
    assert "The hall is small." in mail_to(english, "registration_declined")
    assert "会场较小。" in mail_to(chinese, "registration_declined")
    kept = list(StatusChange.objects.filter(new_status=DECLINED).values_list("reason_en", "reason_zh_hans"))
    assert kept == [("The hall is small.", "会场较小。")] * 2
    shown = client.get(reverse("admin:registrations_registration_change", args=[english.pk])).content.decode()
    assert shown.count("<div>The hall is small.</div>\n<div>会场较小。</div>") == 2  # the status, and the history


@pytest.mark.parametrize(("language", "words"), [("en", "The hall is small."), ("zh-hans", "会场较小。")])
def test_the_personal_page_gives_the_reason_in_its_own_language(client, language, words):
    registration = waiting_people(1, language="zh-hans")[0]
    act(signed_in(organizer(registration.event)), "decline_selected", registration, **BOTH)

    page = client.get(f"/{language}/registrations/{registration.secret}/").content.decode()

    assert words in page


def test_a_reason_in_one_language_serves_for_both():
    english = waiting_people(1)[0]
    chinese = make_registration(english.ticket_type, language="zh-hans")
    only = BOTH | {"reason_en": ""}

    act(signed_in(organizer(english.event)), "cancel_selected", english, chinese, **only)

    assert "会场较小。" in mail_to(english, "registration_cancelled")
    assert "会场较小。" in mail_to(chinese, "registration_cancelled")


@pytest.mark.parametrize("action", ["decline_selected", "cancel_selected"])
def test_without_any_reason_the_page_asks_again(action):
    registration = waiting_people(1)[0]

    page = act(signed_in(organizer(registration.event)), action, registration, reason_given="1", reason_en="  ")

    assert "Give a reason in at least one language." in page.content.decode()
    assert statuses(registration) == [PENDING]


def test_looking_shows_the_mail_with_the_words_typed_and_decides_nothing():
    english = waiting_people(1)[0]
    chinese = make_registration(english.ticket_type, language="zh-hans")
    client = signed_in(organizer(english.event))

    page = act(client, "decline_selected", english, chinese, **BOTH, look="1")
    mails = [client.get(sample.address) for sample in page.context["samples"]]

    assert statuses(english, chinese) == [PENDING] * 2
    assert [words in mail.content.decode() for words, mail in zip(("The hall", "会场较小"), mails, strict=True)] == [
        True,
        True,
    ]
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "The hall" not in page.context["samples"][0].address  # no log of addresses learns of it


def test_a_button_of_one_person_asks_the_same():
    registration = waiting_people(1)[0]
    client = signed_in(organizer(registration.event))
    for name, status in (("decline", DECLINED), ("confirm", RegistrationStatus.CONFIRMED)):
        Registration.objects.filter(pk=registration.pk).update(status=PENDING)
        address = reverse("admin:registrations_registration_do", args=[registration.pk, name])

        page = client.get(address)
        looked = client.post(address, BOTH | {"look": "1"})
        assert [page.context["people"], statuses(registration)] == [[registration], [PENDING]]
        assert looked.context["form"].is_bound
        client.post(address, BOTH)

        assert statuses(registration) == [status]


def test_those_whose_status_allows_no_answer_are_counted_and_left_out():
    waiting = waiting_people(1)[0]
    confirmed = make_registration(make_ticket_type(waiting.event))
    client = signed_in(organizer(waiting.event))

    page = act(client, "decline_selected", waiting, confirmed)

    assert [page.context["people"], page.context["left_out"]] == [[waiting], 1]
    assert "1 other of those chosen is left out" in page.content.decode()


def test_people_of_another_edition_cannot_be_slipped_in():
    mine, other = waiting_people(1)[0], waiting_people(1)[0]
    client = signed_in(organizer(mine.event))

    act(client, "decline_selected", mine, **BOTH, people=f"{mine.pk},{other.pk},x,999999")

    assert statuses(mine, other) == [DECLINED, PENDING]


def test_three_people_at_the_page_and_at_a_sample():
    registration = waiting_people(1)[0]
    owner = signed_in(organizer(registration.event))
    address = act(owner, "confirm_selected", registration).context["samples"][0].address
    question = reverse("admin:registrations_registration_do", args=[registration.pk, "confirm"])

    assert [owner.get(page).status_code for page in (question, address)] == [200, 200]
    for user in (organizer(make_event()), organizer(registration.event, Role.VIEWER), make_user()):
        assert {signed_in(user).get(page).status_code for page in (question, address)} <= {302, 403, 404}
    assert owner.get(address.partition("?")[0]).status_code == 404
    assert owner.get(address.replace("confirm", "nothing")).status_code == 404


def test_an_answer_given_meanwhile_by_somebody_else_stays():
    first, second = waiting_people(2)
    one, other = signed_in(organizer(first.event)), signed_in(organizer(first.event))

    act(one, "confirm_selected", first, second, reason_given="1")
    page = act(other, "decline_selected", first, **BOTH)
    again = act(other, "confirm_selected", first, second, reason_given="1")

    assert statuses(first, second) == [RegistrationStatus.CONFIRMED] * 2
    assert "confirmed already" in unescape(page.content.decode())
    assert "2 registrations were so already." in again.content.decode()
    assert EmailMessage.objects.filter(kind="registration_confirmed").count() == 2


def test_the_page_takes_the_same_queries_for_few_and_many():
    people = waiting_people(40)
    client = signed_in(organizer(people[0].event))
    act(client, "decline_selected", people[0])

    def queries(count: int) -> int:
        with CaptureQueriesContext(connection) as found:
            act(client, "decline_selected", *people[:count])
        return len(found)

    assert queries(40) == queries(4) <= 16  # of which all but one are the list's


def test_deciding_takes_a_handful_of_queries_for_each():
    people = waiting_people(60)
    client = signed_in(organizer(people[0].event))

    def queries(*chosen: Registration) -> int:
        with CaptureQueriesContext(connection) as found:
            client.post(
                reverse("admin:registrations_registration_changelist"),
                {"action": "confirm_selected", "_selected_action": "0", "reason_given": "1"}
                | {"people": ",".join(str(one.pk) for one in chosen)},
            )
        return len(found)

    few, many = queries(*people[:10]), queries(*people[10:60])

    assert statuses(*people) == [RegistrationStatus.CONFIRMED] * 60
    assert many - few <= 40 * 4  # mail, job of the mail, registration, history
