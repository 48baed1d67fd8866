"""Filters of lists in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forum_site.accounts.current_edition import number_asked
from forum_site.accounts.permissions import events_for, roles_at

MOST_EDITIONS = 30


class EditionFilter(admin.SimpleListFilter):
    """Things of one edition, or shared things that are used there."""

    title = _("edition")
    parameter_name = "edition"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.model_admin = model_admin
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The editions of this user, the latest first."""
        events = events_for(request.user, model_admin.sees | model_admin.changes)
        return [(str(event.pk), str(event)) for event in events.order_by("-starts_on")[:MOST_EDITIONS]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Limit the list; to nothing for editions of others, whose drafts name people who are public elsewhere."""
        event_id = number_asked(self.value())
        if event_id is None:
            return queryset
        if not roles_at(request.user, event_id):
            return queryset.none()
        if self.model_admin.event_lookup:
            return queryset.filter(**{self.model_admin.event_lookup: event_id})
        used = queryset.model.objects.filter(**{self.model_admin.shared_through: event_id})
        return queryset.filter(pk__in=used.order_by().values("pk"))
