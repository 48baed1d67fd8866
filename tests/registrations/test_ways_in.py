"""Codes and invitations: what they open, to whom, how often, and what they leak: nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from forum_site.lib.errors import DomainError
from forum_site.lib.tabular import xlsx_bytes
from forum_site.mail.models import EmailMessage
from forum_site.mail.send import compose_once
from registrations.domain import invitations
from registrations.domain.accept import accept
from registrations.domain.cancel import cancel
from registrations.domain.register import register
from registrations.domain.ways_in import WayIn, code_for, places_left
from registrations.enums import InvitationState, RegistrationStatus
from registrations.importers.guests import read_guests
from registrations.models import Invitation, Registration
from tests.admin.worlds import organizer, signed_in
from tests.factories import (
    make_code,
    make_delegation,
    make_event,
    make_invitation,
    make_registration,
    make_ticket_type,
    make_user,
    make_wording,
)
from tests.registrations.domain.test_races import at_once
from tests.registrations.test_register_page import answers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_haste(settings):
    settings.FORM_MINIMUM_SECONDS = 0


def hidden_type(**fields):
    return make_ticket_type(
        **({"slug": "media", "name_en": "Media", "is_hidden": True, "needs_approval": True} | fields)
    )


def page_of(event, rest=""):
    return f"/en/events/{event.slug}/register/{rest}"


def person(ticket_type, **fields):
    given = {"full_name": "Ann Lee", "email": "ann@example.org", "organization": "Lake Asa", "country": "KE"}
    given |= {"language": "en", "consent_text": "Yes.", "ticket_type": ticket_type}
    return register(ticket_type.event, **(given | fields))


# --- Codes ----------------------------------------------------------------------------------------------------------


def test_a_code_opens_a_hidden_ticket_type_and_skips_approval(client):
    ticket_type = hidden_type()
    make_code(ticket_type)
    event = ticket_type.event

    closed = client.get(page_of(event)).content.decode()
    form = client.get(page_of(event, "?code=open sesame")).content.decode()
    client.post(page_of(event), answers(code="open-sesame"))

    assert "Have you been given a code?" in closed
    assert 'name="full_name"' not in closed
    assert 'name="full_name"' in form
    registration = Registration.objects.get()
    assert registration.status == RegistrationStatus.CONFIRMED
    assert registration.access_code.uses() == 1


def test_a_code_keeps_what_is_open_to_everybody(client):
    media = hidden_type(position=2)
    online = make_ticket_type(media.event, slug="online", needs_approval=True)
    make_code(media)

    form = client.get(page_of(media.event, "?code=OPEN-SESAME")).content.decode()
    client.post(page_of(media.event), answers(online, code="OPEN-SESAME"))

    assert 'value="media"' in form
    assert 'value="online"' in form
    assert Registration.objects.get().status == RegistrationStatus.PENDING  # the code was given for another type


@pytest.mark.parametrize("typed", ["sesame", "'; DROP TABLE", "", "　", "ＯＰＥＮ－ＳＥＳＡＭＥ1"])
def test_a_code_that_is_none_opens_nothing(client, typed):
    ticket_type = hidden_type()
    make_code(ticket_type)

    page = client.get(page_of(ticket_type.event), {"code": typed}).content.decode()
    client.post(page_of(ticket_type.event), answers(ticket_type, code=typed))

    assert 'name="full_name"' not in page
    assert not Registration.objects.exists()


def test_a_code_of_another_edition_opens_nothing():
    make_code(hidden_type())

    with pytest.raises(DomainError):
        code_for(make_event(), "OPEN-SESAME")


def test_a_code_is_valid_in_its_window_only():
    now = timezone.now()
    code = make_code(hidden_type(), opens_at=now + dt.timedelta(hours=1), closes_at=now + dt.timedelta(hours=2))

    for hours, is_valid in ((0.5, False), (1, True), (1.5, True), (2, False)):
        at = now + dt.timedelta(hours=hours)
        if is_valid:
            assert code_for(code.event, code.code, at) == code
        else:
            with pytest.raises(DomainError):
                code_for(code.event, code.code, at)


def test_a_code_is_used_as_often_as_it_may_be_and_a_cancelled_registration_frees_it():
    ticket_type = hidden_type()
    way_in = WayIn(code=make_code(ticket_type, most_uses=1))
    first = person(ticket_type, way_in=way_in)

    with pytest.raises(DomainError, match="as often as it may be"):
        person(ticket_type, way_in=way_in, email="ben@example.org")
    cancel(first)
    person(ticket_type, way_in=way_in, email="ben@example.org")

    assert Registration.objects.active().get().email == "ben@example.org"


def test_a_way_in_that_is_deleted_meanwhile_is_refused():
    ticket_type = hidden_type()
    for row, kind in (
        (make_code(ticket_type), "code"),
        (make_invitation(ticket_type), "invitation"),
        (make_delegation(ticket_type), "delegation"),
    ):
        way_in = WayIn(**{kind: row})
        way_in.ticket_types()
        type(row).objects.filter(pk=row.pk).delete()

        with pytest.raises(DomainError):
            person(ticket_type, way_in=way_in)

    assert not Registration.objects.exists()


def test_a_hidden_ticket_type_is_refused_without_a_way_in():
    with pytest.raises(DomainError, match="not open to you"):
        person(hidden_type())


# --- Trusted domains ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("email", "status"), [("a@UN.org", "confirmed"), ("a@mail.un.org", "confirmed"), ("a@notun.org", "pending")]
)
def test_a_confirmed_address_of_a_trusted_domain_needs_no_approval(email, status):
    ticket_type = make_ticket_type(needs_approval=True, needs_confirmation=True, approved_domains="un.org\nwho.int")
    registration = person(ticket_type, email=email)
    assert registration.status == RegistrationStatus.UNVERIFIED

    assert accept(registration).status == status


# --- Invitations ----------------------------------------------------------------------------------------------------


def test_an_invited_person_registers_by_the_link_without_approval_or_confirmation(client):
    invitation = make_invitation(hidden_type(needs_confirmation=True), full_name="Ann Lee", email="ann@example.org")
    address = invitation.self_service_path()

    page = client.get(address)
    client.post(address, answers(email="ann@example.org"))
    invitation.refresh_from_db()

    assert 'value="Ann Lee"' in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"
    assert invitation.state == InvitationState.ACCEPTED
    assert invitation.registration.status == RegistrationStatus.CONFIRMED
    assert "This invitation has been accepted" in client.get(address).content.decode()


def test_another_address_than_the_invited_one_is_confirmed_first(client):
    invitation = make_invitation(hidden_type(needs_confirmation=True))

    client.post(invitation.self_service_path(), answers(email="aide@example.org"))

    assert Registration.objects.get().status == RegistrationStatus.UNVERIFIED


def test_an_invitation_is_accepted_once():
    invitation = make_invitation(hidden_type())
    person(invitation.ticket_type, way_in=WayIn(invitation=invitation))

    with pytest.raises(DomainError, match="answered already"):
        person(invitation.ticket_type, way_in=WayIn(invitation=invitation), email="ben@example.org")


def test_declined_by_two_clicks_and_never_by_a_program_that_follows_links(client):
    invitation = make_invitation(hidden_type())
    address = invitation.self_service_path()

    client.get(address + "decline/")
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.SENT
    client.post(address + "opened/")
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.OPENED
    client.post(address + "decline/")
    invitation.refresh_from_db()

    assert invitation.state == InvitationState.DECLINED
    assert "You have declined" in client.get(address).content.decode()
    assert 'name="full_name"' not in client.get(address).content.decode()


def test_links_of_drafts_withdrawn_ones_and_nobody_open_nothing(client):
    draft = make_invitation(hidden_type(), state="draft")
    withdrawn = invitations.withdraw(make_invitation(hidden_type()))
    hidden = make_invitation(hidden_type(event=make_event(status="draft")))

    assert client.get(draft.self_service_path()).status_code == 404
    assert client.get(hidden.self_service_path()).status_code == 404
    assert client.get("/en/invitations/" + "x" * 32 + "/").status_code == 404
    assert "was withdrawn" in client.get(withdrawn.self_service_path()).content.decode()
    assert client.post(withdrawn.self_service_path(), answers()).status_code == 200
    assert not Registration.objects.exists()


def test_reminders_go_to_those_who_have_not_answered():
    ticket_type = hidden_type()
    states = ["draft", "sent", "opened", "accepted", "declined", "withdrawn"]
    everybody = [make_invitation(ticket_type, state=state) for state in states]

    assert invitations.remind(everybody) == 2
    assert set(EmailMessage.objects.values_list("recipient", flat=True)) == {everybody[1].email, everybody[2].email}


def test_reminding_twice_sends_one_reminder_until_an_hour_has_passed(time_machine):
    start = dt.datetime(2026, 5, 1, 9, 0, tzinfo=dt.UTC)
    time_machine.move_to(start, tick=False)
    mine, new, other = make_invitation(hidden_type()), make_invitation(hidden_type()), make_invitation(hidden_type())
    action = {"action": "remind_selected", "_selected_action": [mine.pk]}
    people = [organizer(mine.event), organizer(other.event), make_user()]

    for user in (*people, people[0]):
        signed_in(user).post("/admin/registrations/invitation/", action)
    assert EmailMessage.objects.filter(kind="invitation_reminder", recipient=mine.email).count() == 1

    time_machine.move_to(start + dt.timedelta(minutes=59), tick=False)
    assert invitations.remind([mine, new]) == 1
    time_machine.move_to(start + dt.timedelta(minutes=60), tick=False)
    assert invitations.remind([mine, new]) == 1
    assert EmailMessage.objects.filter(recipient=mine.email).count() == 2


@pytest.mark.parametrize(("language", "words"), [("en", "honour to invite you"), ("zh-hans", "诚邀您")])
def test_the_mail_invites_in_the_persons_language_with_the_link(language, words):
    invitation = make_invitation(hidden_type(), state="draft", language=language)

    assert invitations.send([invitation]) == 1
    assert invitations.send([invitation]) == 0
    mail = compose_once(EmailMessage.objects.get())

    assert words in mail.text_body
    assert "http://testserver" + invitation.self_service_path() in mail.text_body
    assert mail.text_body.count("://testserver") >= 1


def test_nothing_is_sent_for_a_draft_edition():
    invitation = make_invitation(hidden_type(event=make_event(status="draft")), state="draft")

    with pytest.raises(DomainError, match="is a draft"):
        invitations.send([invitation])


# --- Lists ----------------------------------------------------------------------------------------------------------


def test_a_list_is_read_by_its_headings_and_says_what_it_does_not_understand():
    rows = [["邮箱", "姓名", "单位", "语言"], ["a@b.org", "王伟", "清华大学", "中文"], ["nobody", "Ann", "", ""]]
    rows += [["A@B.org", "Again", "", ""], ["c@d.org", "", "", ""], ["e@f.org", "See https://x.org", "", ""]]

    found = read_guests(rows, language="en")

    assert [(one.full_name, one.email, one.organization, one.language) for one in found.guests] == [
        ("王伟", "a@b.org", "清华大学", "zh-hans")
    ]
    assert [problem.split(":")[0] for problem in found.problems] == ["Line 3", "Line 4", "Line 5", "Line 6"]


def upload(event, client, **fields):
    return client.post(f"/admin/registrations/invitation/list/?edition={event.pk}", fields)


def test_organizer_pastes_a_list_and_nothing_is_stored_before_problems_are_left_out():
    ticket_type = hidden_type()
    client = signed_in(organizer(ticket_type.event))
    fields = {"ticket_type": ticket_type.pk, "language": "en", "pasted": "Ann Lee\tann@example.org\nBen\tnowhere"}

    page = upload(ticket_type.event, client, **fields).content.decode()
    assert "Line 2" in page
    assert not Invitation.objects.exists()
    upload(ticket_type.event, client, **fields, leave_out="1")

    assert [(one.full_name, one.state) for one in Invitation.objects.all()] == [("Ann Lee", InvitationState.DRAFT)]


def test_organizer_uploads_a_spreadsheet():
    ticket_type = hidden_type()
    client = signed_in(organizer(ticket_type.event))
    book = xlsx_bytes(["Name", "E-mail"], [["王伟", "w@example.org"]], title="Guests")
    upload(
        ticket_type.event,
        client,
        ticket_type=ticket_type.pk,
        language="zh-hans",
        file=SimpleUploadedFile("guests.xlsx", book),
    )

    assert Invitation.objects.get().full_name == "王伟"


def test_organizer_sends_and_reminds_only_their_own():
    mine, other = make_invitation(hidden_type(), state="draft"), make_invitation(hidden_type(), state="draft")
    client = signed_in(organizer(mine.event))
    action = {"action": "send_selected", "_selected_action": [mine.pk, other.pk]}

    client.post("/admin/registrations/invitation/", action)
    mine.refresh_from_db()
    other.refresh_from_db()

    assert (mine.state, other.state) == (InvitationState.SENT, InvitationState.DRAFT)


def test_registered_already_gets_the_link_and_the_invitation_is_settled():
    ticket_type = make_ticket_type()
    known = make_registration(ticket_type, email="ann@example.org")
    invitation = make_invitation(ticket_type, email="ann@example.org")

    assert person(ticket_type, way_in=WayIn(invitation=invitation)) == known


# --- Delegation and limit -------------------------------------------------------------------------------------------


def test_whoever_accepts_counts_in_the_delegation_of_the_invitation():
    ticket_type = hidden_type()
    delegation = make_delegation(ticket_type, places=1)
    first, second = (make_invitation(ticket_type, delegation=delegation) for _ in range(2))

    one = person(ticket_type, email=first.email, way_in=WayIn(invitation=first))
    with pytest.raises(DomainError, match="All places of this delegation"):
        person(ticket_type, email=second.email, way_in=WayIn(invitation=second))
    cancel(one)
    other = person(ticket_type, email=second.email, way_in=WayIn(invitation=second))

    assert (one.delegation, other.delegation) == (delegation, delegation)
    assert places_left(delegation) == 0
    second.refresh_from_db()
    assert second.state == InvitationState.ACCEPTED


def test_an_invitation_counts_in_the_delegation_it_has_at_the_moment():
    ticket_type = hidden_type()
    invitation = make_invitation(ticket_type)
    delegation = make_delegation(ticket_type)
    Invitation.objects.filter(pk=invitation.pk).update(delegation=delegation)

    assert person(ticket_type, way_in=WayIn(invitation=invitation)).delegation == delegation


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_many_who_accept_at_once_take_no_more_than_the_places():
    ticket_type = make_ticket_type()
    delegation = make_delegation(ticket_type, places=2)
    found = [make_invitation(ticket_type, delegation=delegation) for _ in range(5)]

    def tried(invitation):
        try:
            person(ticket_type, email=invitation.email, way_in=WayIn(invitation=invitation))
        except DomainError:
            return False
        return True

    assert sum(at_once(*[lambda one=one: tried(one) for one in found])) == 2
    assert Registration.objects.filter(delegation=delegation).count() == 2


@pytest.mark.parametrize(
    ("language", "by", "over"),
    [("en", "Please answer by ", "It could be answered until "), ("zh-hans", "请于", "答复截止时间为")],
)
def test_a_limit_is_told_in_the_mail_and_after_it_the_link_says_so(client, language, by, over):
    until = timezone.now() + dt.timedelta(days=1)
    invitation = make_invitation(hidden_type(), state="draft", language=language, until=until)
    invitations.send([invitation])
    moment = invitation.event.zone
    clock = until.astimezone(moment).strftime("%H:%M")

    mail = compose_once(EmailMessage.objects.get()).text_body
    page = client.get(invitation.self_service_path()).content.decode()
    Invitation.objects.update(until=timezone.now())
    late = client.get(invitation.self_service_path()).content.decode()
    posted = client.post(invitation.self_service_path(), answers())

    assert [clock in text for text in (mail, page)] == [True, True]
    assert (by in page, over in late, 'name="full_name"' in late) == (True, True, False)
    assert over in posted.content.decode()
    assert not Registration.objects.exists()


def test_after_the_limit_the_rule_refuses_and_nobody_is_reminded_or_invited():
    ticket_type, past = hidden_type(), timezone.now() - dt.timedelta(minutes=1)
    late, due = make_invitation(ticket_type, until=past), make_invitation(ticket_type)
    draft = make_invitation(ticket_type, state="draft", until=past)

    with pytest.raises(DomainError, match="time to answer"):
        person(ticket_type, way_in=WayIn(invitation=late))

    assert (invitations.remind([late, due]), invitations.send([draft])) == (1, 0)
    assert EmailMessage.objects.get().recipient == due.email


def test_the_words_of_organizers_may_name_the_limit():
    until = timezone.now() + dt.timedelta(days=1)
    invitation = make_invitation(hidden_type(), state="draft", until=until)
    make_wording(invitation.event, kind="invitation", body_en="Until: {deadline}!")
    invitations.send([invitation])

    text = compose_once(EmailMessage.objects.get()).text_body

    assert f"{until.astimezone(invitation.event.zone):%H:%M} (Shanghai, GMT+8)!" in text


def test_organizer_gives_a_list_its_delegation_and_limit():
    delegation = make_delegation(hidden_type())
    event = delegation.event
    client = signed_in(organizer(event))
    fields = {"ticket_type": delegation.ticket_type_id, "language": "en", "pasted": "Ann Lee\tann@example.org"}
    fields |= {"delegation": delegation.pk, "until": f"{event.starts_on:%Y-%m-%d}T18:00"}
    stranger = make_delegation(make_ticket_type(event))
    wrong = {"delegation": stranger.pk, "until": "2020-01-01T10:00"}

    page = upload(event, client, **(fields | wrong)).content.decode()
    assert ["another ticket type" in page, "This moment is over." in page] == [True, True]
    upload(event, client, **(fields | {"delegation": make_delegation().pk}))  # of another edition
    assert not Invitation.objects.exists()
    upload(event, client, **fields)

    invitation = Invitation.objects.get()
    assert invitation.delegation == delegation
    assert invitation.until.astimezone(event.zone).isoformat()[:16] == f"{event.starts_on}T18:00"


def test_the_list_shows_and_filters_delegation_and_limit():
    ticket_type = hidden_type()
    delegation = make_delegation(ticket_type)
    theirs = make_invitation(ticket_type, delegation=delegation)
    late = make_invitation(ticket_type, until=timezone.now() - dt.timedelta(days=1))
    client = signed_in(organizer(ticket_type.event))

    def found(**query):
        return list(client.get("/admin/registrations/invitation/", query).context["cl"].queryset)

    assert found(delegation=delegation.pk) == [theirs]
    assert (found(answer="late"), found(answer="open")) == ([late], [theirs])
    assert "Analytical Society" in client.get("/admin/registrations/invitation/").content.decode()


def test_a_delegation_with_places_of_another_ticket_type_is_refused():
    invitation = make_invitation(hidden_type())
    invitation.delegation = make_delegation(make_ticket_type(invitation.event))

    with pytest.raises(ValidationError, match="another ticket type"):
        invitation.clean()


def test_lines_with_addresses_that_cannot_be_kept_are_named(settings):
    settings.REFUSED_MAIL_DOMAINS = frozenset({"minutes.example"})
    rows = [
        ["Ann", "ann@" + ".".join(["a" * 60] * 5) + ".example"],
        ["Bo", "bo@minutes.example"],
        ["Cy", "cy@example.org"],
    ]

    found = read_guests(rows, language="en")

    assert [one.email for one in found.guests] == ["cy@example.org"]
    assert len(found.problems) == 2
    assert "too long" in found.problems[0]
