"""The admin site of the organizers."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from forum_site.accounts.current_edition import choose_edition, current_edition
from forum_site.accounts.enums import SEES_EVENT
from forum_site.accounts.permissions import events_for, has_role

MOST_EDITIONS = 12


class ForumAdminSite(admin.AdminSite):
    """Stock Django admin in the forum's look. Whoever has a role at an edition may come in."""

    site_header = _("Forum administration")
    site_title = _("Forum administration")
    index_title = _("Dashboard")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in who has a role anywhere; superusers have all of them."""
        return has_role(request.user, SEES_EVENT)

    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Leave signing in to the pages that ask for a second factor."""
        if self.has_permission(request):
            return redirect("admin:index")
        raise PermissionDenied

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Leave it to the sign-in pages, which ask who is there first."""
        return redirect("account_change_password")

    def get_urls(self) -> list[URLPattern]:
        """Add the choice of an edition and the way from a brief to an edition."""
        from forum_site.admin import brief

        own = [
            path("r/<int:type_id>/<path:object_id>/", self.admin_view(self.view_on_site), name="view_on_site"),
            path("edition/", self.admin_view(require_POST(self.choose_edition)), name="choose_edition"),
            path("new-edition-from-a-brief/", self.admin_view(brief.read), name="brief_read"),
            path("new-edition-from-a-brief/check/", self.admin_view(brief.check), name="brief_check"),
        ]
        return [*own, *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Give every page the frame: the editions to choose from and the navigation with its counts."""
        from forum_site.admin.navigation import navigation

        context = {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": self.site_url,
            "has_permission": self.has_permission(request),
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
        }
        if not context["has_permission"] or "_popup" in request.GET:
            return context
        edition = current_edition(request)
        editions = events_for(request.user, SEES_EVENT).order_by("-starts_on", "-id")[:MOST_EDITIONS]
        return context | {
            "current_edition": edition,
            "editions": editions,
            "navigation": navigation(request, self, edition),
        }

    def choose_edition(self, request: HttpRequest) -> HttpResponse:
        """Work on another edition from now on."""
        chosen = request.POST.get("edition", "")
        if not (chosen.isdecimal() and choose_edition(request, int(chosen))):
            raise PermissionDenied
        target = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
        return HttpResponseRedirect(target if is_ours else reverse("admin:index"))

    def view_on_site(self, request: HttpRequest, type_id: int, object_id: str) -> HttpResponse:
        """Lead to the public page of a thing that the user sees here; Django's own view names that of every draft."""
        found = ContentType.objects.filter(pk=type_id).first()
        model_admin = self._registry.get(found.model_class()) if found else None
        obj = model_admin.get_object(request, object_id) if model_admin else None
        if obj is None or not hasattr(obj, "get_absolute_url") or not model_admin.has_view_permission(request, obj):
            raise Http404
        return redirect(obj.get_absolute_url())

    def index(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the dashboard of the current edition."""
        from forum_site.admin.dashboard import dashboard

        return require_GET(dashboard)(request, self)

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> HttpResponse:
        """Send to the dashboard: the navigation shows all there is."""
        return redirect("admin:index")
