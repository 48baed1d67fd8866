"""What organizers do with registrations."""

from __future__ import annotations

import io

import pytest
from django.contrib import admin
from django.contrib.messages.storage.cookie import CookieStorage
from django.urls import reverse
from openpyxl import load_workbook

from forum_site.accounts.enums import Role
from forum_site.mail.models import EmailMessage
from registrations.enums import RegistrationStatus
from registrations.models import Registration, TicketType
from tests.admin.worlds import organizer, signed_in
from tests.factories import make_event, make_quota, make_registration, make_ticket_type, make_user

pytestmark = pytest.mark.django_db
LIST = "admin:registrations_registration_changelist"


def act(client, action, *registrations, **data):
    chosen = {"action": action, "_selected_action": [str(one.pk) for one in registrations]}
    return client.post(reverse(LIST), chosen | data, follow=True)


def statuses(*registrations):
    for one in registrations:
        one.refresh_from_db()
    return [one.status for one in registrations]


def test_confirm_action_confirms_those_that_wait():
    ticket_type = make_ticket_type(needs_approval=True)
    first, second = make_registration(ticket_type), make_registration(ticket_type)
    client = signed_in(organizer(ticket_type.event, Role.REGISTRAR))

    act(client, "confirm_selected", first, second, reason_given="1")

    assert statuses(first, second) == [RegistrationStatus.CONFIRMED] * 2


def test_confirm_action_leaves_other_editions_alone():
    ticket_type = make_ticket_type(needs_approval=True)
    registration = make_registration(ticket_type)
    client = signed_in(organizer(make_event()))

    act(client, "confirm_selected", registration, reason_given="1")

    assert statuses(registration) == [RegistrationStatus.PENDING]


def test_action_of_a_viewer_is_not_offered():
    ticket_type = make_ticket_type(needs_approval=True)
    registration = make_registration(ticket_type)
    client = signed_in(organizer(ticket_type.event, Role.VIEWER))

    act(client, "confirm_selected", registration, reason_given="1")

    assert statuses(registration) == [RegistrationStatus.PENDING]


def test_decline_action_asks_for_a_reason_first():
    ticket_type = make_ticket_type(needs_approval=True)
    registration = make_registration(ticket_type)
    client = signed_in(organizer(ticket_type.event))

    page = act(client, "decline_selected", registration)
    assert "Reason" in page.content.decode()
    assert statuses(registration) == [RegistrationStatus.PENDING]
    act(client, "decline_selected", registration, reason_given="1", reason_en="No place.")

    assert statuses(registration) == [RegistrationStatus.DECLINED]
    assert registration.status_reason == "No place."


def test_cancel_action_gives_the_seat_to_the_next():
    ticket_type = make_ticket_type(capacity=1)
    first, waiting = make_registration(ticket_type), make_registration(ticket_type)
    client = signed_in(organizer(ticket_type.event))

    act(client, "cancel_selected", first, reason_given="1", reason_en="Full")

    assert statuses(first, waiting) == [RegistrationStatus.CANCELLED, RegistrationStatus.OFFERED]


def test_refusal_of_the_rule_is_shown():
    ticket_type = make_ticket_type()
    registration = make_registration(ticket_type)
    client = signed_in(organizer(ticket_type.event))

    page = act(client, "decline_selected", registration, reason_given="1", reason_en="Full")

    assert "confirmed already" in page.content.decode()
    assert statuses(registration) == [RegistrationStatus.CONFIRMED]


def test_resend_action_mails_the_link_to_active_people_only():
    ticket_type = make_ticket_type()
    active, over = make_registration(ticket_type), make_registration(ticket_type)
    client = signed_in(organizer(ticket_type.event))
    act(client, "cancel_selected", over, reason_given="1", reason_en="Full")
    EmailMessage.objects.all().delete()

    act(client, "resend_selected", active, over)

    assert list(EmailMessage.objects.values_list("recipient", flat=True)) == [active.email]


