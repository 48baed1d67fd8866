"""The organizers' pages of partnerships: one at a time, and their order."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from events.admin.base import PublicAdmin, pair
from events.models import Event
from forum_site.accounts.enums import SEES_EVENT
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.permissions import events_for
from forum_site.lib.errors import DomainError
from partners.admin.order import groups_of, save_order
from partners.models import Partnership


@admin.register(Partnership)
class PartnershipAdmin(PublicAdmin):
    """The part of an organization in an edition; new ones stand last in their role."""

    list_display = ["partner", "role", "label", "position", "event"]
    list_filter = [EditionFilter, "role"]
    search_fields = ["partner__name_en", "partner__name_zh_hans", "printed_name_en", "printed_name_zh_hans"]
    ordering = ["event", "role", "position"]
    autocomplete_fields = ["partner"]
    formfield_overrides = PublicAdmin.formfield_overrides | {
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }
    fieldsets = [
        (None, {"fields": ["event", "partner", "role", *pair("label", "printed_name")]}),
        (_("Sessions"), {"fields": ["sessions"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partnership]:
        """Read the organization with its part, whose name it gives."""
        return super().get_queryset(request).select_related("partner", "event")

    def save_model(self, request: HttpRequest, obj: Partnership, form: ModelForm, change: bool) -> None:
        """Put a new one, or one with another role, behind the others of its role."""
        if not change or "role" in form.changed_data:
            last = Partnership.objects.filter(event=obj.event, role=obj.role).order_by("-position").first()
            obj.position = last.position + 1 if last else 1
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        """Add the page of the order."""
        view = self.admin_site.admin_view(require_http_methods(["GET", "POST"])(self.order))
        return [path("order/<int:event_id>/", view, name="partners_partnership_order"), *super().get_urls()]

    def order(self, request: HttpRequest, event_id: int) -> HttpResponse:
        """Show the partners of an edition in their order, and store another one."""
        event = events_for(request.user, SEES_EVENT).filter(pk=event_id).first()
        if event is None:
            raise Http404
        may_change = self.may(request, self.changes, Partnership(pk=0, event=event))
        if request.method == "POST":
            if not may_change:
                raise Http404
            return self._save(request, event)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Partnerships"),
            "opts": self.opts,
            "event": event,
            "groups": groups_of(event),
            "may_change": may_change,
        }
        return TemplateResponse(request, "admin/partners/partnership/order.html", context)

    def _save(self, request: HttpRequest, event: Event) -> HttpResponse:
        try:
            moved = save_order(event, request.POST)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The order is saved.") if moved else _("Nothing has changed."))
        return redirect("admin:partners_partnership_order", event.pk)
