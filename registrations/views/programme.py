"""The agenda of a registered person: kept with the registration, changed without scripts, followed by calendars."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from events.queries.filters import short_names
from forum_site.lib.downloads import calendar_response
from forum_site.lib.origin import same_origin_only
from registrations.domain.stars import choose_sessions, drop_stars, keep_stars
from registrations.models import Registration
from registrations.queries.stars import agenda_file, choices_of
from registrations.views.answers import personal
from registrations.views.mine import registration_or_404


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def programme(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the whole programme to choose from; take a choice, the stars of a browser, or what is to be dropped."""
    registration = registration_or_404(secret)
    if not registration.is_active:
        return redirect("registrations:mine", secret)
    if request.method == "POST":
        _change(registration, request.POST)
        return redirect(f"{reverse('registrations:mine', args=[secret])}?done=agenda#my-agenda")
    context = {"event": registration.event, "registration": registration, "days": choices_of(registration)}
    return render(request, "registrations/registration_programme.html", context)


@require_safe
@personal
def programme_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the agenda to calendars; an address they can subscribe to."""
    registration = registration_or_404(secret)
    return calendar_response(agenda_file(registration), f"{registration.event.slug}-my-agenda")


def _change(registration: Registration, data: QueryDict) -> None:
    if "stars" in data:
        keep_stars(registration, names=short_names(data["stars"]))
    elif "drop" in data:
        drop_stars(registration, names=short_names(data["drop"]))
    else:
        choose_sessions(registration, names=data.getlist("session"))
