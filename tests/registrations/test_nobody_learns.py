"""What the pages of registration must not give away: other people's registrations, and links that are theirs alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from forum_site.lib.errors import DomainError
from forum_site.mail.jobs import deliver_due
from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import send_again
from registrations.domain import letters
from registrations.domain.delegations import name_person, renew_delegation_link, send_link
from registrations.domain.erase import erase
from registrations.domain.invitations import Guest, remind, send
from registrations.domain.links import renew_link
from registrations.domain.register import register
from registrations.domain.transfer import decline_transfer, offer_transfer, take_back, take_over
from registrations.domain.ways_in import WayIn
from registrations.enums import InvitationState
from registrations.models import Invitation, Registration
from tests.factories import (
    make_code,
    make_delegation,
    make_invitation,
    make_registration,
    make_ticket_type,
    make_user,
)
from tests.registrations.domain.test_groups import group_of
from tests.registrations.test_group_pages import OWN
from tests.registrations.test_register_page import answers

pytestmark = pytest.mark.django_db
WORDS = {"organization": "Lake Asa", "country": "KE", "language": "en", "consent_text": "Yes."}


@pytest.fixture(autouse=True)
def without_haste(settings: Any) -> None:
    settings.FORM_MINIMUM_SECONDS = 0


def all_mails() -> str:
    """Everything that the outbox keeps."""
    return "\n".join(str(row) for row in EmailMessage.objects.values())


# --- Claiming a place -------------------------------------------------------------------------------------------


def unclaimed(**fields: Any) -> Registration:
    return group_of(make_ticket_type(**fields), unnamed=1).members.get(is_unclaimed=True)


def test_a_claimed_place_is_not_shown_to_whoever_typed_the_address(client):
    place = unclaimed(needs_confirmation=True)

    answer = client.post(place.claim_path(), OWN | {"email": "minister@gov.example"})

    place.refresh_from_db()
    assert (place.email, place.status) == ("minister@gov.example", "unverified")
    assert answer.url.startswith(f"/en/events/{place.event.slug}/register/done/?seat=")
    assert place.secret not in answer.url + client.get(answer.url).content.decode()
    assert EmailMessage.objects.filter(kind=letters.UNVERIFIED, recipient=place.email).count() == 1


def test_the_time_to_confirm_a_claimed_place_begins_with_the_claim(client):
    place = unclaimed(needs_confirmation=True)
    before = place.expires_at
    group = client.get(f"/en/groups/{place.group.secret}/").content.decode()

    client.post(place.claim_path(), OWN | {"email": "minister@gov.example"})

    place.refresh_from_db()
    assert "to be claimed until" in group
    assert place.expires_at > before


def test_a_registered_address_is_answered_like_any_other(client):
    place = unclaimed()
    known = make_registration(place.ticket_type, email="known@example.org")
    EmailMessage.objects.all().delete()

    pages = [client.post(place.claim_path(), OWN | {"email": "known@example.org"})]
    place.refresh_from_db()
    assert place.is_unclaimed
    assert [one.recipient for one in EmailMessage.objects.filter(kind=letters.EXISTING)] == [known.email]
    pages.append(client.post(place.claim_path(), OWN | {"email": "new@example.org"}))

    shown = [client.get(page.url).content.decode().replace("known@", "new@") for page in pages]
    assert shown[0].split("seat")[0] == shown[1].split("seat")[0]


# --- Invitations ------------------------------------------------------------------------------------------------


def test_an_invitation_never_opens_the_registration_that_came_of_it(client):
    invitation = make_invitation(make_ticket_type(), email="ann@example.org", state=InvitationState.SENT)
    client.post(invitation.self_service_path(), answers(email="ann@example.org"))
    registration = Registration.objects.get()
    renew_link(registration)

    page = client.get(invitation.self_service_path())

    assert page.status_code == 200
    assert registration.secret not in page.content.decode()
    assert f"/en/events/{registration.event.slug}/register/resend/" in page.content.decode()


def test_whoever_is_registered_already_has_answered_the_invitation():
    invitation = make_invitation(make_ticket_type(), email="ann@example.org", state=InvitationState.SENT)
    known = make_registration(invitation.ticket_type, email="ann@example.org")

    fields = {"full_name": "Ann", "email": "Ann@example.org", "way_in": WayIn(invitation=invitation)} | WORDS
    found = register(invitation.event, ticket_type=invitation.ticket_type, **fields)

    invitation.refresh_from_db()
    assert (found, invitation.registration, invitation.state) == (known, known, "accepted")


def test_an_invitation_is_not_tied_to_an_address_that_somebody_else_types():
    invitation = make_invitation(make_ticket_type(), email="ann@example.org", state=InvitationState.SENT)
    make_registration(invitation.ticket_type, email="minister@gov.example")

    way_in = WayIn(invitation=invitation)
    fields = {"full_name": "Ann", "email": "minister@gov.example"} | WORDS
    register(invitation.event, ticket_type=invitation.ticket_type, way_in=way_in, **fields)

    invitation.refresh_from_db()
    assert (invitation.registration, invitation.state) == (None, "sent")


def test_whoever_is_erased_is_invited_no_more_whichever_way_they_came():
    invitation = make_invitation(make_ticket_type(), email="ann@example.org", state=InvitationState.DRAFT)
    send([invitation])
    erase(make_registration(invitation.ticket_type, email="ANN@example.org"))

    assert not Invitation.objects.exists()
    assert remind([invitation]) == 0


# --- Codes and delegations --------------------------------------------------------------------------------------


def test_a_full_delegation_says_of_nobody_whether_they_are_registered():
    delegation = make_delegation(make_ticket_type(), places=1)
    make_registration(delegation.ticket_type, email="known@example.org")
    ours = name_person(delegation, Guest("Bo", "bo@example.org"), country="KE", consent_text="Yes.")

    for address in ("known@example.org", "unknown@example.org"):
        with pytest.raises(DomainError, match="All places of this delegation are taken"):
            name_person(delegation, Guest("Cy", address), country="KE", consent_text="Yes.")

    assert name_person(delegation, Guest("Bo", "bo@example.org"), country="KE", consent_text="Yes.") == ours


def test_a_mail_to_a_focal_point_is_sent_again_with_the_new_link():
    delegation = make_delegation(make_ticket_type())
    send_link(delegation)
    deliver_due()
    old = EmailMessage.objects.get(kind=letters.DELEGATION)

    renew_delegation_link(delegation)
    send_again(old)
    deliver_due()

    old.refresh_from_db()
    assert delegation.secret in old.text_body


def test_a_code_is_not_spent_on_what_is_open_to_everybody():
    online = make_ticket_type(slug="online")
    vip = make_ticket_type(online.event, slug="vip", is_hidden=True)
    code = make_code(vip, most_uses=1)

    fields = {"full_name": "Ann", "email": "ann@example.org"} | WORDS
    registration = register(online.event, ticket_type=online, way_in=WayIn(code=code), **fields)

    assert (registration.access_code, code.uses()) == (None, 0)


# --- Names of others --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["taken back", "declined"])
def test_a_colleague_who_does_not_come_is_forgotten_by_the_mails_of_the_giver(end):
    giver = make_registration()
    transfer = offer_transfer(giver, full_name="Zora Quill", email="zora@example.org", language="en")
    deliver_due()
    EmailMessage.objects.filter(kind=letters.TRANSFER_OFFERED).update(state="sent", sent_at=timezone.now())
    assert "Zora" in all_mails()

    if end == "declined":
        decline_transfer(transfer)
    else:
        take_back(giver)
    deliver_due()

    assert "Zora" not in all_mails()
    mail = EmailMessage.objects.get(kind=letters.TRANSFER_OFFERED)
    assert send_again(mail).state == "sent"  # not once more, without a word in it


def test_each_of_two_is_forgotten_by_the_mails_of_the_other_after_a_transfer():
    giver = make_registration(full_name="Zebedee Quill")
    transfer = offer_transfer(giver, full_name="Zora Quill", email="zora@example.org", language="en")
    deliver_due()

    new = take_over(transfer, full_name="Zora Quill", **WORDS)
    deliver_due()

    reference = letters.reference_of(new)
    assert "Zebedee" not in str(list(EmailMessage.objects.filter(reference=reference).values()))
    erase(new)
    deliver_due()
    assert "Zora" not in all_mails()


def test_an_erased_member_is_forgotten_by_the_mails_to_the_contact():
    group = group_of(make_ticket_type(), "zora", "bo")
    zora, bo = group.members.order_by("pk")
    deliver_due()
    name = zora.full_name
    assert name in EmailMessage.objects.get(kind=letters.GROUP).text_body

    erase(zora)

    mail = EmailMessage.objects.get(kind=letters.GROUP)
    assert name not in mail.text_body + mail.html_body
    send_again(mail)
    deliver_due()
    mail.refresh_from_db()
    assert bo.full_name in mail.text_body
    assert name not in mail.text_body
    assert bo.status == "confirmed"


def test_the_log_of_the_admin_forgets_invitations_and_mails_too():
    words = {"full_name": "Zora Quill", "email": "zora@example.org", "state": InvitationState.DRAFT}
    invitation = make_invitation(make_ticket_type(), **words)
    send([invitation])
    person = make_registration(invitation.ticket_type, full_name="Zora Quill", email="zora@example.org")
    rows = [invitation, *EmailMessage.objects.all(), person]
    for row in rows:
        kind = ContentType.objects.get_for_model(type(row))
        LogEntry.objects.create(
            user=make_user(), content_type=kind, object_id=str(row.pk), object_repr="Zora Quill", action_flag=2
        )

    erase(person)

    assert set(LogEntry.objects.values_list("object_repr", flat=True)) == {"–"}
    assert LogEntry.objects.count() == len(rows) == 4


# --- Refusals, limits -------------------------------------------------------------------------------------------


def test_a_rule_that_refuses_is_a_sentence_and_no_error_page(client):
    person = make_registration()
    other = make_ticket_type(person.event, slug="other")
    changed: list[int] = []

    def change_the_type_at_this_moment(execute: Any, sql: str, *rest: Any) -> Any:
        if "first_deadline" in sql and not changed:
            changed.append(1)
            Registration.objects.filter(pk=person.pk).update(ticket_type=other)
        return execute(sql, *rest)

    with connection.execute_wrapper(change_the_type_at_this_moment):
        page = client.post(f"{person.self_service_path()}cancel/")

    assert (page.status_code, changed) == (409, [1])
    assert "at the same moment" in page.content.decode()
    assert f'href="{person.self_service_path()}"' in page.content.decode()
    assert client.post(f"{person.self_service_path()}cancel/").status_code == 302


def test_a_place_at_a_cancelled_edition_is_not_confirmed_any_more(client):
    person = make_registration(make_ticket_type(needs_confirmation=True))
    type(person.event).objects.filter(pk=person.event_id).update(status="cancelled")

    client.post(f"{person.self_service_path()}accept/")

    person.refresh_from_db()
    assert person.status == "unverified"
    assert not EmailMessage.objects.filter(kind=letters.CONFIRMED).exists()


@pytest.mark.parametrize("rest", ["edit/", "cancel/", "accept/", "programme/", "erase/", "transfer/take-back/"])
def test_whatever_is_sent_to_a_personal_page_is_counted(client, settings, rest):
    settings.REGISTRATIONS_PER_ADDRESS = 1
    path = make_registration().self_service_path()

    codes = [client.post(f"{path}resend/").status_code, client.post(path + rest).status_code]

    assert codes == [302, 429]
