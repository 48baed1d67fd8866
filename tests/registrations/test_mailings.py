"""Mails to many: counted and seen before, taken back in time, paused, and never twice to anybody."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from django_q.models import Schedule

from events.enums import EventStatus
from forum_site.lib.errors import DomainError
from forum_site.mail.enums import MailReturn, MailState
from forum_site.mail.jobs import deliver_due
from forum_site.mail.models import EmailMessage
from forum_site.mail.returns import forget_returns, note_return
from registrations.domain import letters, mailings
from registrations.domain.answers import Given
from registrations.domain.bookings import accept, choose, leave
from registrations.domain.cancel import cancel
from registrations.domain.check_in import check_in, check_out, undo
from registrations.domain.details import answer
from registrations.domain.erase import erase
from registrations.domain.mailings import pause, schedule, take_back, write_due
from registrations.domain.usual_mailings import add_usual_mailings
from registrations.emails.own_words import words_of_mailing
from registrations.enums import MailingState, MailingTiming, Presence, RegistrationStatus
from registrations.jobs import write_mailings
from registrations.models import Delivery, Mailing, Question, Registration
from registrations.queries.recipients import (
    moment_for,
    not_yet_served,
    out_of_reach,
    recipients_of,
    samples_among,
    samples_of,
)
from registrations.queries.returns import with_returns
from tests.admin.forms import form_data
from tests.admin.worlds import organizer, signed_in, url
from tests.factories import (
    at,
    make_bookable,
    make_booking_rules,
    make_event,
    make_mailing,
    make_question,
    make_registration,
    make_session,
    make_ticket_type,
    make_user,
    make_wording,
)

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(minutes=11)


@pytest.fixture(autouse=True)
def with_a_mail_server(settings):
    settings.EMAIL_IS_CONFIGURED = True


def later() -> dt.datetime:
    return timezone.now() + LATER


def recipients() -> set[str]:
    return set(EmailMessage.objects.filter(kind="registration_mailing").values_list("recipient", flat=True))


def make_people(ticket_type, *names):
    return [make_registration(ticket_type, full_name=name, email=f"{name}@example.org") for name in names]


# --- Whom it goes to ------------------------------------------------------------------------------------------------


def test_filters_choose_by_status_type_and_language():
    ticket_type = make_ticket_type()
    other_type = make_ticket_type(ticket_type.event, slug="other", position=2)
    ann, ben = make_people(ticket_type, "ann", "ben")
    cancel(ben)
    zhao = make_registration(other_type, language="zh-hans")
    make_registration()

    def chosen(**fields):
        return set(recipients_of(make_mailing(ticket_type.event, **fields)))

    assert chosen() == {ann, zhao}
    assert chosen(statuses=[RegistrationStatus.CANCELLED]) == {ben}
    assert chosen(language="zh-hans") == {zhao}
    mailing = make_mailing(ticket_type.event)
    mailing.ticket_types.add(other_type)
    assert set(recipients_of(mailing)) == {zhao}


def test_answers_choose_too_and_each_person_once():
    ticket_type = make_ticket_type()
    question = make_question(ticket_type.event, "several", options={"a": None, "b": None, "c": None})
    ann, ben = make_people(ticket_type, "ann", "ben")
    options = {option.key: option for option in question.options.all()}
    for person, keys in ((ann, "ab"), (ben, "c")):
        answer(person, answers=[Given(question, options=tuple(options[key] for key in keys))], asked=[question])
    mailing = make_mailing(ticket_type.event)
    mailing.options.set([options["a"], options["b"]])

    assert list(recipients_of(mailing)) == [ann]


def test_sessions_choose_whoever_has_a_place_in_one_of_them_once():
    event = make_event()
    ticket_type = make_ticket_type(event)
    one, two, other = (
        make_bookable(make_session(event, start=f"{hour:02}:00", end=f"{hour:02}:30"), capacity=2)
        for hour in (9, 10, 11)
    )
    ann, ben, cid, dan = make_people(ticket_type, "ann", "ben", "cid", "dan")
    for person, chosen in ((ann, [one, two]), (ben, [one]), (cid, [one]), (dan, [other])):
        choose(person, book=chosen)  # cid waits: two places only
    leave(ben, bookable=one)  # and is offered the place of ben, who came and went
    mailing = make_mailing(event)
    mailing.sessions.set([one, two])

    assert list(recipients_of(mailing)) == [ann]
    accept(cid, bookable=one)
    assert list(recipients_of(mailing)) == [ann, cid]


def test_whoever_has_come_or_not_is_chosen_at_the_moment_of_sending():
    ticket_type = make_ticket_type()
    ann, ben, cid = make_people(ticket_type, "ann", "ben", "cid")
    come, back = (check_in(person, by=None, nonce=uuid4()) for person in (ann, ben))
    undo(back, by=None)
    check_out(ann, by=None, nonce=uuid4())
    check_in(cid, by=None, nonce=uuid4(), session=make_session(ticket_type.event))
    thanks = make_mailing(ticket_type.event, presence=Presence.ARRIVED)
    missed = make_mailing(ticket_type.event, presence=Presence.ABSENT)

    assert set(recipients_of(thanks)) == {ann, cid}
    assert set(recipients_of(missed)) == {ben}
    assert recipients_of(make_mailing(ticket_type.event)).count() == 3
    schedule(thanks)
    check_in(ben, by=None, nonce=uuid4())
    undo(come, by=None)
    write_due(later())
    assert recipients() == {"ben@example.org", "cid@example.org"}


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["Checked in", "Not checked in"]), ("zh-hans", ["已签到", "未签到"])]
)
def test_an_organizer_chooses_whoever_has_come(language, words):
    event = make_event()
    mailing = make_mailing(event)
    client = signed_in(organizer(event), django_language=language)
    page = client.get(url(mailing, "change"))
    data = form_data(page, "mailing_form") | {"presence": "arrived"}

    for word in words:
        assert f">{word}</option>" in page.content.decode()
    assert client.post(url(mailing, "change"), data | {"presence": "odd"}).status_code == 200
    assert client.post(url(mailing, "change"), data).status_code == 302
    mailing.refresh_from_db()
    assert mailing.presence == Presence.ARRIVED
    assert words[0] in client.get(url(schedule(mailing), "change")).content.decode()


def test_sessions_offered_are_those_of_the_edition_and_stand_in_words_later():
    event = make_event()
    make_bookable(make_session(event, title_en="Ours"))
    make_bookable(make_session(make_event(), title_en="Foreign"))
    mailing = make_mailing(event)
    mailing.sessions.set(event.sessions.values_list("bookable", flat=True))
    client = signed_in(organizer(event))
    draft = client.get(url(mailing, "change")).content.decode()
    later_on = client.get(url(schedule(mailing), "change")).content.decode()

    assert "Ours" in draft
    assert "Foreign" not in draft
    assert "Ours" in later_on
    assert client.get(url(make_mailing(event), "change")).content.decode().count('name="statuses"') == 8


def test_a_session_of_another_edition_is_not_taken():
    event, foreign = make_event(), make_bookable()
    mailing = make_mailing(event)
    client = signed_in(organizer(event))
    data = form_data(client.get(url(mailing, "change")), "mailing_form") | {"sessions": foreign.pk}
    answer = client.post(url(mailing, "change"), data)

    assert answer.status_code == 200
    assert list(mailing.sessions.all()) == []


def test_a_mail_to_a_few_never_becomes_one_to_all():
    event = make_event()
    make_people(make_ticket_type(event), "ann")
    bookable, mailing = make_bookable(make_session(event)), make_mailing(event)
    client = signed_in(organizer(event))
    data = form_data(client.get(url(mailing, "change")), "mailing_form")
    assert client.post(url(mailing, "change"), data | {"sessions": bookable.pk}).status_code == 302
    bookable.delete()

    limited = Mailing.objects.get()
    assert (limited.limited_by, list(limited.sessions.all()), list(recipients_of(limited))) == (["sessions"], [], [])
    client.post(url(mailing, "change"), data)
    assert recipients_of(Mailing.objects.get()).count() == 1


def test_answers_offered_are_those_of_the_edition_and_not_the_sensitive_ones():
    event = make_event()
    make_question(event, "choice", options={"mine": None})
    make_question(event, "choice", options={"diet": None}, is_sensitive=True)
    make_question(make_event(), "choice", options={"foreign": None})
    page = signed_in(organizer(event)).get(f"{url(Mailing, 'add')}?event={event.pk}").content.decode()

    assert "Mine" in page
    assert "Diet" not in page
    assert "Foreign" not in page


def test_answers_to_yes_no_and_country_questions_choose():
    event = make_event()
    ticket_type = make_ticket_type(event)
    visa, home = make_question(event, "yes_no"), make_question(event, "country")
    ann, ben, cy = make_people(ticket_type, "ann", "ben", "cy")
    for person, needs, country in ((ann, "yes", "KE"), (ben, "no", "CN"), (cy, "no", "KE")):
        answer(person, answers=[Given(visa, needs), Given(home, country)], asked=[visa, home])

    def chosen(*given):
        return set(recipients_of(make_mailing(event, given_answers=list(given))))

    assert chosen(f"{visa.pk}:yes") == {ann}
    assert chosen(f"{home.pk}:KE") == {ann, cy}
    assert chosen(f"{visa.pk}:yes", f"{home.pk}:CN") == {ann, ben}
    assert chosen() == {ann, ben, cy}
    Question.objects.filter(pk=visa.pk).update(is_sensitive=True)
    assert chosen(f"{visa.pk}:yes") == set()


def test_a_filter_by_a_question_that_is_deleted_reaches_nobody():
    event = make_event()
    make_people(make_ticket_type(event), "ann")
    question = make_question(event, "yes_no", label_en="Visa?")
    client = signed_in(organizer(event))
    mailing = make_mailing(event)
    data = form_data(client.get(url(mailing, "change")), "mailing_form")
    posted_keys = [f"{question.pk}:yes"]
    posted = client.post(url(mailing, "change"), data | {"given_answers": posted_keys})
    assert posted.status_code == 302
    question.delete()

    kept = form_data(client.get(url(mailing, "change")), "mailing_form")
    client.post(url(mailing, "change"), kept)  # a form that was saved unchanged changes nothing

    limited = Mailing.objects.get()
    assert (limited.given_answers, list(recipients_of(limited))) == (posted_keys, [])
    schedule(limited)
    assert "(deleted)" in client.get(url(mailing, "change")).content.decode()


def test_yes_no_and_countries_are_offered_of_the_edition_and_not_the_sensitive_ones():
    event = make_event()
    visa = make_question(event, "yes_no", label_en="Visa?")
    make_question(event, "yes_no", label_en="Ill?", is_sensitive=True)
    foreign = make_question(make_event(), "yes_no", label_en="Foreign?")
    client = signed_in(organizer(event))
    page = client.get(f"{url(Mailing, 'add')}?event={event.pk}")
    mailing = make_mailing(event)
    data = form_data(client.get(url(mailing, "change")), "mailing_form")

    refused = client.post(url(mailing, "change"), data | {"given_answers": [f"{foreign.pk}:yes"]})

    assert page.context["adminform"].form.fields["given_answers"].choices == [
        (f"{visa.pk}:yes", "Visa? – Yes"),
        (f"{visa.pk}:no", "Visa? – No"),
    ]
    assert refused.status_code == 200
    assert Mailing.objects.get().given_answers == []


@pytest.mark.parametrize("wrong", ["yes", ["yes"], ["1:yes; DROP"], [1], {"1": "yes"}])
def test_a_filter_by_answers_is_a_list_of_pairs(wrong):
    mailing = make_mailing(make_event())
    mailing.given_answers = wrong

    with pytest.raises(ValidationError, match="from the list"):
        mailing.full_clean()


def test_three_samples_are_shown_where_there_are_three_people(django_assert_max_num_queries):
    ticket_type = make_ticket_type()
    people = make_people(ticket_type, "a", "the longest name", "b", "c")
    everybody = Registration.objects.order_by("pk")

    with django_assert_max_num_queries(4):
        assert samples_of(everybody) == [people[0], people[1], people[2]]
    assert samples_among(people) == [people[0], people[1], people[2]]
    assert samples_of(everybody.filter(full_name="b")) == samples_among(people[2:3]) == [people[2]]
    assert samples_of(everybody.none()) == samples_among([]) == []


@pytest.mark.parametrize("model", ["mailing", "messagetemplate"])
def test_placeholders_are_named_where_something_is_written(model):
    event = make_event()
    client = signed_in(organizer(event))
    thing = {"mailing": make_mailing, "messagetemplate": make_wording}[model](event)

    pages = [client.get(page).content.decode() for page in (url(type(thing), "add"), url(thing, "change"))]

    assert [page.count("In these texts you may write {name}, {organization}") for page in pages] == [1, 1]


def test_whoever_mails_do_not_reach_is_left_out_until_they_do(django_assert_num_queries):
    ticket_type = make_ticket_type()
    ann, ben = make_people(ticket_type, "ann", "ben")
    [elsewhere] = make_people(make_ticket_type(), "ben")
    mail = EmailMessage.objects.get(recipient=ben.email, event=ticket_type.event)
    EmailMessage.objects.update(state=MailState.SENT, sent_at=timezone.now())
    mail.refresh_from_db()
    note_return(mail, kind=MailReturn.BOUNCED)
    mailing = make_mailing(ticket_type.event)

    assert set(recipients_of(mailing)) == {ann, ben}
    with django_assert_num_queries(8):
        assert (list(not_yet_served(mailing)), list(out_of_reach(mailing))) == ([ann], [ben])
    assert list(not_yet_served(make_mailing(elsewhere.event))) == [elsewhere]
    schedule(mailing)
    write_due(later())
    assert recipients() == {"ann@example.org"}
    cancel(ben)  # what concerns the own registration is tried all the same
    assert EmailMessage.objects.filter(recipient=ben.email, kind=letters.CANCELLED).count() == 1
    forget_returns(mail)
    assert (list(not_yet_served(mailing)), list(out_of_reach(mailing))) == ([], [])
    mailing = make_mailing(ticket_type.event, statuses=["cancelled"])
    assert list(not_yet_served(mailing)) == [ben]


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "1 person is left out, because a mail to this address has come back.", "2 people are left out"),
        ("zh-hans", "有 1 人的地址曾退回邮件", "有 2 人的地址曾退回邮件"),
    ],
)
def test_the_page_before_sending_says_how_many_are_left_out_and_why(language, one, two):
    ticket_type = make_ticket_type()
    ann, ben, _cid = make_people(ticket_type, "ann", "ben", "cid")
    mailing = make_mailing(ticket_type.event)
    client = signed_in(organizer(ticket_type.event), django_language=language)

    def page() -> str:
        return client.get(f"/admin/registrations/mailing/{mailing.pk}/send/").content.decode()

    assert "mail=returned" not in page()
    for person, words in ((ann, one), (ben, two)):
        mails = EmailMessage.objects.filter(recipient=person.email)
        mails.update(state=MailState.SENT, sent_at=timezone.now(), returned=MailReturn.BOUNCED)
        assert words in page()
        assert f"/admin/registrations/registration/?edition={ticket_type.event_id}&amp;mail=returned" in page()
    assert page().count("<iframe") == 1


# --- On its way -----------------------------------------------------------------------------------------------------


def test_nothing_is_written_before_the_minutes_in_which_it_can_be_taken_back():
    (ann,) = make_people(make_ticket_type(), "ann")
    schedule(make_mailing(ann.event))

    assert write_due(timezone.now() + dt.timedelta(minutes=9)) == 0
    assert write_due(later()) == 1
    assert recipients() == {"ann@example.org"}


def test_taken_back_in_time_nobody_gets_it():
    (ann,) = make_people(make_ticket_type(), "ann")
    mailing = take_back(schedule(make_mailing(ann.event)))

    assert write_due(later()) == 0
    assert mailing.state == MailingState.DRAFT


def test_a_later_moment_is_kept():
    (ann,) = make_people(make_ticket_type(), "ann")
    mailing = schedule(make_mailing(ann.event, send_at=timezone.now() + dt.timedelta(hours=3)))

    assert write_due(later()) == 0
    assert write_due(mailing.send_at) == 1


def test_nobody_gets_it_twice_however_often_it_is_sent():
    ticket_type = make_ticket_type()
    make_people(ticket_type, "ann", "ben")
    mailing = schedule(make_mailing(ticket_type.event))
    write_due(later())
    write_due(later())
    mailing.refresh_from_db()
    assert mailing.state == MailingState.SCHEDULED  # two copies wait in the outbox
    take_back(mailing)
    make_people(ticket_type, "cid")
    schedule(mailing)
    write_due(later())

    copies = EmailMessage.objects.filter(kind="registration_mailing").order_by("recipient")
    assert [mail.recipient for mail in copies] == ["ann@example.org", "ben@example.org", "cid@example.org"]


def test_copies_are_written_in_batches_that_wait_for_the_outbox(monkeypatch):
    monkeypatch.setattr(mailings, "BATCH", 2)
    ticket_type = make_ticket_type()
    make_people(ticket_type, *"abcde")
    mailing = schedule(make_mailing(ticket_type.event))

    assert (write_due(later()), write_due(later())) == (2, 0)
    EmailMessage.objects.update(state=MailState.SENT, sent_at=timezone.now())
    assert write_due(later()) == 2
    pause(mailing)
    EmailMessage.objects.update(state=MailState.SENT, sent_at=timezone.now())
    assert write_due(later()) == 0
    schedule(mailing)
    assert write_due(later()) == 1
    EmailMessage.objects.update(state=MailState.SENT, sent_at=timezone.now())
    write_due(later())
    mailing.refresh_from_db()
    assert mailing.state == MailingState.DONE


def test_the_worker_calls_it_every_minute():
    schedule = Schedule.objects.get(func="registrations.jobs.write_mailings")

    assert (schedule.minutes, schedule.repeats) == (1, -1)
    assert write_mailings() == 0


def test_buttons_that_do_not_fit_are_refused():
    mailing = make_mailing(make_event())

    with pytest.raises(DomainError):
        pause(mailing)
    with pytest.raises(DomainError):
        take_back(mailing)
    schedule(mailing)
    with pytest.raises(DomainError):
        schedule(mailing)


def test_copies_are_sent_with_the_persons_own_words():
    ticket_type = make_ticket_type()
    make_people(ticket_type, "ann")
    make_registration(ticket_type, full_name="赵安", language="zh-hans")
    schedule(
        make_mailing(ticket_type.event, has_calendar=True, subject_zh_hans="{edition}近况", body_zh_hans="{name}：您好")
    )
    write_due(later())
    deliver_due()

    english, chinese = EmailMessage.objects.filter(kind="registration_mailing").order_by("language")
    assert english.state == chinese.state == MailState.SENT
    assert f"Dear ann, see http://testserver{Delivery.objects.get(mail=english).registration.self_service_path()}" in (
        english.text_body
    )
    assert "赵安：您好" in chinese.text_body
    assert [one["filename"] for one in english.attachments] == [f"{ticket_type.event.slug}.ics"]


# --- Relative to the edition ----------------------------------------------------------------------------------------


def test_days_count_at_the_time_of_day_where_the_person_is():
    event = make_event(starts_on=dt.date(2026, 12, 10), timezone_name="Asia/Shanghai")
    mailing = make_mailing(event, timing=MailingTiming.START_DAYS, amount=-7, local_time=dt.time(9))

    assert moment_for(mailing, "").isoformat() == "2026-12-03T09:00:00+08:00"
    assert moment_for(mailing, "Africa/Nairobi").isoformat() == "2026-12-03T09:00:00+03:00"


def test_hours_count_from_the_programme_and_are_never_guessed():
    event = make_event()
    mailing = make_mailing(event, timing=MailingTiming.START_HOURS, amount=-1)
    assert moment_for(mailing, "") is None
    make_session(event, start="09:00", end="10:00")
    make_session(event, start="09:00", end="17:00", day=1)

    assert moment_for(Mailing.objects.get(), "") == at(event, "08:00")


def test_reminders_reach_each_zone_in_its_morning_and_once():
    event = make_event(timezone_name="Asia/Shanghai")
    ticket_type = make_ticket_type(event)
    make_registration(ticket_type, email="cn@example.org")
    make_registration(ticket_type, email="ke@example.org", timezone_name="Africa/Nairobi")
    mailing = make_mailing(event, timing=MailingTiming.START_DAYS, amount=-1, local_time=dt.time(9))
    schedule(mailing)
    morning = moment_for(mailing, "")

    assert write_due(morning - dt.timedelta(minutes=1)) == 0
    write_due(morning)
    assert recipients() == {"cn@example.org"}
    write_due(morning + dt.timedelta(hours=5))
    assert recipients() == {"cn@example.org", "ke@example.org"}
    assert write_due(morning + dt.timedelta(hours=6)) == 0


def test_reminders_are_not_sent_late_nor_to_latecomers_nor_for_a_cancelled_edition():
    event = make_event()
    ticket_type = make_ticket_type(event)
    mailing = schedule(make_mailing(event, timing=MailingTiming.START_DAYS, amount=-7))
    moment = moment_for(mailing, "")
    with time_machine.travel(moment + dt.timedelta(minutes=5), tick=False):
        make_registration(ticket_type, email="late@example.org")
        assert write_due() == 0
    make_people(ticket_type, "ann")
    assert write_due(moment + dt.timedelta(hours=25)) == 0
    type(event).objects.update(status=EventStatus.CANCELLED)
    assert write_due(moment) == 0
    type(event).objects.update(status=EventStatus.PUBLISHED)
    assert write_due(moment) == 1


def test_a_reminder_of_the_begin_is_never_sent_after_it():
    event = make_event()
    make_session(event, start="09:00", end="10:00")
    make_session(event, start="09:00", end="17:00", day=1)
    make_people(make_ticket_type(event), "ann")
    schedule(make_mailing(event, timing=MailingTiming.START_HOURS, amount=-1))

    assert write_due(at(event, "09:00")) == 0
    assert write_due(at(event, "08:59")) == 1


def test_a_reminder_names_the_sessions_that_are_still_to_be_chosen():
    event = make_event()
    ticket_type = make_ticket_type(event)
    make_booking_rules(event, least=2, books_until=at(event, "09:00", day=-1))
    bookables = [make_bookable(make_session(event, start=f"{hour}:00", end=f"{hour}:30")) for hour in (10, 11)]
    few, enough = make_people(ticket_type, "few", "enough")
    chinese = make_registration(ticket_type, language="zh-hans")
    choose(few, book=bookables[:1])
    choose(enough, book=bookables)
    before = make_mailing(event, timing=MailingTiming.START_DAYS, amount=-7)
    after = make_mailing(event, timing=MailingTiming.END_DAYS, amount=1)

    def words(mailing, person):
        with override(person.language):
            return words_of_mailing(mailing, person).paragraphs[1:]

    [line] = words(before, few)
    assert line.startswith("Sessions that you have chosen: 1. Asked for: at least 2. Please choose by the link below")
    assert len(words(before, chinese)) == 1
    assert words(before, enough) == words(after, few) == []
    with time_machine.travel(at(event, "10:00", day=-1)):
        assert "write to the organizers" in words(before, few)[0]


def test_usual_reminders_are_drafts_in_both_languages_and_come_once():
    event = make_event()

    assert len(add_usual_mailings(event)) == 4
    assert add_usual_mailings(event) == []
    for mailing in event.mailings.all():
        mailing.full_clean()
        assert mailing.subject_en != mailing.subject_zh_hans
        assert mailing.state == MailingState.DRAFT


# --- In the admin ---------------------------------------------------------------------------------------------------


def test_organizer_sees_count_and_samples_and_sends():
    ticket_type = make_ticket_type()
    ann, _ben = make_people(ticket_type, "ann", "benjamin")
    mailing = make_mailing(ticket_type.event)
    client = signed_in(organizer(ticket_type.event))

    page = client.get(f"/admin/registrations/mailing/{mailing.pk}/send/").content.decode()
    sample = client.get(f"/admin/registrations/mailing/{mailing.pk}/sample/{ann.pk}/").content.decode()
    client.post(f"/admin/registrations/mailing/{mailing.pk}/send/")
    mailing.refresh_from_db()

    assert "2 people get this mail" in page
    assert page.count("<iframe") == 2
    assert "Dear ann, see" in sample
    assert mailing.state == MailingState.SCHEDULED
    assert not EmailMessage.objects.filter(kind="registration_mailing").exists()
    assert "Take back and edit" in client.get(url(mailing, "change")).content.decode()


def test_organizer_of_another_edition_can_neither_look_nor_send():
    (ann,) = make_people(make_ticket_type(), "ann")
    mailing = make_mailing(ann.event)
    client = signed_in(organizer(make_event()))
    address = f"/admin/registrations/mailing/{mailing.pk}/"

    answers = [client.get(address + "send/"), client.post(address + "send/"), client.get(f"{address}sample/{ann.pk}/")]
    answers.append(client.post(f"/admin/registrations/mailing/usual/{ann.event_id}/"))

    assert [answer.status_code for answer in answers] == [404] * 4
    mailing.refresh_from_db()
    assert mailing.state == MailingState.DRAFT


def test_failed_copies_are_seen_and_sent_again():
    ticket_type = make_ticket_type()
    make_people(ticket_type, "ann", "ben")
    mailing = schedule(make_mailing(ticket_type.event))
    write_due(later())
    failed = EmailMessage.objects.get(recipient="ben@example.org", kind="registration_mailing")
    EmailMessage.objects.filter(pk=failed.pk).update(state=MailState.FAILED, error="550 no such user")
    client = signed_in(organizer(ticket_type.event))
    address = f"/admin/registrations/delivery/?mailing__id__exact={mailing.pk}&mail_state=failed"

    page = client.get(address).content.decode()
    chosen = [failed.delivery.pk]
    client.post(address, {"action": "send_again_selected", "_selected_action": chosen})
    failed.refresh_from_db()

    assert "550 no such user" in page
    assert "ann@example.org" not in page
    assert failed.state == MailState.QUEUED


def test_half_a_translation_is_refused():
    mailing = make_mailing(make_event())
    mailing.subject_zh_hans = "近况"

    with pytest.raises(ValidationError, match="belong together"):
        mailing.full_clean()


@pytest.mark.parametrize(("language", "word"), [("en", "Mail comes back"), ("zh-hans", "邮件被退回")])
def test_copies_that_come_back_mark_their_people_at_this_edition_only(language, word):
    ticket_type, elsewhere = make_ticket_type(), make_ticket_type()
    ann, ben = make_people(ticket_type, "ann", "ben")
    [other_ann] = make_people(elsewhere, "ann")
    mailing = schedule(make_mailing(ticket_type.event))
    write_due(later())
    deliver_due()
    client = signed_in(organizer(ticket_type.event), django_language=language)
    copy = Delivery.objects.get(registration=ann)

    client.post("/admin/registrations/delivery/", {"action": "mark_returned", "_selected_action": [copy.pk]})

    assert [one.has_returns for one in with_returns(Registration.objects.order_by("pk"))] == [True, False, False]
    copies = client.get(f"/admin/registrations/delivery/?mailing__id__exact={mailing.pk}&mail_state=bounced")
    assert [one.registration for one in copies.context["cl"].result_list] == [ann]
    people = client.get("/admin/registrations/registration/?mail=returned")
    assert list(people.context["cl"].result_list) == [ann]
    assert word in client.get(url(ann, "change")).content.decode()
    assert word not in client.get(url(ben, "change")).content.decode()
    foreign = signed_in(organizer(elsewhere.event), django_language=language)
    assert word not in foreign.get(url(other_ann, "change")).content.decode()
    foreign.post("/admin/registrations/delivery/", {"action": "mark_returned", "_selected_action": [copy.pk]})
    assert EmailMessage.objects.returned().count() == 1
    erase(ann)
    assert not EmailMessage.objects.exclude(returned_note="").exists()


def _copies_of(mailing, states, returned=""):
    people = make_people(make_ticket_type(mailing.event), *(f"{mailing.pk}-{number}" for number in range(len(states))))
    for registration, state in zip(people, states, strict=True):
        mail = letters.letter_to(registration, letters.MAILING, mailing=mailing.pk)
        mail.state, mail.sent_at, mail.returned = state, timezone.now(), returned
        mail.save()
        Delivery.objects.create(mailing=mailing, registration=registration, mail=mail)


@pytest.mark.parametrize("order", ["", "4", "-5", "6.-7"])
def test_list_and_page_of_a_mailing_count_the_same_copies(order):
    event, elsewhere = make_event(), make_event()
    full, empty, foreign = make_mailing(event, state="done"), make_mailing(event), make_mailing(elsewhere)
    _copies_of(full, ["sent", "sent", "failed", "queued", "held", "sending"])
    _copies_of(foreign, ["sent", "failed"], returned="bounced")
    client = signed_in(organizer(event))

    listed = client.get("/admin/registrations/mailing/", {"o": order} if order else {}).context["cl"].result_list
    shown = client.get(url(full, "change")).context["mailing"]

    counts = {one.pk: (one.written, one.left_the_house, one.went_wrong, one.returned) for one in listed}
    assert counts == {full.pk: (6, 2, 1, 0), empty.pk: (0, 0, 0, 0)}
    assert (shown.written, shown.left_the_house, shown.went_wrong) == (6, 2, 1)
    everything = signed_in(organizer(None)).get("/admin/registrations/mailing/").context["cl"].result_list
    assert {one.pk: one.returned for one in everything}[foreign.pk] == 2
    assert signed_in(make_user()).get("/admin/registrations/mailing/").status_code == 302


def test_pages_of_a_mailing_count_its_copies_once_at_most():
    mailing = make_mailing(make_event(), state="done")
    _copies_of(mailing, ["sent", "failed"])
    client = signed_in(organizer(mailing.event))

    def counting(page):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(mailing, page)).status_code == 200
        return sum("COUNT" in one["sql"] and "registrations_delivery" in one["sql"] for one in queries)

    assert [counting("change"), counting("history")] == [1, 0]
