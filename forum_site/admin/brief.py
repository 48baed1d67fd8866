"""From a brief to an edition: paste or upload, see what was understood, correct it, save as a draft."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from forum_site.accounts.current_edition import choose_edition
from forum_site.accounts.enums import Role
from forum_site.accounts.permissions import has_role_everywhere
from forum_site.admin.brief_forms import BriefForm, PlanForm
from forum_site.lib.brief import BriefError, read_brief
from forum_site.lib.errors import DomainError
from partners.importers.brief import apply_plan, plan_import


@require_GET
def read(request: HttpRequest) -> HttpResponse:
    """Ask for the brief."""
    _refuse_others(request)
    return _page(request, "read", {"form": BriefForm()})


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Show what was understood; with ``save`` in the answer, store it as a draft."""
    _refuse_others(request)
    form = BriefForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, "read", {"form": form})
    text = form.cleaned_data["text"]
    try:
        brief = read_brief(text, default_zone=settings.DEFAULT_EVENT_ZONE)
        plan = plan_import(brief)
    except (BriefError, DomainError) as error:
        form.add_error(None, _with_line(error))
        return _page(request, "read", {"form": form})
    answers = PlanForm(request.POST if "save" in request.POST else None, plan=plan)
    if answers.is_valid() and (event := _stored(request, plan, answers)):
        choose_edition(request, event.pk)
        messages.success(request, _("The edition is saved as a draft. Nobody else sees it yet."))
        return redirect("admin:events_event_change", event.pk)
    return _page(request, "check", {"plan": plan, "brief": plan.brief, "form": answers, "text": text})


def _stored(request: HttpRequest, plan: Any, answers: PlanForm) -> Any:
    try:
        return apply_plan(plan, choices=answers.choices())
    except DomainError as error:
        answers.add_error(None, str(error))
        return None


def _refuse_others(request: HttpRequest) -> None:
    if not has_role_everywhere(request.user, {Role.OWNER}):
        raise PermissionDenied


def _with_line(error: Exception) -> str:
    line = getattr(error, "line", None)
    sentence = str(error)
    if line and str(line) not in sentence:
        return _("Line %(line)s: %(sentence)s") % {"line": line, "sentence": sentence}
    return sentence


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    frame = {**admin.site.each_context(request), "title": _("New edition from a brief")}
    return TemplateResponse(request, f"admin/brief_{name}.html", frame | context)
