"""The page that a personal invitation opens: the form, filled in as far as is known, and a way to say no."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from forum_site.lib.errors import DomainError
from forum_site.lib.origin import same_origin_only
from registrations.domain.invitations import decline, note_opened
from registrations.domain.ways_in import WayIn
from registrations.enums import InvitationState
from registrations.models import Invitation
from registrations.queries.offers import offer_by
from registrations.queries.spans import deadline_words
from registrations.views.answers import not_too_large, personal
from registrations.views.register import answer_with_form


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
@not_too_large
def invitation_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the form to the invited person, and take it; an accepted one only says how to come to the personal page.

    The link to that page goes to the person's address alone: the mail with the invitation may have been passed on.
    """
    invitation = invitation_or_404(secret)
    if invitation.state in {InvitationState.DECLINED, InvitationState.WITHDRAWN, InvitationState.ACCEPTED}:
        context = {"event": invitation.event, "invitation": invitation}
        return render(request, "registrations/invitation_answered.html", context)
    answer_by = deadline_words(invitation, invitation.until) if invitation.until else ""
    if invitation.is_late(timezone.now()):
        context = {"event": invitation.event, "invitation": invitation, "late_since": answer_by}
        return render(request, "registrations/invitation_answered.html", context)
    initial = {name: getattr(invitation, name) for name in ("full_name", "email", "organization")}
    offer = offer_by(invitation.event, [invitation.ticket_type])
    way_in = WayIn(invitation=invitation)
    extra = {"invitation": invitation, "answer_by": answer_by}
    return answer_with_form(request, invitation.event, offer, way_in, initial=initial, extra=extra)


@csrf_exempt
@same_origin_only
@require_POST
@personal
def opened(request: HttpRequest, secret: str) -> HttpResponse:
    """Note that a person has seen the page; programs that only follow links do not send this."""
    note_opened(invitation_or_404(secret))
    return HttpResponse(status=204)


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def decline_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask once, then take the no."""
    invitation = invitation_or_404(secret)
    context: dict[str, object] = {"event": invitation.event, "invitation": invitation}
    if request.method == "POST":
        try:
            decline(invitation)
        except DomainError as error:
            context["refusal"] = str(error)
        return render(request, "registrations/invitation_answered.html", context)
    return render(request, "registrations/invitation_decline.html", context)


def invitation_or_404(secret: str) -> Invitation:
    """Return the invitation to a public edition that the link opens; found by digest, as registrations are."""
    found = Invitation.objects.select_related(
        "event__series", "event__venue", "ticket_type__quota", "ticket_type__event", "registration"
    )
    invitation = found.with_secret(secret).exclude(state=InvitationState.DRAFT).first()
    if invitation is None or not invitation.event.is_public:
        raise Http404
    return invitation
