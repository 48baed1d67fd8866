"""Pages for what went wrong."""

import pytest
from django.test import override_settings

from forum_site.pages import views


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_not_found_offers_a_way_on(client, language):
    response = client.get(f"/{language}/nothing-here/")

    assert response.status_code == 404
    assert f'href="/{language}/"' in response.content.decode()


@pytest.mark.django_db
def test_forbidden_is_a_page_of_the_site(rf):
    response = views.forbidden(rf.get("/en/"))

    assert response.status_code == 403
    assert b'class="hall"' in response.content


def test_server_error_needs_neither_database_nor_context(rf):
    response = views.server_error(rf.get("/en/"))

    assert response.status_code == 500
    assert b'class="hall"' in response.content


def test_server_error_answers_even_if_templates_are_broken(rf):
    broken = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [], "APP_DIRS": False}]
    with override_settings(TEMPLATES=broken):
        response = views.server_error(rf.get("/en/"))

    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/plain")
