"""Passing a place on: the page of the person who has it, and the page of the colleague."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from forum_site.lib.errors import DomainError
from forum_site.lib.origin import same_origin_only
from registrations.domain.answers import AnswerRefused
from registrations.domain.transfer import decline_transfer, offer_transfer, take_back, take_over
from registrations.forms.transfer import ColleagueForm, PlaceForm
from registrations.models import Registration, Transfer
from registrations.queries.facts import place_facts
from registrations.queries.questions import questions_of
from registrations.queries.transfers import refusal_of_transfer
from registrations.views.answers import (
    is_asked_too_often,
    not_too_large,
    personal,
    sent,
    too_often,
)
from registrations.views.mine import back, registration_or_404


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def transfer_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for the colleague, or show to whom the place is offered."""
    registration = registration_or_404(secret)
    if refusal_of_transfer(registration):
        return redirect("registrations:mine", secret)
    offered = Transfer.objects.filter(registration=registration).first()
    form = ColleagueForm(sent(request)[0], initial={"language": registration.language})
    if not offered and form.is_valid() and (answer := _offer(request, registration, form)):
        return answer
    context = {"event": registration.event, "registration": registration, "form": form, "offered": offered}
    return render(request, "registrations/registration_transfer.html", context)


def _offer(request: HttpRequest, registration: Registration, form: ColleagueForm) -> HttpResponse | None:
    if is_asked_too_often(registration.event, form.cleaned_data["email"]):
        return too_often(request, registration.event, by_email=True)
    try:
        offer_transfer(registration, **form.cleaned_data)
    except DomainError as error:
        form.add_error("email", str(error))
        return None
    return back(registration.secret, "offered")


@csrf_exempt
@same_origin_only
@require_POST
@personal
def take_back_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the offer to the colleague back."""
    take_back(registration_or_404(secret))
    return back(secret, "kept")


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
@not_too_large
def take_over_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the colleague the place, ask for their own details and consent, and give it."""
    transfer = _standing_transfer(secret)
    if transfer is None:
        return _gone(request)
    event = transfer.registration.event
    about = {"registration": transfer.registration, "questions": questions_of(event)}
    form = PlaceForm(*sent(request), initial={"full_name": transfer.full_name}, **about)
    if form.is_valid() and (new := _take_over(transfer, form)):
        return redirect(f"{new.self_service_path()}?done=accepted")
    context = {
        "event": event,
        "transfer": transfer,
        "form": form,
        "facts": place_facts(event, transfer.registration.ticket_type),
    }
    return render(request, "registrations/transfer_accept.html", context)


def _standing_transfer(secret: str) -> Transfer | None:
    related = ("registration__event__series", "registration__event__venue", "registration__ticket_type__quota")
    transfer = Transfer.objects.with_secret(secret).select_related(*related).first()
    return None if transfer is None or refusal_of_transfer(transfer.registration) else transfer


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "registrations/transfer_gone.html", status=404)


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def decline_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask the colleague once, then end the offer."""
    transfer = _standing_transfer(secret)
    if transfer is None:
        return _gone(request)
    context = {
        "event": transfer.registration.event,
        "giver": transfer.registration.full_name,
        "way_back": reverse("registrations:take_over", args=[secret]),
    }
    if request.method == "POST":
        try:
            decline_transfer(transfer)
        except DomainError:
            return _gone(request)
        context["is_declined"] = True
    return render(request, "registrations/place_decline.html", context)


def _take_over(transfer: Transfer, form: PlaceForm) -> Registration | None:
    try:
        return take_over(transfer, **form.to_domain())
    except AnswerRefused as error:
        form.refuse_answer(error.slug, str(error))
    except DomainError as error:
        form.add_error(None, str(error))
    return None
