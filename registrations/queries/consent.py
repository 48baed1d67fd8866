"""The sentence to which somebody agrees; its wording is stored with the registration."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Event, Page
from forum_site.lib.moments import full_day


def consent_sentence(event: Event) -> str:
    """Return the consent in the current language: who uses the details, for what, and until when."""
    names = {"organizer": str(event.series.contact_name or event.series.name)}
    if event.data_kept_until is None:
        return _("I agree to the use of these details for running this edition. Responsible: %(organizer)s.") % names
    day = full_day(event.data_kept_until, get_language() or "en")
    sentence = _(
        "I agree to the use of these details for running this edition, until %(day)s. Responsible: %(organizer)s."
    )
    return sentence % (names | {"day": day})


def privacy_page(event: Event) -> Page | None:
    """Return the edition's page on privacy, if it has published one. One query."""
    return event.pages.public().filter(slug="privacy").select_related("event").first()
