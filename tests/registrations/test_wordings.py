"""The organizers' own words in the mails of registration."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from forum_site.mail.models import EmailMessage
from forum_site.mail.send import compose_once
from registrations.domain import letters
from registrations.domain.letters import write_to
from tests.admin.worlds import organizer, signed_in, url
from tests.factories import make_event, make_registration, make_ticket_type, make_wording

pytestmark = pytest.mark.django_db


def letter(registration, kind=letters.CONFIRMED, **context):
    return compose_once(write_to(registration, kind, **context))


def test_every_mail_has_a_name_for_organizers():
    assert set(letters.KIND_LABELS) == set(letters.KINDS)


def test_own_words_stand_in_place_of_the_usual_ones():
    registration = make_registration(full_name="Ann Lee")
    make_wording(registration.event, body_en="Hello {name}.\n\nYour code is {code}: {link}")

    mail = letter(registration)

    assert mail.subject == "You are in"
    for text in ("Hello Ann Lee.", f"Your code is {registration.code}: http://testserver/en/registrations/"):
        assert text in mail.text_body
        assert text in mail.html_body
    assert "Your registration is confirmed" in mail.text_body  # the heading was not worded anew
    assert len(mail.attachments) == 1


def test_a_language_without_own_words_keeps_the_usual_ones():
    registration = make_registration(language="zh-hans")
    make_wording(registration.event)

    mail = letter(registration)

    assert mail.subject.startswith("报名")
    assert "Hello" not in mail.text_body


def test_other_mails_and_other_editions_keep_their_words():
    registration = make_registration()
    make_wording(registration.event, kind=letters.CANCELLED)
    make_wording(make_event())

    assert letter(registration).subject.startswith("Registration confirmed")


def test_what_somebody_calls_themselves_injects_nothing():
    registration = make_registration(full_name="{link} <b>x</b>\u2028{code}")
    make_wording(registration.event, subject_en="For {name}", body_en="Hello {name}.")

    mail = letter(registration)

    assert mail.subject.startswith("For {link} <b>x</b>")
    assert "\n" not in mail.subject
    assert "<b>x</b>" not in mail.html_body
    assert "&lt;b&gt;x&lt;/b&gt;" in mail.html_body


def test_a_reason_is_printed_where_the_organizer_wants_it():
    registration = make_registration()
    make_wording(registration.event, kind=letters.DECLINED, body_en="No, because: {reason}")

    assert (
        "No, because: the room is small" in letter(registration, letters.DECLINED, reason="the room is small").text_body
    )


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_mail_can_be_looked_at_with_own_words(language):
    registration = make_registration(language=language)
    client = signed_in(organizer(registration.event))

    for kind in letters.KINDS:
        wording = make_wording(
            registration.event, kind=kind, body_en="Until {deadline}.", body_zh_hans="截止 {deadline}。"
        )
        page = client.get(f"/admin/registrations/messagetemplate/{wording.pk}/sample/{registration.pk}/")
        assert page.status_code == 200
        assert "GMT+8" in page.content.decode()


def test_unknown_placeholders_are_refused_with_the_known_ones():
    wording = make_wording(make_event())
    wording.body_en = "Dear {nmae}"

    with pytest.raises(ValidationError, match=r"\{nmae\} is not known.*\{name\}"):
        wording.full_clean()


def test_organizer_words_a_mail_and_sees_it_as_people_get_it():
    registration = make_registration(make_ticket_type(), full_name="Ann Lee")
    other = make_registration(full_name="Somebody Else")
    client = signed_in(organizer(registration.event))
    wording = make_wording(registration.event)

    page = client.get(url(wording, "change"))
    sample = client.get(f"/admin/registrations/messagetemplate/{wording.pk}/sample/{registration.pk}/")
    foreign = client.get(f"/admin/registrations/messagetemplate/{wording.pk}/sample/{other.pk}/")

    assert f"/sample/{registration.pk}/" in page.content.decode()
    assert "{deadline}" in page.content.decode()
    assert "Hello Ann Lee." in sample.content.decode()
    assert "default-src 'none'" in sample["Content-Security-Policy"]
    assert foreign.status_code == 404
    assert not EmailMessage.objects.exclude(subject="").exists()


def test_organizer_of_another_edition_sees_no_sample():
    registration = make_registration()
    wording = make_wording(registration.event)
    client = signed_in(organizer(make_event()))

    assert client.get(f"/admin/registrations/messagetemplate/{wording.pk}/sample/{registration.pk}/").status_code == 404


def test_a_mail_is_worded_once():
    wording = make_wording(make_event())
    client = signed_in(organizer(wording.event))

    page = client.post(url(wording, "add"), {"event": wording.event_id, "kind": wording.kind, "subject_en": "Again"})

    assert "has its own words already" in page.content.decode()
