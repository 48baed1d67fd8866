"""Several people at once: the form, the contact's page, and the page on which a place is claimed."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from events.models import Event
from events.queries.editions import public_event_or_404
from forum_site.lib.errors import DomainError
from forum_site.lib.origin import same_origin_only
from registrations.domain.answers import AnswerRefused
from registrations.domain.groups import cancel_member, claim, decline_claim, register_group
from registrations.forms.group import GroupForm
from registrations.forms.transfer import ClaimForm
from registrations.models import Registration, RegistrationGroup
from registrations.queries.facts import offer_facts, place_facts, standing_in_group
from registrations.queries.offers import offer_of
from registrations.queries.questions import questions_of
from registrations.views.answers import (
    always_fresh,
    comes_too_often,
    is_asked_too_often,
    not_too_large,
    personal,
    sent,
    too_often,
)
from registrations.views.mine import registration_or_404
from registrations.views.register import to_done


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@always_fresh
@not_too_large
def group_form(request: HttpRequest, event: str) -> HttpResponse:
    """Show the form for several people, and take it."""
    edition = public_event_or_404(event)
    offer = offer_of(edition)
    if not offer.is_open or not any(one.most_in_group for one in offer.ticket_types):
        return redirect("registrations:register", edition.slug)
    if request.method == "POST" and comes_too_often(request):
        return too_often(request, edition, by_email=False)
    form = GroupForm(sent(request)[0], event=edition, offer=offer)
    if form.is_valid() and (answer := _register(request, edition, form)):
        return answer
    context = {"event": edition, "form": form, "facts": offer_facts(edition)}
    return render(request, "registrations/group_create.html", context)


def _register(request: HttpRequest, event: Event, form: GroupForm) -> HttpResponse | None:
    if any(map(partial(is_asked_too_often, event), form.addresses)):
        return too_often(request, event, by_email=True)
    try:
        if not form.is_trapped:
            register_group(event, **form.to_domain())
    except DomainError as error:
        form.add_error(None, str(error))
        return None
    return redirect("registrations:group_done", event.slug)


@require_GET
@personal
def group_done(request: HttpRequest, event: str) -> HttpResponse:
    """Say that the mails are on their way; the page is the same for everybody."""
    return render(request, "registrations/group_done.html", {"event": public_event_or_404(event)})


@require_GET
@personal
def group_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the contact where the places stand."""
    group = _group_or_404(secret)
    members = group.members.filter(erased_at=None).select_related("ticket_type", "event").order_by("pk")
    rows = [(one, *standing_in_group(one)) for one in members]
    context = {"event": group.event, "group": group, "rows": rows, "is_cancelled": "cancelled" in request.GET}
    return render(request, "registrations/group_detail.html", context)


@csrf_exempt
@same_origin_only
@require_POST
@personal
def group_cancel(request: HttpRequest, secret: str, code: str) -> HttpResponse:
    """Cancel one of the places."""
    group = _group_or_404(secret)
    cancel_member(group, get_object_or_404(group.members.select_related("ticket_type"), code=code))
    return redirect(f"{reverse('registrations:group', args=[secret])}?cancelled=1")


def _group_or_404(secret: str) -> RegistrationGroup:
    return get_object_or_404(RegistrationGroup.objects.with_secret(secret).select_related("event__series"))


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
@not_too_large
def claim_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask who takes a place whose name is not known yet."""
    registration = registration_or_404(secret)
    if not registration.is_unclaimed or not registration.is_active:
        return redirect("registrations:mine", secret)
    event = registration.event
    form = ClaimForm(*sent(request), registration=registration, questions=questions_of(event))
    if form.is_valid() and (answer := _claim(request, registration, form)):
        return answer
    context = {
        "event": event,
        "registration": registration,
        "form": form,
        "facts": place_facts(event, registration.ticket_type),
    }
    return render(request, "registrations/group_claim.html", context)


def _claim(request: HttpRequest, registration: Registration, form: ClaimForm) -> HttpResponse | None:
    """Give the place; the answer is the same for an address that is registered already, and the link comes by mail."""
    if is_asked_too_often(registration.event, form.cleaned_data["email"]):
        return too_often(request, registration.event, by_email=True)
    outcome = str(registration.status)
    try:
        claim(registration, **form.to_domain())
    except AnswerRefused as error:
        form.refuse_answer(error.slug, str(error))
    except DomainError as error:
        form.add_error(None, str(error))
    else:
        thanks = {"name": form.cleaned_data["full_name"], "email": form.cleaned_data["email"]}
        return to_done(registration.event, outcome=outcome, **thanks)
    return None


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def decline_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask once, then leave a place without a name to the contact."""
    registration = registration_or_404(secret)
    if not registration.is_unclaimed or not registration.is_active:
        return redirect("registrations:mine", secret)
    context = {
        "event": registration.event,
        "giver": registration.group.contact_name if registration.group else "",
        "way_back": reverse("registrations:claim", args=[secret]),
    }
    if request.method == "POST":
        try:
            decline_claim(registration)
        except DomainError:  # claimed at the same moment
            return redirect("registrations:mine", secret)
        context["is_declined"] = True
    return render(request, "registrations/place_decline.html", context)
