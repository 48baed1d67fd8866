"""The pages of registration are read by a strict parser without a complaint, in both languages."""

from __future__ import annotations

import html5lib
import pytest

from tests.factories import make_event, make_page, make_registration, make_ticket_type

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_is_clean_html(client, language):
    event = make_event()
    make_page(event, slug="privacy")
    first = make_ticket_type(event, capacity=1)
    make_ticket_type(event, needs_approval=True)
    confirmed, waiting = make_registration(first), make_registration(first)
    form = f"/{language}/events/{event.slug}/register/"
    own = [f"/{language}/registrations/{one.secret}/" for one in (confirmed, waiting)]

    for page in (form, f"{form}resend/", *own, f"{own[0]}edit/", f"{own[0]}cancel/"):
        html5lib.HTMLParser(strict=True).parse(client.get(page).content.decode())
    html5lib.HTMLParser(strict=True).parse(client.post(form, {"email": "x"}).content.decode())
