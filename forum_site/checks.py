"""What ``manage.py check --deploy`` says about an installation, beside Django's own checks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as Caution

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


@register(deploy=True)
def mail_can_leave(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn where no mail server is configured: attendees would wait for their links."""
    if settings.EMAIL_IS_CONFIGURED:
        return []
    return [Caution("No mail server is configured.", hint="Set EMAIL_URL.", id="forum.W001")]


@register(deploy=True)
def address_is_safe(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn where personal links would travel unencrypted."""
    host = settings.SITE_URL.split("://")[1].split(":")[0]
    if settings.IS_HTTPS or host in LOCAL_HOSTS:
        return []
    return [Caution("The site has no https address.", hint="Set SITE_URL to https://…", id="forum.W002")]
