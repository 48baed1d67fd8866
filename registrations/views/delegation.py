"""The page of a focal point, who names, sees and cancels the people of one delegation and nobody else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from forum_site.lib.errors import DomainError
from forum_site.lib.origin import same_origin_only
from registrations.domain.delegations import cancel_delegate, correct_delegate, name_people
from registrations.domain.ways_in import places_left
from registrations.forms.delegation import DelegateForm, DelegatesForm
from registrations.models import Delegation
from registrations.queries.check_ins import with_arrival
from registrations.views.answers import not_too_large, personal, sent


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
@not_too_large
def delegation_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the people and what is left, and take more."""
    delegation = _delegation_or_404(secret)
    form = DelegatesForm(sent(request)[0], delegation=delegation)
    if form.is_valid():
        data = {"country": form.cleaned_data["country"], "consent_text": form.consent_text}
        named = name_people(delegation, form.guests, **data)
        if not named.problems:
            return _back(secret, "named")
        for problem in named.problems:
            form.add_error(None, problem)
    people = with_arrival(delegation.registrations.filter(erased_at=None)).select_related("ticket_type").order_by("pk")
    context = {
        "event": delegation.event,
        "delegation": delegation,
        "form": form,
        "people": people,
        "left": places_left(delegation),
        "is_open": delegation.is_open(timezone.now()) and not delegation.event.is_past,
        "done": request.GET.get("done", ""),
    }
    return render(request, "registrations/delegation_detail.html", context)


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
@not_too_large
def delegate_edit(request: HttpRequest, secret: str, code: str) -> HttpResponse:
    """Correct one of the people, but not the address, to which the personal link went."""
    delegation = _delegation_or_404(secret)
    registration = get_object_or_404(delegation.registrations.filter(erased_at=None), code=code)
    form = DelegateForm(sent(request)[0], registration=registration)
    if form.is_valid():
        try:
            correct_delegate(delegation, registration, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return _back(secret, "corrected")
    context = {"event": delegation.event, "delegation": delegation, "registration": registration, "form": form}
    return render(request, "registrations/delegate_edit.html", context)


@csrf_exempt
@same_origin_only
@require_POST
@personal
def delegate_cancel(request: HttpRequest, secret: str, code: str) -> HttpResponse:
    """Cancel one of the people."""
    delegation = _delegation_or_404(secret)
    people = delegation.registrations.filter(erased_at=None).select_related("ticket_type")
    cancel_delegate(delegation, get_object_or_404(people, code=code))
    return _back(secret, "cancelled")


def _delegation_or_404(secret: str) -> Delegation:
    related = ("event__series", "ticket_type__quota")
    found = Delegation.objects.with_secret(secret).select_related(*related)
    return get_object_or_404(found)


def _back(secret: str, done: str) -> HttpResponse:
    return redirect(f"{reverse('registrations:delegation', args=[secret])}?done={done}")
