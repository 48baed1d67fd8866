"""What the answers of registration have in common: nobody keeps them, and whoever asks too often is told so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.models import Event
from forum_site.lib.errors import DomainError
from forum_site.lib.limits import allow
from forum_site.lib.visitors import limit_key
from registrations.validators import email_key

#: What the answers of one person may weigh together, with their files.
MOST_MEGABYTES = 25
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024

View = Callable[..., HttpResponse]


def personal(view: View) -> View:
    """Keep a person's page out of caches and search engines, and its address out of the referrer.

    What is sent there is counted by network address. A rule that refuses, where the page does not say so itself,
    answers 409 with its sentence: mostly somebody else has changed the same thing at the same moment.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answer_or_refusal(view, request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answer


def _answer_or_refusal(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method == "POST" and comes_too_often(request, "personal"):
        return too_often(request, None, by_email=False)
    try:
        return view(request, *args, **kwargs)
    except DomainError as error:
        way_back = "/".join([*request.path.split("/")[:4], ""])  # /en/registrations/<secret>/
        context = {"refusal": str(error), "way_back": way_back}
        return render(request, "registrations/registration_refused.html", context, status=409)


def always_fresh(view: View) -> View:
    """Have the page asked for anew each time: the places left and the moment of opening change."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-cache, private"
        return response

    return answer


def not_too_large(view: View) -> View:
    """Refuse a form of which nobody would want to read the files, before anything of it is read."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > MOST_BYTES:
            return render(request, "registrations/registration_too_large.html", {"limit": MOST_MEGABYTES}, status=413)
        return view(request, *args, **kwargs)

    return answer


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """Return data and files for a form; nothing unless they were posted."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def comes_too_often(request: HttpRequest, what: str = "registrations") -> bool:
    """Count one use of a public form by this network address."""
    limit = settings.REGISTRATIONS_PER_ADDRESS
    return not allow(f"{what}:{limit_key(request)}", limit=limit, seconds=settings.LIMIT_SECONDS)


def is_asked_too_often(event: Event, email: str) -> bool:
    """Count one use of a public form for this e-mail address, whether somebody is registered with it or not."""
    key = f"registrations:{event.pk}:{email_key(email)}"
    return not allow(key, limit=settings.REGISTRATIONS_PER_EMAIL, seconds=settings.LIMIT_SECONDS)


def too_often(request: HttpRequest, event: Event | None, *, by_email: bool) -> HttpResponse:
    """Answer 429 and state the limit."""
    minutes = settings.LIMIT_SECONDS // 60
    limit = settings.REGISTRATIONS_PER_EMAIL if by_email else settings.REGISTRATIONS_PER_ADDRESS
    context = {"event": event, "by_email": by_email, "limit": limit, "minutes": minutes}
    response = render(request, "registrations/registration_limited.html", context, status=429)
    response["Retry-After"] = str(settings.LIMIT_SECONDS)
    return response
