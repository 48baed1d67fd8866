"""The organizers' pages of delegations."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.base import BilingualLabels, pair
from events.admin.programme import ZoneNote
from forum_site.accounts.enums import HANDLES_REGISTRATIONS, Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.object_buttons import ObjectButton, ObjectButtons
from forum_site.accounts.scoped_admin import ScopedAdmin
from registrations.domain.delegations import renew_delegation_link, send_link
from registrations.enums import IS_ACTIVE
from registrations.models import Delegation


@admin.register(Delegation)
class DelegationAdmin(ObjectButtons, ZoneNote, BilingualLabels, ScopedAdmin):
    """Places of organizations, with a link for each focal point."""

    has_zone = True
    zone_fieldset = 2
    sees = frozenset({Role.OWNER, Role.REGISTRAR, Role.VIEWER})
    changes = HANDLES_REGISTRATIONS
    list_display = ["name", "contact_name", "ticket_type", "named", "places", "until", "sent_at", "event"]
    list_select_related = ["event", "ticket_type"]
    list_filter = [EditionFilter]
    search_fields = ["name_en", "name_zh_hans", "contact_name", "contact_email"]
    readonly_fields = ["sent_at"]
    fieldsets = [
        (None, {"fields": ["event", "partner", *pair("name")]}),
        (_("Contact"), {"fields": [("contact_name", "contact_email"), ("language", "sent_at")]}),
        (_("Places"), {"fields": ["ticket_type", ("places", "until")]}),
    ]
    object_buttons = [
        ObjectButton(
            name="send",
            label=_("Send the link"),
            run=lambda one, _data: send_link(one),
            done=_("The mail with the link waits to be sent."),
        ),
        ObjectButton(
            name="renew",
            label=_("Exchange the link"),
            run=lambda one, _data: renew_delegation_link(one),
            done=_("The old link is dead; the new one waits to be sent."),
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the people in the same query."""
        counted = Count("registrations", filter=Q(registrations__status__in=IS_ACTIVE))
        return super().get_queryset(request).annotate(named_people=counted)

    @admin.display(description=_("named"), ordering="named_people")
    def named(self, delegation: Any) -> int:
        """How many people count."""
        return int(delegation.named_people)
