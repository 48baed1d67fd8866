"""By which way somebody has come: shown with links in the list and on the page of a registration, and filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from forum_site.accounts.current_edition import number_asked
from registrations.admin.filters import DelegationFilter, ways_in_of
from registrations.models import AccessCode, Registration

NO_WAY = Q(access_code=None, delegation=None, group=None, invitation=None)
WAYS = {
    "code": (_("Access code"), ~Q(access_code=None)),
    "delegation": (_("Delegation"), ~Q(delegation=None)),
    "group": (_("Registered as a group"), ~Q(group=None)),
    "invitation": (_("Invitation"), ~Q(invitation=None)),
    "none": (_("The open form, or by hand"), NO_WAY),
}


def came_by(site: admin.AdminSite, request: HttpRequest) -> Callable[[Registration], str]:
    """Return the column for this user: links, and the words of codes, only to what their own pages show them."""

    @admin.display(description=_("came by"))
    def ways(registration: Registration) -> str:
        shown = [(_shown(site, request, label, thing, name),) for label, thing, name in _ways_of(registration)]
        return format_html_join(", ", "{}", shown) or "–"

    return ways


def _ways_of(registration: Registration) -> Iterator[tuple[Any, Model, str]]:
    """Give for each way what it is called, the thing itself, and its own name."""
    code, invitation = registration.access_code, getattr(registration, "invitation", None)
    if code:
        yield _("Access code"), code, code.code
    if invitation:
        yield _("Invitation"), invitation, ""
    if registration.delegation:
        yield _("Delegation"), registration.delegation, str(registration.delegation)
    if registration.group:
        yield _("Registered as a group"), registration.group, str(registration.group)


def _shown(site: admin.AdminSite, request: HttpRequest, label: Any, thing: Model, name: str) -> str:
    if not site._registry[type(thing)].has_view_permission(request, thing):
        return str(label)
    address = reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])
    return format_html('<a href="{}">{}</a>', address, f"{label} {name}".strip())


class CameByFilter(admin.SimpleListFilter):
    """Registrations by the way in."""

    title = _("way in")
    parameter_name = "came_by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The ways."""
        return [(key, label) for key, (label, _condition) in WAYS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        """Limit the list."""
        return queryset.filter(WAYS[value][1]) if (value := self.value()) in WAYS else queryset


class OneDelegationFilter(DelegationFilter):
    """The people of one delegation; offered once delegations are asked for, so that the list costs no query before."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The delegations of the edition."""
        return super().lookups(request, model_admin) if _is_asked(request, self.parameter_name, "delegation") else []


class OneCodeFilter(admin.SimpleListFilter):
    """The people who came by one code; offered once codes are asked for."""

    title = _("access code")
    parameter_name = "access_code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The codes of the edition, if the user may see them."""
        if not _is_asked(request, self.parameter_name, "code"):
            return []
        return [(str(one.pk), str(one)) for one in ways_in_of(AccessCode, request, model_admin)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        """Limit the list."""
        code_id = number_asked(self.value())
        return queryset.filter(access_code=code_id) if code_id else queryset


def _is_asked(request: HttpRequest, name: str, way: str) -> bool:
    return name in request.GET or request.GET.get(CameByFilter.parameter_name) == way


def link_to_people(count: int, event_id: int, **limits: Any) -> str:
    """Return a number that leads to the registrations it counts."""
    query = "&".join(f"{name}={value}" for name, value in ({"edition": event_id} | limits).items())
    return format_html('<a href="{}?{}">{}</a>', reverse("admin:registrations_registration_changelist"), query, count)
