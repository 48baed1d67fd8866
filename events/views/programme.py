"""The programme of an edition, its people and the pages written for it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events import schedule_files
from events.change_words import described_versions
from events.enums import SessionType, SlugKind
from events.feeds import programme_calendar, programme_entries, withdrawn_calendar
from events.models import Event, Session
from events.queries.addresses import visible_or_404
from events.queries.agenda import visible_sessions
from events.queries.agenda_page import agenda_page
from events.queries.changes import latest_version
from events.queries.editions import public_event_or_404
from events.queries.filters import OWN_LINK
from events.queries.live import live_of
from events.queries.people import appearances_of, speakers_of
from events.queries.session import with_neighbours, with_parts
from events.queries.speakers_page import speakers_page
from forum_site.lib.downloads import calendar_response
from forum_site.lib.hall import draw_hall
from forum_site.lib.qr import qr_svg


@require_safe
def about(request: HttpRequest, event: str) -> HttpResponse:
    """Show the list of labels that this community expects, and the background."""
    found = public_event_or_404(event)
    return render(request, "events/edition_about.html", {"event": found, "nav_current": "about"})


@require_safe
def agenda(request: HttpRequest, event: str) -> HttpResponse:
    """Show the programme, day by day, or what the parameters ask for."""
    found = public_event_or_404(event)
    context = {"event": found, "page": agenda_page(found, request.GET), "nav_current": "agenda"}
    return render(request, "events/agenda_detail.html", context | {"version": latest_version(found)})


@require_safe
def agenda_changes(request: HttpRequest, event: str) -> HttpResponse:
    """Show the versions of the programme, the newest first, with what each changed."""
    found = public_event_or_404(event)
    context = {"event": found, "versions": described_versions(found), "nav_current": "agenda"}
    return render(request, "events/agenda_changes.html", context)


@require_safe
def agenda_ics(request: HttpRequest, event: str) -> HttpResponse:
    """Give the programme, or the part asked for, to calendars; an address they can subscribe to."""
    found = public_event_or_404(event)
    return calendar_response(
        programme_calendar(found, programme_entries(found, request.GET), query=request.GET), found.slug
    )


@require_safe
def hall(request: HttpRequest, event: str) -> HttpResponse:
    """Draw the hall of the edition in black, for paper."""
    context = {"hall": draw_hall(public_event_or_404(event).slug)}
    return render(request, "events/hall.svg", context, content_type="image/svg+xml")


@require_safe
def agenda_code(request: HttpRequest, event: str) -> HttpResponse:
    """Draw the QR code of the agenda's address, for paper."""
    return _code(reverse("events:agenda", args=[public_event_or_404(event).slug]))


@require_safe
def mine_code(request: HttpRequest, event: str) -> HttpResponse:
    """Draw the QR code of a link to a personal choice of sessions; only of links as our own pages write them."""
    found = public_event_or_404(event)
    link = request.GET.get("mine", "")
    if not OWN_LINK.fullmatch(link) or request.GET.keys() != {"mine"}:
        raise Http404("no link to a choice of sessions")
    response = _code(f"{reverse('events:agenda', args=[found.slug])}?mine={link}")
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def live(request: HttpRequest, event: str) -> HttpResponse:
    """Show what runs now and next, and how to join."""
    found = public_event_or_404(event)
    return render(request, "events/live_detail.html", {"event": found, "live": live_of(found), "nav_current": "live"})


@require_safe
def schedule_xml(request: HttpRequest, event: str) -> HttpResponse:
    """Give the programme to conference apps as schedule.xml."""
    content = schedule_files.schedule_xml(public_event_or_404(event))
    return HttpResponse(content, content_type="application/xml; charset=utf-8")


@require_safe
def schedule_json(request: HttpRequest, event: str) -> HttpResponse:
    """Give the programme to conference apps as schedule.json."""
    return HttpResponse(schedule_files.schedule_json(public_event_or_404(event)), content_type="application/json")


@require_safe
def session(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """Show a session with its parts and people; a part leads to its whole."""
    found = public_event_or_404(event)
    entry = _session_or_404(found, slug)
    if entry.parent_id:
        return HttpResponsePermanentRedirect(entry.get_absolute_url())
    whole, neighbours = with_neighbours(found, entry)
    context = {"event": found, "entry": whole, "neighbours": neighbours, "nav_current": "agenda"}
    return render(request, "events/session_detail.html", context)


@require_safe
def session_ics(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """Give one session to a calendar, or take it back if it is no longer public."""
    found = public_event_or_404(event)
    try:
        entry = _session_or_404(found, slug)
    except Http404:
        return calendar_response(withdrawn_calendar(found, slug), slug)
    if entry.parent_id:
        raise Http404("a part has no calendar entry of its own")
    return calendar_response(programme_calendar(found, [with_parts(found, entry)]), entry.slug)


@require_safe
def speakers(request: HttpRequest, event: str) -> HttpResponse:
    """Show everybody who is announced, or those the parameters ask for."""
    found = public_event_or_404(event)
    context = {"event": found, "page": speakers_page(found, request.GET), "nav_current": "speakers"}
    return render(request, "events/speaker_list.html", context)


@require_safe
def speaker(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """Show a person of this edition, with all appearances in all editions."""
    found = public_event_or_404(event)
    person = visible_or_404(speakers_of(found), SlugKind.SPEAKER, slug)
    appearances = appearances_of(person)
    here = next(one for one in appearances if one.session.event_id == found.pk)
    context = {"event": found, "speaker": person, "appearances": appearances, "here": here, "nav_current": "speakers"}
    return render(request, "events/speaker_detail.html", context)


@require_safe
def page(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """Show a page written by the organizers."""
    found = public_event_or_404(event)
    shown = visible_or_404(found.pages.public(), SlugKind.PAGE, slug, event=found)
    return render(request, "events/page_detail.html", {"event": found, "page": shown, "nav_current": shown.slug})


def _session_or_404(event: Event, slug: str) -> Session:
    """Return a visible session or part at this address; breaks have no page."""
    sessions = visible_sessions(event).exclude(type=SessionType.BREAK).select_related("room", "track", "parent")
    found = visible_or_404(sessions, SlugKind.SESSION, slug, event=event)
    found.event = event
    if found.parent:
        found.parent.event = event
    return found


def _code(path: str) -> HttpResponse:
    return HttpResponse(qr_svg(f"{settings.SITE_URL}{path}"), content_type="image/svg+xml")
