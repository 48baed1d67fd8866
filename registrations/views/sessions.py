"""Choosing sessions with places of their own, by the personal link and without scripts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from events.queries.filters import short_name
from forum_site.lib.errors import DomainError
from forum_site.lib.origin import same_origin_only
from registrations.domain.bookings import ChoiceRefused, accept, choose, leave
from registrations.enums import BookingState, RegistrationStatus
from registrations.models import Registration
from registrations.queries.choosing import choosing_days, named_bookables
from registrations.queries.my_sessions import hint_for
from registrations.views.answers import personal
from registrations.views.mine import registration_or_404


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def sessions(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what can be chosen; book what is ticked and give up what was shown as chosen and is not ticked any more."""
    registration = registration_or_404(secret)
    if registration.status != RegistrationStatus.CONFIRMED:
        return redirect("registrations:mine", secret)
    if request.method != "POST":
        return _page(request, registration)
    ticked, shown = set(request.POST.getlist("session")), set(request.POST.getlist("had"))
    found = {short_name(one.session): one for one in named_bookables(registration, ticked | shown)}
    book = [one for key, one in found.items() if key in ticked]
    gone = [one for key, one in found.items() if key not in ticked]
    try:
        choose(registration, book=book, leave=gone)
    except ChoiceRefused as refused:
        return _page(request, registration, asked=frozenset(ticked), problems=refused.problems)
    except DomainError:  # the registration has ended at the same moment
        return redirect("registrations:mine", secret)
    return _back(secret)


@csrf_exempt
@same_origin_only
@require_POST
@personal
def answer_session(request: HttpRequest, secret: str) -> HttpResponse:
    """Accept the place that is offered, or give up what one has in a session."""
    registration = registration_or_404(secret)
    for bookable in named_bookables(registration, {request.POST.get("leave", "")}):
        leave(registration, bookable=bookable)
    for bookable in named_bookables(registration, {request.POST.get("accept", "")}):
        try:
            booking = accept(registration, bookable=bookable)
        except DomainError as error:
            return _page(request, registration, problems={bookable.pk: str(error)})
        if booking.state == BookingState.EXPIRED:
            return _back(secret, "late")
    return _back(secret)


def _page(
    request: HttpRequest,
    registration: Registration,
    *,
    asked: frozenset[str] | None = None,
    problems: dict[int, str] | None = None,
) -> HttpResponse:
    context = {
        "event": registration.event,
        "registration": registration,
        "days": choosing_days(registration, asked=asked, problems=problems),
        "problems": problems,
        "hint": hint_for(registration),
    }
    return render(request, "registrations/registration_sessions.html", context)


def _back(secret: str, notice: str = "sessions") -> HttpResponse:
    return redirect(f"{reverse('registrations:mine', args=[secret])}?done={notice}#my-sessions")
