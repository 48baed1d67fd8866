from __future__ import annotations

import pytest


def test_healthz_answers_without_the_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


@pytest.mark.django_db
def test_readyz_asks_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/readyz")

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("zh-CN,zh;q=0.9,en;q=0.5", "/zh-hans/"), ("en-GB", "/en/"), ("fr", "/en/"), ("", "/en/")],
)
def test_root_sends_to_the_language_of_the_browser(client, wanted, expected):
    response = client.get("/", headers={"Accept-Language": wanted})

    assert (response.status_code, response["Location"]) == (302, expected)
    assert "Accept-Language" in response["Vary"]


def test_robots_are_kept_from_personal_pages(client):
    text = client.get("/robots.txt").content.decode()

    assert {"Disallow: /admin/", "Disallow: /en/registrations/", "Disallow: /zh-hans/join/"} <= set(text.splitlines())


def test_another_host_is_refused(client):
    assert client.get("/healthz", headers={"Host": "evil.example.org"}).status_code == 400