def test_button_cancels_after_a_question():
    registration = make_registration()
    client = signed_in(organizer(registration.event))
    cancel = reverse("admin:registrations_registration_do", args=[registration.pk, "cancel"])

    client.get(cancel)
    assert statuses(registration) == [RegistrationStatus.CONFIRMED]
    client.post(cancel, {"reason_en": "Asked by telephone."})

    assert statuses(registration) == [RegistrationStatus.CANCELLED]


def test_button_of_a_page_that_is_out_of_date_does_nothing():
    registration = make_registration()
    client = signed_in(organizer(registration.event))
    act(client, "cancel_selected", registration, reason_given="1", reason_en="Full")
    EmailMessage.objects.all().delete()
    resend = reverse("admin:registrations_registration_do", args=[registration.pk, "resend"])

    page = client.post(resend, follow=True)

    assert "no longer possible" in page.content.decode()
    assert not EmailMessage.objects.exists()


def test_details_are_corrected_by_their_rule():
    registration = make_registration()
    client = signed_in(organizer(registration.event))
    change = reverse("admin:registrations_registration_change", args=[registration.pk])
    data = {
        "full_name": "Corrected",
        "organization": "New",
        "country": "CN",
        "language": "zh-hans",
        "timezone_name": "",
        "status_changes-TOTAL_FORMS": "0",
        "status_changes-INITIAL_FORMS": "0",
        "check_ins-TOTAL_FORMS": "0",
        "check_ins-INITIAL_FORMS": "0",
    }

    client.post(change, data | {"status": "cancelled", "email": "other@example.org"})

    registration.refresh_from_db()
    assert [registration.full_name, registration.country.code, registration.language] == ["Corrected", "CN", "zh-hans"]
    assert [registration.status, registration.email.split("@")[0][:5]] == [RegistrationStatus.CONFIRMED, "guest"]


def by_hand(ticket_type, **fields):
    return {
        "event": ticket_type.event_id,
        "ticket_type": ticket_type.pk,
        "full_name": "Entered by hand",
        "email": "hand@example.org",
        "organization": "Institute",
        "country": "KE",
        "language": "en",
        "consent_text": "By telephone.",
    } | fields


def test_registration_by_hand_follows_the_public_rule():
    ticket_type = make_ticket_type(capacity=1)
    make_registration(ticket_type)
    client = signed_in(organizer(ticket_type.event))

    response = client.post(reverse("admin:registrations_registration_add"), by_hand(ticket_type))

    registration = Registration.objects.get(email="hand@example.org")
    assert response.status_code == 302
    assert [registration.status, registration.waiting_number] == [RegistrationStatus.WAITLISTED, 1]
    assert EmailMessage.objects.filter(recipient="hand@example.org").count() == 1


def test_registration_by_hand_shows_refusals_beside_the_form():
    ticket_type = make_ticket_type(event=make_event(status="cancelled"))
    client = signed_in(organizer(ticket_type.event))

    response = client.post(reverse("admin:registrations_registration_add"), by_hand(ticket_type))

    assert "cancelled" in str(response.context["errors"])
    assert Registration.objects.count() == 0


def test_registration_by_hand_does_not_enter_anybody_twice():
    registration = make_registration()
    client = signed_in(organizer(registration.event))
    data = by_hand(registration.ticket_type, email=registration.email.upper())

    response = client.post(reverse("admin:registrations_registration_add"), data)

    assert "already" in str(response.context["errors"])
    assert Registration.objects.count() == 1


