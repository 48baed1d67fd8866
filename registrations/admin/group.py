"""The organizers' list of groups: who was registered together, by whom. The contact and the people change them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forum_site.accounts.enums import CHECKS_IN, HANDLES_REGISTRATIONS, Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.scoped_admin import ScopedAdmin
from forum_site.lib.moments import moment_label
from registrations.admin.check_ins import ReadOnlyInline
from registrations.enums import IS_ACTIVE
from registrations.models import Registration, RegistrationGroup


class MembersInline(ReadOnlyInline):
    """The people of a group, each with a link."""

    model = Registration
    fk_name = "group"
    verbose_name_plural = _("members")
    fields = readonly_fields = ["person", "organization", "ticket_type", "status"]
    ordering = ["pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        """Read along how they attend."""
        return super().get_queryset(request).select_related("ticket_type")

    @admin.display(description=_("full name"))
    def person(self, registration: Registration) -> str:
        """The name, with the way to the registration."""
        address = reverse("admin:registrations_registration_change", args=[registration.pk])
        return format_html('<a href="{}">{}</a>', address, registration.full_name or _("Erased"))


@admin.register(RegistrationGroup)
class RegistrationGroupAdmin(ScopedAdmin):
    """Groups, to look at: for the same roles that see registrations."""

    sees = CHECKS_IN | {Role.VIEWER}
    changes = HANDLES_REGISTRATIONS
    list_display = ["__str__", "contact_email", "size", "still_count", "waits_together", "registered", "event"]
    list_select_related = ["event"]
    list_filter = [EditionFilter, "waits_together"]
    search_fields = ["contact_name", "contact_email", "members__full_name"]
    fields = ["event", "contact_name", "contact_email", "language", "waits_together", "registered"]
    inlines = [MembersInline]

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        """Groups register themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The contact looks after the group, organizers after each of the people."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was registered stays known."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Print the moment too."""
        return (*super().get_readonly_fields(request, obj), "registered")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the people in the same query."""
        counting = Count("members", filter=Q(members__status__in=IS_ACTIVE), distinct=True)
        return super().get_queryset(request).annotate(people=Count("members", distinct=True), counting=counting)

    @admin.display(description=_("people"), ordering="people")
    def size(self, group: Any) -> int:
        """How many were registered."""
        return int(group.people)

    @admin.display(description=_("still count"), ordering="counting")
    def still_count(self, group: Any) -> int:
        """How many of them take part or wait."""
        return int(group.counting)

    @admin.display(description=_("registered"), ordering="created_at")
    def registered(self, group: RegistrationGroup) -> str:
        """The moment in the zone of the edition."""
        return moment_label(group.created_at, group.event.timezone_name, get_language() or "en")
