import datetime as dt

import pytest
from django.utils import timezone

from events.enums import AppearanceRole, EventStatus, SessionStatus
from events.queries.people import appearances_of, people_of
from tests.factories import make_appearance, make_event, make_session, make_speaker

pytestmark = pytest.mark.django_db


def names(people):
    return [person.appearance.name for person in people]


def test_people_are_keynotes_first_then_in_the_order_of_the_programme():
    event = make_event()
    late, early = make_session(event, start="15:00"), make_session(event, start="09:00")
    unknown, part = make_session(event), make_session(event, start="10:30", parent=early)
    make_appearance(late, make_speaker(name_en="Keynote"), role=AppearanceRole.KEYNOTE)
    make_appearance(unknown, make_speaker(name_en="Last"))
    make_appearance(part, make_speaker(name_en="Third"))
    make_appearance(early, make_speaker(name_en="Second"), position=2)
    make_appearance(early, make_speaker(name_en="First"), position=1)

    assert names(people_of(event)) == ["Keynote", "First", "Second", "Third", "Last"]


def test_people_stand_once_with_their_keynote():
    event, speaker = make_event(), make_speaker()
    make_appearance(make_session(event, start="09:00"), speaker, role=AppearanceRole.CHAIR)
    make_appearance(make_session(event, start="10:00"), speaker, role=AppearanceRole.KEYNOTE, label_en="Keynote #1")

    [person] = people_of(event)

    assert (person.speaker, person.role) == (speaker, "Keynote")


def hidden_appearances(event, speaker):
    whole = make_session(event, publish_at=timezone.now() + dt.timedelta(days=1))
    make_appearance(whole, speaker)
    make_appearance(make_session(event, parent=whole), speaker)
    make_appearance(make_session(event, status=SessionStatus.DRAFT), speaker)
    make_appearance(make_session(event), speaker, is_announced=False)


def test_people_leave_out_what_is_not_public():
    event = make_event()
    hidden_appearances(event, make_speaker())

    assert people_of(event) == []


def test_appearances_of_a_speaker_are_newest_first_with_the_title_of_the_day():
    speaker = make_speaker()
    old = make_event(starts_on=dt.date(2021, 12, 4))
    new = make_event(starts_on=dt.date(2026, 12, 10))
    make_appearance(make_session(old, day=0), speaker, printed_title_en="Dean")
    make_appearance(make_session(new, day=1), speaker, printed_title_en="President")
    hidden_appearances(new, speaker)
    make_appearance(make_session(make_event(status=EventStatus.DRAFT)), speaker)

    assert [one.printed_title for one in appearances_of(speaker)] == ["President", "Dean"]


@pytest.mark.parametrize("count", [1, 20])
def test_people_need_one_query(count, django_assert_num_queries):
    event = make_event()
    for _ in range(count):
        make_appearance(make_session(event, parent=make_session(event)))

    with django_assert_num_queries(1):
        assert len([(person.role, person.title, person.speaker.name) for person in people_of(event)]) == count


@pytest.mark.parametrize("count", [1, 20])
def test_appearances_need_one_query(count, django_assert_num_queries):
    speaker = make_speaker()
    for _ in range(count):
        make_appearance(make_session(make_event()), speaker)

    with django_assert_num_queries(1):
        assert len({one.session.event.name for one in appearances_of(speaker)}) == count