def test_csv_export_neutralises_formulas_and_streams():
    registration = make_registration(full_name="=HYPERLINK(1)", organization="@SUM(A1)")
    make_registration()
    client = signed_in(organizer(registration.event))

    response = client.get(reverse("admin:registrations_registration_export", args=[registration.event_id, "csv"]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    lines = text.splitlines()
    assert response.streaming
    assert len(lines) == 2
    assert "'=HYPERLINK(1)" in lines[1]
    assert "'@SUM(A1)" in lines[1]
    assert registration.secret not in text


def test_spreadsheet_export_holds_the_chosen_ones_of_ones_own_editions():
    mine, other = make_registration(full_name="+1 Name"), make_registration()
    client = signed_in(organizer(mine.event))

    response = act(client, "export_xlsx", mine, other)
    sheet = load_workbook(io.BytesIO(response.content)).active

    rows = list(sheet.iter_rows(values_only=True))
    assert [row[3] for row in rows[1:]] == ["'+1 Name"]
    assert rows[1][6] == "Kenya"


def test_export_takes_as_many_queries_for_ten_as_for_one(django_assert_num_queries):
    registration = make_registration()
    for _number in range(9):
        make_registration(registration.ticket_type)
    client = signed_in(organizer(registration.event))
    export = reverse("admin:registrations_registration_export", args=[registration.event_id, "csv"])

    with django_assert_num_queries(6):  # session, user, roles, questions, registrations, bookings
        b"".join(client.get(export).streaming_content)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": "Ada"}, 1),
        ({"status__exact": "confirmed"}, 2),
        ({"country": "CN"}, 1),
        ({"language__exact": "zh-hans"}, 1),
    ],
)
def test_list_is_searched_and_filtered(query, count):
    ticket_type = make_ticket_type()
    make_registration(ticket_type, full_name="Ada Guest", country="CN")
    make_registration(ticket_type, language="zh-hans")
    client = signed_in(organizer(ticket_type.event))

    assert client.get(reverse(LIST), query).context["cl"].result_count == count


def test_more_places_go_to_the_people_waiting():
    ticket_type = make_ticket_type(capacity=1)
    _first, waiting = make_registration(ticket_type), make_registration(ticket_type)
    client = signed_in(organizer(ticket_type.event))
    change = reverse("admin:registrations_tickettype_change", args=[ticket_type.pk])
    data = {
        "name_en": "On site",
        "slug": ticket_type.slug,
        "attendance_mode": "onsite",
        "position": "1",
        "capacity": "2",
        "overbooking": "0",
        "confirm_hours": "24",
        "most_in_group": "10",
    }

    response = client.post(change, data)

    ticket_type.refresh_from_db()
    assert response.status_code == 302
    assert [ticket_type.capacity, ticket_type.seats_taken, ticket_type.name_en] == [2, 2, "On site"]
    assert statuses(waiting) == [RegistrationStatus.OFFERED]


TYPE_FORM = {"name_en": "X", "position": "1", "confirm_hours": "24", "most_in_group": "10"}


def test_ticket_type_moves_from_online_to_on_site_and_back():
    ticket_type = make_ticket_type(attendance_mode="online", capacity=10, overbooking=10)
    people = [organizer(ticket_type.event), organizer(make_event()), make_user()]
    change = reverse("admin:registrations_tickettype_change", args=[ticket_type.pk])
    onsite = TYPE_FORM | {"slug": ticket_type.slug, "attendance_mode": "onsite", "capacity": "10", "overbooking": "0"}

    def places():
        ticket_type.refresh_from_db()
        return ticket_type.attendance_mode, ticket_type.capacity, ticket_type.overbooking

    others = [signed_in(user).post(change, onsite).status_code for user in people[1:]]
    assert (others, places()) == ([404, 302], ("online", 10, 10))

    assert signed_in(people[0]).post(change, onsite).status_code == 302
    assert places() == ("onsite", 10, 0)

    online = onsite | {"attendance_mode": "online", "overbooking": "20"}
    assert signed_in(people[0]).post(change, online).status_code == 302
    assert places() == ("online", 10, 20)


def test_ticket_type_stays_online_where_its_places_were_taken_meanwhile(rf):
    ticket_type = make_ticket_type(attendance_mode="online", capacity=1, overbooking=100)
    make_registration(ticket_type)
    request = rf.post("/")
    request.user, request.session = organizer(ticket_type.event), {}
    request._messages = CookieStorage(request)
    data = TYPE_FORM | {"slug": ticket_type.slug, "attendance_mode": "onsite", "capacity": "1", "overbooking": "0"}
    model_admin = admin.site._registry[TicketType]
    read = TicketType.objects.get(pk=ticket_type.pk)
    form = model_admin.get_form(request, read, change=True)(data, instance=read)
    assert form.is_valid()
    make_registration(ticket_type)

    model_admin.save_model(request, form.save(commit=False), form, change=True)

    ticket_type.refresh_from_db()
    assert [str(one) for one in request._messages] == ["2 places are taken already."]
    assert (ticket_type.attendance_mode, ticket_type.overbooking, ticket_type.name_en) == ("online", 100, "X")


