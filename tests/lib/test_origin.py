import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.views.decorators.csrf import csrf_exempt

from forum_site.lib.origin import same_origin_only


@same_origin_only
def answer(request, word="yes"):
    """Says yes."""
    return HttpResponse(word)


def _post(**headers):
    return answer(RequestFactory(headers={"Host": "testserver", **headers}).post("/"))


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "http://testserver"},
        {},
    ],
)
def test_same_origin_only_lets_own_forms_through(headers):
    assert _post(**headers).content == b"yes"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver:8000"},
        {"Origin": "null"},
    ],
)
def test_same_origin_only_refuses_other_sites(headers):
    with pytest.raises(PermissionDenied, match="another site"):
        _post(**headers)


def test_same_origin_only_leaves_reading_alone():
    request = RequestFactory(headers={"Sec-Fetch-Site": "cross-site"}).get("/")

    assert answer(request, word="no").content == b"no"


def test_same_origin_only_keeps_what_the_view_is():
    assert answer.__doc__ == "Says yes."
    assert same_origin_only(csrf_exempt(answer)).csrf_exempt
