"""Addresses in other spellings of a language, and requests that cannot be read."""

import pytest

from tests.factories import make_ticket_type


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/zh/", "/zh-hans/"),
        ("/zh-CN/events/a/agenda/?track=b", "/zh-hans/events/a/agenda/?track=b"),
        ("/zh-Hans/", "/zh-hans/"),
        ("/EN/editions/", "/en/editions/"),
        ("/en-GB/", "/en/"),
    ],
)
def test_other_spelling_of_a_language_leads_to_ours(client, db, asked, given):
    response = client.get(asked)

    assert (response.status_code, response["Location"]) == (301, given)


@pytest.mark.parametrize("address", ["/fr/", "/en/nothing/", "/zh-hans/nothing/", "/xx-yy/"])
def test_what_is_not_there_stays_not_found(client, db, address):
    assert client.get(address).status_code == 404


def test_redirect_never_leaves_the_site(client, db):
    assert client.get("/zh//evil.example/")["Location"] == "/zh-hans//evil.example/"


def test_form_that_is_too_large_is_answered_by_a_page(client, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    event = make_ticket_type().event

    response = client.post(f"/en/events/{event.slug}/register/", {"full_name": "A" * 2000})

    assert response.status_code == 400
    assert "<html" in response.content.decode()
