"""The personal page: see, change and cancel one's registration by the link in the mail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forum_site.lib.downloads import calendar_response
from forum_site.lib.errors import DomainError
from forum_site.lib.origin import same_origin_only
from registrations.domain.accept import accept
from registrations.domain.answers import AnswerRefused
from registrations.domain.cancel import cancel
from registrations.domain.change_type import change_type
from registrations.domain.details import edit_details
from registrations.domain.links import send_existing_link
from registrations.forms import EditForm, TypeForm
from registrations.models import Registration
from registrations.queries.calendar_entries import method_for, registration_file
from registrations.queries.check_ins import with_arrival
from registrations.queries.facts import own_zone_of, times_of
from registrations.queries.joining import streams_of_the_day
from registrations.queries.my_sessions import sessions_of
from registrations.queries.questions import (
    answers_deadline,
    answers_of,
    may_change_answers,
    own_answers,
    questions_of,
)
from registrations.queries.standing import standing_of
from registrations.queries.stars import agenda_of
from registrations.queries.transfers import refusal_of_transfer
from registrations.queries.type_changes import types_to_go_to
from registrations.views.answers import not_too_large, personal, sent
from registrations.views.files import file_response

NOTICES = {"accepted", "type", "edited", "sent", "cancelled", "agenda", "offered", "kept", "sessions", "late"}


def registration_or_404(secret: str) -> Registration:
    """Return the registration that this link opens; one query, and the same answer for every wrong link."""
    related = ("event__series", "event__venue", "ticket_type__quota", "transfer")
    found = Registration.objects.with_secret(secret).select_related(*related)
    return get_object_or_404(with_arrival(found))


@require_GET
@personal
def mine(request: HttpRequest, secret: str) -> HttpResponse:
    """Show where the registration stands and what can be done."""
    registration = registration_or_404(secret)
    notice = request.GET.get("done", "")
    context = {
        "event": registration.event,
        "registration": registration,
        "standing": standing_of(registration),
        "other_types": types_to_go_to(registration),
        "own_zone": own_zone_of(registration),
        "times": times_of(registration.event, registration.timezone_name),
        "streams": streams_of_the_day(registration),
        "agenda": agenda_of(registration),
        "sessions": sessions_of(registration),
        "answers": own_answers(registration),
        "may_change_answers": may_change_answers(registration),
        "answers_until": answers_deadline(registration),
        "may_pass_on": not refusal_of_transfer(registration),
        "offered_to": getattr(registration, "transfer", None),
        "notice": notice if notice in NOTICES else "",
    }
    return render(request, "registrations/registration_detail.html", context)


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
@not_too_large
def edit(request: HttpRequest, secret: str) -> HttpResponse:
    """Change the details."""
    registration = registration_or_404(secret)
    if not registration.is_active:
        return redirect("registrations:mine", secret)
    form = _edit_form(request, registration)
    if form.is_valid():
        try:
            edit_details(registration, **form.to_domain())
        except AnswerRefused as error:
            form.refuse_answer(error.slug, str(error))
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{registration.self_service_path()}?done=edited")
    context = {"event": registration.event, "registration": registration, "form": form}
    return render(request, "registrations/registration_edit.html", context)


def _edit_form(request: HttpRequest, registration: Registration) -> EditForm:
    """Offer the answers too, as long as they may be changed."""
    questions = questions_of(registration.event) if may_change_answers(registration) else []
    answers = answers_of(registration) if questions else []
    return EditForm(*sent(request), registration=registration, questions=questions, answers=answers)


@require_GET
@personal
def answer_file(request: HttpRequest, secret: str, question: str) -> HttpResponse:
    """Send the person the file that answers a question."""
    registration = registration_or_404(secret)
    found = registration.answers.exclude(file="").filter(question__slug=question, question__is_internal=False)
    return file_response(get_object_or_404(found))


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def cancel_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask once, then cancel."""
    registration = registration_or_404(secret)
    if request.method == "POST":
        cancel(registration)
        return back(secret, "cancelled")
    if not registration.is_active:
        return redirect("registrations:mine", secret)
    context = {"event": registration.event, "registration": registration}
    return render(request, "registrations/registration_cancel.html", context)


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def change_type_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Offer the other ways to attend, and change to one of them."""
    registration = registration_or_404(secret)
    others = types_to_go_to(registration)
    if not others:
        return redirect("registrations:mine", secret)
    form = TypeForm(request.POST if request.method == "POST" else None, ticket_types=others)
    if form.is_valid():
        try:
            change_type(registration, ticket_type=form.chosen)
        except DomainError as error:
            form.add_error("ticket_type", str(error))
        else:
            return back(secret, "type")
    context = {"event": registration.event, "registration": registration, "form": form}
    return render(request, "registrations/registration_type.html", context)


@csrf_exempt
@same_origin_only
@require_POST
@personal
def accept_mine(request: HttpRequest, secret: str) -> HttpResponse:
    """Confirm the address, or take the place that is offered; the page then says where the registration stands."""
    registration = registration_or_404(secret)
    try:
        accept(registration)
    except DomainError:
        return redirect("registrations:mine", secret)
    return back(secret, "accepted") if registration.is_active else redirect("registrations:mine", secret)


@csrf_exempt
@same_origin_only
@require_POST
@personal
def resend_mine(request: HttpRequest, secret: str) -> HttpResponse:
    """Send the mail with the link again."""
    registration = registration_or_404(secret)
    if registration.is_active:
        send_existing_link(registration)
    return back(secret, "sent")


@require_GET
@personal
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar entry of this registration; one that is over takes the entry back."""
    registration = registration_or_404(secret)
    content = registration_file(registration, method=method_for(registration))
    return calendar_response(content, registration.event.slug)


def back(secret: str, notice: str) -> HttpResponse:
    """Go to the personal page, which says what was done."""
    return redirect(f"{reverse('registrations:mine', args=[secret])}?done={notice}")
