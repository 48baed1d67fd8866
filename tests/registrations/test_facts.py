"""The facts that stand in mails and on the personal page."""

import pytest

from registrations.queries.facts import place_of
from tests.factories import make_event, make_ticket_type, make_venue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "place"),
    [("1 Quay, Calavine", "Hall, 1 Quay, Calavine"), ("1 Quay", "Hall, 1 Quay, Calavine"), ("", "Hall, Calavine")],
)
def test_place_names_the_city_once(address, place):
    event = make_event(venue=make_venue(name_en="Hall", address_en=address, city_en="Calavine"))

    assert place_of(event, make_ticket_type(event, attendance_mode="onsite")) == place
