"""Sets the words of a mail: as text and as HTML, which say the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from forum_site.lib.colours import accent_scheme
from forum_site.mail.compose import Attachment, Composed
from registrations.emails.words import Words
from registrations.models import Delegation, Invitation, Registration, RegistrationGroup, Transfer
from registrations.queries.facts import Fact


def composed(
    about: Registration | RegistrationGroup | Delegation | Invitation | Transfer,
    words: Words,
    facts: Iterable[Fact],
    attachments: Iterable[Attachment] = (),
) -> Composed:
    """Return the mail with these words and facts about a registration or an invitation, whose link it gives."""
    is_chinese = (get_language() or "").startswith("zh")
    context: dict[str, Any] = {
        "words": words,
        "full_name": about.full_name,
        "event": about.event,
        "facts": facts,
        "link": settings.SITE_URL + about.self_service_path() if words.link_label else "",
        "site_url": settings.SITE_URL,
        "accent": accent_scheme(about.event.accent),
        "html_lang": "zh-Hans" if is_chinese else "en",
        "colon": "：" if is_chinese else ": ",
    }
    return Composed(
        subject=words.subject,
        text=render_to_string("emails/registration.txt", context).strip() + "\n",
        html=render_to_string("emails/registration.html", context),
        attachments=list(attachments),
    )
