"""The way from a personal link to the stream of a session."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from events.enums import SlugKind
from events.queries.addresses import Moved, visible_or_404
from registrations.queries.joining import joining_of, stream_of, streamed
from registrations.views.answers import personal
from registrations.views.mine import registration_or_404


@require_safe
@personal
def join(request: HttpRequest, secret: str, session: str) -> HttpResponse:
    """Lead a confirmed registration to the stream while it is open, otherwise say when that is."""
    registration = registration_or_404(secret)
    event = registration.event
    try:
        found = visible_or_404(streamed(event), SlugKind.SESSION, session, event=event, argument="session")
    except Moved as moved:
        return redirect("registrations:join", secret, moved.arguments["session"])
    found.event = event
    if found.parent:
        found.parent.event = event
    joining = joining_of(registration, found)
    if joining.is_open:
        return HttpResponseRedirect(stream_of(found))
    context = {"event": event, "registration": registration, "session": found, "joining": joining}
    return render(request, "registrations/session_join.html", context)
