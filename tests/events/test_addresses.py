import pytest
from django.http import Http404

from events.domain.addresses import remember_slug
from events.enums import EventStatus, SlugKind
from events.queries.addresses import Moved, find
from events.queries.editions import public_event_or_404
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def rename(event, slug):
    remember_slug(SlugKind.EVENT, target=event.pk, old=event.slug)
    event.slug = slug
    event.save()


def moved_to(slug):
    with pytest.raises(Moved) as moved:
        public_event_or_404(slug)
    return moved.value.arguments


def test_remember_slug_leads_to_the_new_address():
    event = make_event(slug="a")
    rename(event, "b")

    assert moved_to("a") == {"event": "b"}
    assert public_event_or_404("b") == event


def test_remember_slug_survives_the_way_back():
    event = make_event(slug="a")
    rename(event, "b")
    rename(event, "a")

    assert public_event_or_404("a") == event
    assert moved_to("b") == {"event": "a"}

    rename(event, "c")
    assert (moved_to("a"), moved_to("b")) == ({"event": "c"}, {"event": "c"})


def test_remember_slug_gives_an_address_to_its_last_owner():
    first, second = make_event(slug="a"), make_event(slug="x")
    rename(first, "b")
    rename(second, "a")
    assert public_event_or_404("a") == second

    rename(second, "y")

    assert moved_to("a") == {"event": "y"}


def test_find_keeps_the_addresses_of_editions_apart():
    one, other = make_event(), make_event()
    remember_slug(SlugKind.SESSION, target=7, old="opening", event=one)

    assert find(SlugKind.SESSION, "opening", event=one) == 7
    assert find(SlugKind.SESSION, "opening", event=other) is None
    assert find(SlugKind.SESSION, "opening") is None
    assert find(SlugKind.PAGE, "opening", event=one) is None


@pytest.mark.parametrize("status", [EventStatus.DRAFT])
def test_old_address_of_a_draft_is_not_found(status):
    event = make_event(slug="a", status=status)
    rename(event, "b")

    for slug in ("a", "b"):
        with pytest.raises(Http404):
            public_event_or_404(slug)