def test_fewer_places_than_taken_are_refused():
    ticket_type = make_ticket_type(capacity=2)
    make_registration(ticket_type)
    make_registration(ticket_type)
    client = signed_in(organizer(ticket_type.event))
    change = reverse("admin:registrations_tickettype_change", args=[ticket_type.pk])
    data = {"name_en": "X", "slug": ticket_type.slug, "attendance_mode": "onsite", "position": "1", "capacity": "1"}

    response = client.post(change, data)

    ticket_type.refresh_from_db()
    assert "2 places are taken" in str(response.context["errors"])
    assert ticket_type.capacity == 2


def test_edition_with_registrations_says_why_it_stays():
    event = make_registration().event
    client = signed_in(make_user(is_superuser=True))
    delete = reverse("admin:events_event_delete", args=[event.pk])

    page = client.get(delete).content.decode()
    client.post(delete, {"post": "yes"})

    assert "protected related objects" in page
    assert "permission" not in page
    assert type(event).objects.filter(pk=event.pk).exists()


def test_list_opens_as_a_popup_too():
    client = signed_in(organizer(make_ticket_type().event))

    assert client.get(reverse(LIST), {"_popup": "1"}).status_code == 200


def test_registration_by_hand_knows_an_address_in_wide_letters():
    ticket_type = make_ticket_type()
    known = make_registration(ticket_type, email="ada@example.org")
    client = signed_in(organizer(ticket_type.event, Role.OWNER))
    answers = {
        "event": ticket_type.event_id,
        "ticket_type": ticket_type.pk,
        "full_name": "Ada",
        "email": "ada@\uff45xample.org",
        "organization": "Society",
        "country": "KE",
        "language": "en",
        "consent_text": "Asked by telephone.",
    }

    page = client.post(reverse("admin:registrations_registration_add"), answers)

    assert "registered with this address already" in page.content.decode()
    assert list(Registration.objects.all()) == [known]


def test_history_names_whoever_did_it():
    ticket_type = make_ticket_type(needs_approval=True)
    registration = make_registration(ticket_type)
    user = organizer(ticket_type.event)
    client = signed_in(user)

    act(client, "confirm_selected", registration, reason_given="1")
    page = client.get(reverse("admin:registrations_registration_change", args=[registration.pk])).content.decode()

    assert registration.status_changes.last().user == user
    assert user.email in page
    assert "To be approved" in page


def test_somebody_is_put_forward_with_a_reason_only():
    ticket_type = make_ticket_type(capacity=1)
    _first, second, third = (make_registration(ticket_type) for _ in range(3))
    client = signed_in(organizer(ticket_type.event, Role.REGISTRAR))

    act(client, "prioritize_selected", third, reason_given="1", priority="5", reason="")
    assert third.waiting_position() == 2
    act(client, "prioritize_selected", third, reason_given="1", priority="5", reason="Speaker")
    third.refresh_from_db()
    assert third.waiting_position() == 1
    act(client, "offer_selected", second, reason_given="1", reason="Minister", adds_place="on")

    assert statuses(second, third) == [RegistrationStatus.OFFERED, RegistrationStatus.WAITLISTED]


def test_places_of_a_quota_are_changed_by_their_rule():
    event = make_event()
    quota = make_quota(event, capacity=1)
    ticket_type = make_ticket_type(event, quota=quota)
    _first, waiting = make_registration(ticket_type), make_registration(ticket_type)
    client = signed_in(organizer(event))
    change = reverse("admin:registrations_quota_change", args=[quota.pk])

    client.post(change, {"name_en": "Hall", "capacity": "2"})

    quota.refresh_from_db()
    assert [quota.capacity, quota.seats_taken, quota.name_en] == [2, 2, "Hall"]
    assert statuses(waiting) == [RegistrationStatus.OFFERED]
