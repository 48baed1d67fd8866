import pytest

from forum_site.checks import address_is_safe, mail_can_leave


@pytest.mark.parametrize(("is_configured", "warnings"), [(True, []), (False, ["forum.W001"])])
def test_check_says_that_mail_cannot_leave(settings, is_configured, warnings):
    settings.EMAIL_IS_CONFIGURED = is_configured

    assert [one.id for one in mail_can_leave(None)] == warnings


@pytest.mark.parametrize(
    ("url", "warnings"),
    [
        ("https://forum.example.org", []),
        ("http://127.0.0.1:8000", []),
        ("http://localhost", []),
        ("http://forum.example.org", ["forum.W002"]),
    ],
)
def test_check_says_that_links_travel_unencrypted(settings, url, warnings):
    settings.SITE_URL, settings.IS_HTTPS = url, url.startswith("https")

    assert [one.id for one in address_is_safe(None)] == warnings
