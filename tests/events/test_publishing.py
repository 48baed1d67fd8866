import pytest

from events.domain.publishing import cancel, postpone, publish, touch
from events.enums import EventStatus
from forum_site.lib.errors import DomainError
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def test_publish_shows_a_draft_and_raises_its_version():
    event = publish(make_event(status=EventStatus.DRAFT))

    event.refresh_from_db()
    assert (event.status, event.version) == (EventStatus.PUBLISHED, 2)


def test_cancel_says_why_until_the_edition_is_published_again():
    event = cancel(make_event(), note={"en": "A storm.", "zh-hans": "台风。"})
    assert (event.status, event.status_note_en, event.status_note_zh_hans) == ("cancelled", "A storm.", "台风。")

    publish(event)

    event.refresh_from_db()
    assert (event.status, event.status_note_en, event.status_note_zh_hans) == ("published", "", "")


def test_postpone_keeps_the_edition_public():
    event = postpone(make_event(), note={"en": "Later."})

    assert (event.status, event.is_public) == (EventStatus.POSTPONED, True)


@pytest.mark.parametrize("verb", [cancel, postpone])
def test_a_draft_cannot_be_taken_back(verb):
    with pytest.raises(DomainError):
        verb(make_event(status=EventStatus.DRAFT), note={})


def test_publish_refuses_what_is_published():
    with pytest.raises(DomainError):
        publish(make_event())


def test_touch_counts_every_change():
    event = make_event()
    before = event.changed_at

    touch(event)
    touch(event)

    event.refresh_from_db()
    assert event.version == 3
    assert event.changed_at > before
