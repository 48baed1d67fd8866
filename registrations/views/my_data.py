"""What somebody may do with what is kept of them: read it, take it along, erase it, and exchange the link to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from events.queries.editions import public_event_or_404
from forum_site.lib.origin import same_origin_only
from registrations.domain.erase import erase
from registrations.domain.links import renew_link
from registrations.queries.facts import own_zone_of
from registrations.queries.own_data import own_data
from registrations.views.answers import personal
from registrations.views.mine import registration_or_404


@require_GET
@personal
def data_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Show everything that is kept of the person."""
    registration = registration_or_404(secret)
    context = {"event": registration.event, "registration": registration, "data": own_data(registration)}
    context["own_zone"] = own_zone_of(registration)
    return render(request, "registrations/registration_data.html", context)


@require_GET
@personal
def data_file(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the same as a file."""
    registration = registration_or_404(secret)
    content = own_data(registration).as_json()
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{registration.event.slug}-my-data.json"'
    return response


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def erase_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask once, then erase."""
    registration = registration_or_404(secret)
    if request.method == "POST":
        erase(registration)
        return redirect("registrations:erased", registration.event.slug)
    context = {"event": registration.event, "registration": registration}
    return render(request, "registrations/registration_erase.html", context)


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def renew_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask once, then exchange the link; the new one only ever goes to the person's address."""
    registration = registration_or_404(secret)
    if request.method == "POST":
        renew_link(registration)
        return redirect("registrations:renewed", registration.event.slug)
    context = {"event": registration.event, "registration": registration}
    return render(request, "registrations/registration_renew.html", context)


@require_GET
@personal
def farewell(request: HttpRequest, event: str, what: str) -> HttpResponse:
    """Say what was done, where the old link leads nowhere any more. It is the same page for everybody."""
    return render(
        request, "registrations/registration_farewell.html", {"event": public_event_or_404(event), "what": what}
    )
