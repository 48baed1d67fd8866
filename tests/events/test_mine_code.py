"""The QR code of a link to a personal choice of sessions."""

import pytest

from tests.factories import make_event

pytestmark = pytest.mark.django_db
ADDRESS = "/en/events/forum/agenda/mine.svg"


def test_code_is_drawn_for_a_link_as_pages_write_it(client):
    make_event(slug="forum")

    response = client.get(f"{ADDRESS}?mine=0123abcd-89abcdef")

    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    assert response["Cache-Control"] == "no-store"
    assert response.content != client.get(f"{ADDRESS}?mine=0123abcd").content


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?mine=",
        "?mine=0123abc",
        "?mine=0123ABCD",
        "?mine=0123abcd-",
        "?mine=0123abcd%0A",
        "?mine=0123abcd&x=1",
        "?mine=" + "-".join(["0123abcd"] * 81),
        "?mine=https://elsewhere.example/",
    ],
)
def test_nothing_else_is_drawn(client, query):
    make_event(slug="forum")

    assert client.get(ADDRESS + query).status_code == 404
