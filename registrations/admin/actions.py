"""What organizers do with several registrations at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forum_site.lib.errors import DomainError
from registrations.admin.forms import OfferForm, PriorityForm
from registrations.domain.check_in import check_in
from registrations.domain.jumps import change_priority, offer_place
from registrations.domain.links import send_existing_link
from registrations.models import Registration

Rule = Callable[[Registration], Any]
#: More at once would outlast the request.
MOST = 500


@admin.action(description=_("Check in"), permissions=["check_in"])
def check_in_selected(model_admin: Any, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
    """Note that they have come; door staff may do it too."""
    found = [one for one in _found(queryset) if model_admin.has_check_in_permission(request, one)]
    _run(model_admin, request, found, lambda one: check_in(one, by=request.user, nonce=uuid4()), _("Check in"))


@admin.action(description=_("Confirm …"), permissions=["change"])
def confirm_selected(model_admin: Any, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse | None:
    """Confirm those that wait for approval, after showing the mail."""
    return model_admin.decide_on_selected(request, queryset, "confirm")


@admin.action(description=_("Send the link again"), permissions=["change"])
def resend_selected(model_admin: Any, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
    """Mail the personal link to those that are still active."""
    active = [registration for registration in _chosen(model_admin, request, queryset) if registration.is_active]
    apply(model_admin, request, active, send_existing_link, _("Send the link again"))


@admin.action(description=_("Decline …"), permissions=["change"])
def decline_selected(model_admin: Any, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse | None:
    """Decline, after asking for a reason in both languages."""
    return model_admin.decide_on_selected(request, queryset, "decline")


@admin.action(description=_("Cancel …"), permissions=["change"])
def cancel_selected(model_admin: Any, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse | None:
    """Cancel, after asking for a reason in both languages; the seats go to the people waiting."""
    return model_admin.decide_on_selected(request, queryset, "cancel")


@admin.action(description=_("Offer a place now …"), permissions=["change"])
def offer_selected(model_admin: Any, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse | None:
    """Offer places out of order, after asking for a reason."""
    return _after_question(
        model_admin,
        request,
        queryset,
        "offer_selected",
        _("Offer a place now"),
        lambda one, data: offer_place(one, user=request.user, **data),
        OfferForm,
    )


@admin.action(description=_("Set the priority …"), permissions=["change"])
def prioritize_selected(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Registration]
) -> HttpResponse | None:
    """Put people before or behind the others who wait, after asking for a reason."""
    return _after_question(
        model_admin,
        request,
        queryset,
        "prioritize_selected",
        _("Set the priority"),
        lambda one, data: change_priority(one, user=request.user, **data),
        PriorityForm,
    )


def apply(model_admin: Any, request: HttpRequest, chosen: Any, rule: Rule, label: Any) -> None:
    """Run the rule for each of the chosen that the user may change, and say what was refused."""
    _run(model_admin, request, _chosen(model_admin, request, chosen), rule, label)


def _run(model_admin: Any, request: HttpRequest, chosen: list[Registration], rule: Rule, label: Any) -> None:
    done, refused = 0, {}
    for registration in chosen:
        try:
            rule(registration)
        except DomainError as error:
            refused[registration.full_name] = str(error)
        else:
            model_admin.log_change(request, registration, str(label))
            done += 1
    if done:
        text = ngettext("%(action)s: %(count)s registration.", "%(action)s: %(count)s registrations.", done)
        messages.success(request, text % {"action": label, "count": done})
    for name, sentence in refused.items():
        messages.warning(request, f"{name}: {sentence}")


def _chosen(model_admin: Any, request: HttpRequest, chosen: Any) -> list[Registration]:
    found = chosen if isinstance(chosen, list) else _found(chosen)
    return [one for one in found if model_admin.has_change_permission(request, one)]


def _found(queryset: QuerySet[Registration]) -> list[Registration]:
    return list(queryset.select_related("event", "ticket_type")[:MOST])


def _after_question(
    model_admin: Any,
    request: HttpRequest,
    queryset: QuerySet[Registration],
    action: str,
    label: Any,
    rule: Callable[[Registration, dict[str, Any]], Any],
    asks: type[forms.Form],
) -> HttpResponse | None:
    form = asks(request.POST if "reason_given" in request.POST else None)
    if form.is_valid():
        apply(model_admin, request, queryset, lambda one: rule(one, form.cleaned_data), label)
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": label,
        "form": form,
        "action": action,
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "chosen": _chosen(model_admin, request, queryset),
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/registrations/registration/reason.html", context)
