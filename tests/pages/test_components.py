"""The parts that several pages share."""

import io

import pytest
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from PIL import Image

from forum_site.lib.names import monogram
from tests.factories import make_event, make_partner, make_speaker

pytestmark = pytest.mark.django_db


def picture(width=600, height=400):
    """A small PNG."""
    data = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(data, "PNG")
    return ContentFile(data.getvalue(), name="picture.png")


def cell(partner):
    return render_to_string(
        "components/partner_cell.html",
        {
            "partner": partner,
            "name": partner.name,
            "monogram": monogram(partner.short_name, partner.name),
            "href": "/p/",
        },
    )


def test_portrait_without_a_photograph_shows_initials():
    html = render_to_string("components/portrait.html", {"person": make_speaker(name_en="Ada Lovelace")})

    assert "<b>AL</b>" in html
    assert 'aria-hidden="true"' in html


def test_portrait_offers_the_smaller_pictures():
    person = make_speaker(
        photo=picture(), photo_widths={"320": "portraits/a.w320.webp", "160": "portraits/a.w160.webp"}
    )

    html = render_to_string("components/portrait.html", {"person": person})

    assert 'srcset="/media/portraits/a.w160.webp 160w, /media/portraits/a.w320.webp 320w"' in html


def test_partner_without_logo_and_acronym_has_its_name_set():
    html = cell(make_partner(name_en="International Labour Organization"))

    assert '<h3 class="monogram monogram-name"><a href="/p/">International Labour Organization</a></h3>' in html
    assert html.count("International Labour Organization") == 1


def test_partner_with_a_short_name_is_not_named_twice():
    assert cell(make_partner(name_en="UN Women")).count("UN Women") == 1


def test_partner_with_a_logo_keeps_its_name_in_words():
    html = cell(make_partner(name_en="UN Women", logo=picture()))

    assert html.count("<img") == 1
    assert ">UN Women</a>" in html


def test_cover_takes_the_place_of_the_hall(client):
    event = make_event(cover=picture())

    html = client.get(event.get_absolute_url()).content.decode()

    assert 'class="hero-cover"' in html
    assert 'class="hall"' not in html
