"""Changing what somebody has said about themselves."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError
from registrations.models import Registration


def edit_details(
    registration: Registration, *, full_name: str, organization: str, country: str, language: str, timezone_name: str
) -> Registration:
    """Store the new details; the e-mail address and the seat stay. Raises ``DomainError`` when it is over."""
    with transaction.atomic():
        registration.refresh_from_db(from_queryset=Registration.objects.select_for_update(no_key=True))
        if not registration.is_active:
            raise DomainError(_("This registration is over. You may register anew."))
        registration.full_name, registration.organization = full_name, organization
        registration.country, registration.language = country, language
        registration.timezone_name = timezone_name
        registration.changed_at = timezone.now()
        registration.save()
    return registration
