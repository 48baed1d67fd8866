"""The page on which people register, and the page that thanks them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from events.models import Event
from events.queries.editions import public_event_or_404
from forum_site.lib.codes import clean_code
from forum_site.lib.downloads import calendar_response
from forum_site.lib.errors import DomainError
from forum_site.lib.hall import done_hall
from forum_site.lib.origin import same_origin_only
from forum_site.lib.sealed import SealBroken, seal, unseal
from registrations.domain.answers import AnswerRefused
from registrations.domain.links import resend_link, send_existing_link
from registrations.domain.register import register
from registrations.domain.ways_in import WayIn, code_for
from registrations.forms import AddressForm, RegistrationForm
from registrations.models import AccessCode, Registration, TicketType
from registrations.queries.calendar_entries import days_file, web_calendars
from registrations.queries.facts import offer_facts
from registrations.queries.offers import Offer, offer_by, offer_of, outcome_for
from registrations.queries.questions import questions_of
from registrations.validators import email_key
from registrations.views.answers import (
    always_fresh,
    comes_too_often,
    is_asked_too_often,
    not_too_large,
    personal,
    sent,
    too_often,
)

#: Seconds for which the page of thanks can be opened.
DONE_SECONDS = 3600


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@always_fresh
@not_too_large
def register_page(request: HttpRequest, event: str) -> HttpResponse:
    """Show the form, or say why there is none; take the answers."""
    edition = public_event_or_404(event)
    typed = request.POST.get("code") or request.GET.get("code") or ""
    if (typed or request.method == "POST") and comes_too_often(request):
        return too_often(request, edition, by_email=False)
    code, refusal = _code(edition, typed)
    if refusal and request.method == "POST" and (answer := _used_it_already(request, edition, typed)):
        return answer
    way_in = WayIn(code=code) if code else None
    offer = offer_by(edition, _opened(edition, way_in)) if way_in else offer_of(edition)
    extra = {
        "code": code,
        "code_typed": typed,
        "code_refusal": refusal,
        "may_register_group": _may_register_group(offer),
    }
    return answer_with_form(request, edition, offer, way_in, extra=extra)


def _may_register_group(offer: Offer) -> bool:
    return any(one.most_in_group and not one.is_hidden for one in offer.ticket_types)


def _code(event: Event, typed: str) -> tuple[AccessCode | None, str]:
    """Return the code that was typed, or why it opens nothing."""
    try:
        return (code_for(event, typed), "") if typed.strip() else (None, "")
    except DomainError as error:
        return None, str(error)


def _used_it_already(request: HttpRequest, event: Event, typed: str) -> HttpResponse | None:
    """Thank whoever has used the last of a code a moment ago, by a double click; ``None`` for everybody else."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return None
    email = form.cleaned_data["email"]
    by_code = Registration.objects.active_for(event, email).filter(access_code__code_key=clean_code(typed))
    if not (known := by_code.first()):
        return None
    if is_asked_too_often(event, email):
        return too_often(request, event, by_email=True)
    send_existing_link(known)
    return to_done(event, name=request.POST.get("full_name", "")[:150], email=email, outcome=str(known.status))


def _opened(event: Event, way_in: WayIn) -> list[TicketType]:
    """Return what is open to everybody and what the code opens beside it, in their order."""
    public = event.ticket_types.filter(is_hidden=False).select_related("quota")
    return sorted({*public, *way_in.ticket_types()}, key=lambda one: one.position)


