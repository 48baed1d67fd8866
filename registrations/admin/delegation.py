"""The organizers' pages of delegations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events.admin.base import BilingualLabels, pair
from events.admin.programme import ZoneNote
from forum_site.accounts.enums import HANDLES_REGISTRATIONS, Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.object_buttons import ObjectButton, ObjectButtons
from forum_site.accounts.scoped_admin import ScopedAdmin
from registrations.admin.came_by import link_to_people
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
    readonly_fields = ["sent_at", "personal_link"]
    fieldsets = [
        (None, {"fields": ["event", "partner", *pair("name")]}),
        (_("Contact"), {"fields": [("contact_name", "contact_email"), ("language", "sent_at"), "personal_link"]}),
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
    def named(self, delegation: Any) -> str:
        """How many people count, and who they are."""
        return link_to_people(delegation.named_people, delegation.event_id, delegation=delegation.pk)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the link, with which people are named and cancelled, only to those who may do that themselves."""
        if obj is not None and self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return [(title, _without(options, "personal_link")) for title, options in super().get_fieldsets(request, obj)]

    @admin.display(description=_("personal link"))
    def personal_link(self, delegation: Delegation) -> str:
        """The page of the focal point, to be passed on when the mail does not arrive."""
        address = settings.SITE_URL + delegation.self_service_path()
        return format_html('<a href="{}" rel="noreferrer">{}</a>', address, address)


def _without(options: dict[str, Any], name: str) -> dict[str, Any]:
    return options | {"fields": [field for field in options["fields"] if field != name]}
