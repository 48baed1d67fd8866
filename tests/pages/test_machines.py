"""Pages that machines read."""

import pytest
from django.db import OperationalError, connection
from django.urls import reverse


def test_healthz_answers_without_a_database(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_readyz_asks_the_database(client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz_says_that_the_database_is_away(client):
    def away(*_arguments):
        raise OperationalError

    with connection.execute_wrapper(away):
        assert client.get("/readyz").status_code == 503


def test_robots_stay_away_from_personal_pages(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /zh-hans/registrations/" in lines
    assert "Disallow: /admin/" in lines


def test_accent_gives_both_schemes_and_is_kept_for_a_year(client):
    response = client.get(reverse("accent", args=["0e5c4a"]))

    css = response.content.decode()
    assert css.count("--accent:") == 2
    assert "prefers-color-scheme:dark" in css
    assert response["Content-Type"].startswith("text/css")
    assert "immutable" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("figures", ["0e5c4", "zzzzzz", "0e5c4a7"])
def test_accent_refuses_what_is_not_a_colour(client, figures):
    assert client.get(f"/accents/{figures}.css").status_code == 404


def test_favicon_leads_to_the_drawing(client):
    assert client.get("/favicon.ico")["Location"] == "/static/favicon.svg"