def answer_with_form(
    request: HttpRequest,
    event: Event,
    offer: Offer,
    way_in: WayIn | None = None,
    *,
    initial: dict[str, str] | None = None,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form with what is offered, or say why there is none; take what was sent."""
    context = {"event": event, "offer": offer} | (extra or {})
    if not offer.is_open:
        return render(request, "registrations/registration_closed.html", context)
    questions = questions_of(event) if offer.asks_questions else []
    form = RegistrationForm(*sent(request), event=event, offer=offer, questions=questions, initial=initial or {})
    if context.get("code_refusal") and form.is_valid():
        form.add_error(None, context["code_refusal"])  # or they would be registered without what the code had opened
    if form.is_valid() and (answer := _register(request, event, form, way_in)):
        return answer
    context |= {"form": form, "facts": offer_facts(event)}
    return render(request, "registrations/registration_create.html", context)


def _register(request: HttpRequest, event: Event, form: RegistrationForm, way_in: WayIn | None) -> HttpResponse | None:
    """Register and go on to the thanks; ``None`` if a rule refuses, which the form then says."""
    email = form.cleaned_data["email"]
    if is_asked_too_often(event, email):
        return too_often(request, event, by_email=True)
    try:
        outcome = _outcome_for(form, way_in) if form.is_trapped else _outcome(event, form, way_in)
    except AnswerRefused as error:
        form.refuse_answer(error.slug, str(error))
        return None
    except DomainError as error:
        form.add_error(None, str(error))
        return None
    return to_done(event, name=form.cleaned_data["full_name"], email=email, outcome=outcome)


def _outcome_for(form: RegistrationForm, way_in: WayIn | None) -> str:
    return str(outcome_for(form.chosen, skips_approval=bool(way_in and way_in.approves(form.chosen))))


def _outcome(event: Event, form: RegistrationForm, way_in: WayIn | None) -> str:
    """Register; whoever is registered already sees what a new person would get, so that nobody learns of it."""
    now = timezone.now()
    registration = register(event, at=now, way_in=way_in, **form.to_domain())
    is_new = registration.consented_at == now
    return str(registration.status) if is_new else _outcome_for(form, way_in)


def to_done(event: Event, *, is_sent_again: bool = False, **thanks: str) -> HttpResponseRedirect:
    """Go to the page of thanks; name and address travel sealed, so that no log can read them."""
    query = {"seat": seal(thanks)} | ({"again": "1"} if is_sent_again else {})
    return HttpResponseRedirect(f"{reverse('registrations:done', args=[event.slug])}?{urlencode(query)}")


@require_GET
@personal
def done(request: HttpRequest, event: str) -> HttpResponse:
    """Thank the person, in the same words whether the address was known or not."""
    edition = public_event_or_404(event)
    seat = request.GET.get("seat", "")
    try:
        thanks = unseal(seat, max_age=DONE_SECONDS)
    except SealBroken:
        return redirect("registrations:register", edition.slug)
    context = {
        "event": edition,
        "thanks": thanks,
        "seat": seat,
        "is_sent_again": "again" in request.GET,
        "hall": done_hall(email_key(thanks["email"]), edition.slug),
        "calendars": web_calendars(edition),
    }
    return render(request, "registrations/registration_done.html", context)


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def resend(request: HttpRequest, event: str) -> HttpResponse:
    """Send the link again to a registered address; the answer is the same for every address."""
    edition = public_event_or_404(event)
    if request.POST.get("seat"):
        return _resend_from_done(request, edition)
    form = AddressForm(request.POST if request.method == "POST" else None)
    is_sent = form.is_valid()
    if is_sent:
        if is_asked_too_often(edition, form.cleaned_data["email"]):
            return too_often(request, edition, by_email=True)
        resend_link(edition, email=form.cleaned_data["email"])
    context = {"event": edition, "form": form, "is_sent": is_sent}
    return render(request, "registrations/registration_resend.html", context)


def _resend_from_done(request: HttpRequest, event: Event) -> HttpResponse:
    try:
        thanks = unseal(request.POST["seat"], max_age=DONE_SECONDS)
    except SealBroken:
        return redirect("registrations:resend", event.slug)
    if is_asked_too_often(event, thanks["email"]):
        return too_often(request, event, by_email=True)
    resend_link(event, email=thanks["email"])
    return to_done(event, is_sent_again=True, **thanks)


@require_GET
def days_calendar(request: HttpRequest, event: str) -> HttpResponse:
    """Give the days of the edition as a calendar file."""
    edition = public_event_or_404(event)
    return calendar_response(days_file(edition), edition.slug)
