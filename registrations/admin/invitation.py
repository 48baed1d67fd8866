"""The organizers' pages of personal invitations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from events.admin.programme import ZoneNote
from forum_site.accounts.current_edition import current_edition
from forum_site.accounts.enums import HANDLES_REGISTRATIONS, Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.scoped_admin import ScopedAdmin
from forum_site.lib.errors import DomainError
from forum_site.lib.moments import moment_label
from forum_site.lib.tabular import pasted_rows, workbook_rows
from registrations.admin.filters import AnswerFilter, DelegationFilter
from registrations.domain import invitations
from registrations.enums import AWAITS_ANSWER, InvitationState
from registrations.importers.guests import MOST_GUESTS, read_guests
from registrations.models import Delegation, Invitation, TicketType
from registrations.validators import one_line, validate_mail_domain, validate_no_web_address

TONES = {InvitationState.ACCEPTED: "is-done", InvitationState.SENT: "is-open", InvitationState.OPENED: "is-open"}
MOST_BYTES = 2 * 1024 * 1024


class InvitationForm(forms.ModelForm):
    """One person to invite."""

    def clean_full_name(self) -> str:
        """Keep names on one line and free of web addresses."""
        name = one_line(self.cleaned_data["full_name"])
        validate_no_web_address(name)
        return name

    def clean_email(self) -> str:
        """Keep addresses to which a mail can be written."""
        validate_mail_domain(self.cleaned_data["email"])
        return str(self.cleaned_data["email"])


class GuestsForm(forms.Form):
    """A list of people, pasted or as a file."""

    ticket_type = forms.ModelChoiceField(TicketType.objects.none(), label=_("Ticket type"))
    delegation = forms.ModelChoiceField(
        Delegation.objects.none(),
        label=_("Delegation"),
        required=False,
        help_text=Invitation._meta.get_field("delegation").help_text,
    )
    until = forms.DateTimeField(
        label=_("Answer by"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In the time of the forum. Empty: as long as registration is open."),
    )
    language = forms.ChoiceField(label=_("Language, where the list names none"), choices=settings.LANGUAGES)
    pasted = forms.CharField(
        label=_("List"),
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("A line for each person: name, e-mail, organization, language. Paste it from a spreadsheet."),
    )
    file = forms.FileField(label=_("Or a file"), required=False, help_text=_("CSV or XLSX, up to 2 MB."))

    def __init__(
        self, *args: Any, ticket_types: QuerySet[TicketType], delegations: QuerySet[Delegation], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["ticket_type"].queryset = ticket_types  # type: ignore[attr-defined]
        self.fields["delegation"].queryset = delegations  # type: ignore[attr-defined]

    def clean_until(self) -> dt.datetime | None:
        """Refuse a moment that is over, by which nobody could answer."""
        until = self.cleaned_data["until"]
        if until and until <= timezone.now():
            raise ValidationError(_("This moment is over."))
        return until

    def clean_delegation(self) -> Delegation | None:
        """Refuse a delegation whose places are not of the ticket type."""
        delegation, ticket_type = self.cleaned_data["delegation"], self.cleaned_data.get("ticket_type")
        if delegation and ticket_type and not delegation.has_places_of(ticket_type):
            raise ValidationError(_("This delegation has places of another ticket type."))
        return delegation

    def clean(self) -> dict[str, Any]:
        """Read the list, from wherever it comes."""
        data = super().clean() or {}
        if not self.errors:
            rows = self._rows(data)
            if not rows:
                raise ValidationError(_("Paste a list, or choose a file."))
            self.read = read_guests(rows, language=data["language"])
        return data

    def _rows(self, data: dict[str, Any]) -> list[list[str]]:
        upload = data.get("file")
        if upload is None:
            return pasted_rows(data.get("pasted", ""))
        if upload.size > MOST_BYTES:
            raise ValidationError({"file": _("The file is larger than 2 MB.")})
        try:
            if upload.name.lower().endswith(".xlsx"):
                return workbook_rows(upload, most=MOST_GUESTS + 2)
            return pasted_rows(upload.read().decode("utf-8-sig"))
        except ValueError as error:
            raise ValidationError({"file": _("This file is neither a spreadsheet nor text in UTF-8.")}) from error


@admin.register(Invitation)
class InvitationAdmin(ZoneNote, ScopedAdmin):
    """Whom the organizers invite, and what they have answered."""

    form = InvitationForm
    has_zone = True
    zone_fieldset = 1
    sees = frozenset({Role.OWNER, Role.REGISTRAR, Role.VIEWER})
    changes = HANDLES_REGISTRATIONS
    change_list_template = "admin/registrations/invitation/change_list.html"
    list_display = [
        *("full_name", "organization", "email", "ticket_type", "delegation"),
        *("state_shown", "answer_by", "sent_at", "reminded_at"),
    ]
    list_select_related = ["event", "ticket_type", "delegation"]
    list_filter = [EditionFilter, "state", AnswerFilter, DelegationFilter, "language"]
    search_fields = ["full_name", "email", "organization"]
    actions = ["send_selected", "remind_selected", "withdraw_selected"]
    fieldsets = [
        (None, {"fields": ["event", "ticket_type", "full_name", "email", "organization", ("language", "note")]}),
        (_("Delegation and limit"), {"fields": ["delegation", "until"]}),
    ]

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, invitation: Invitation) -> str:
        """The state as a dot and a word."""
        tone = TONES.get(invitation.state, "is-over")  # type: ignore[call-overload]
        return format_html('<span class="state {}">{}</span>', tone, invitation.get_state_display())

    @admin.display(description=_("answer by"), ordering="until")
    def answer_by(self, invitation: Invitation) -> str:
        """The moment in the zone of the edition."""
        if not invitation.until:
            return "–"
        return moment_label(invitation.until, invitation.event.timezone_name, get_language() or "en")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep the address of an invitation that has left the house."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if obj is None or obj.state == InvitationState.DRAFT else (*fields, "email")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let drafts be deleted; what was sent is withdrawn."""
        is_sent = obj is not None and obj.state != InvitationState.DRAFT
        return not is_sent and super().has_delete_permission(request, obj)

    # --- Answers to many ----------------------------------------------------------------------------------------

    @admin.action(description=_("Send the invitation"), permissions=["change"])
    def send_selected(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Mail those that were not sent yet."""
        self._do(request, queryset, invitations.send)

    @admin.action(description=_("Remind those who have not answered"), permissions=["change"])
    def remind_selected(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Mail those again who have neither accepted nor declined."""
        self._do(request, queryset.filter(state__in=AWAITS_ANSWER), invitations.remind)

    @admin.action(description=_("Withdraw"), permissions=["change"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Take back those that were not accepted."""
        kept = queryset.exclude(state=InvitationState.ACCEPTED)
        self._do(request, kept, lambda chosen: len([invitations.withdraw(one) for one in chosen]))

    def _do(
        self, request: HttpRequest, queryset: QuerySet[Invitation], rule: Callable[[list[Invitation]], int]
    ) -> None:
        chosen = [one for one in queryset if self.has_change_permission(request, one)]
        try:
            count = rule(chosen)
        except DomainError as error:
            messages.error(request, str(error))
            return
        text = ngettext("Done for %(count)s invitation.", "Done for %(count)s invitations.", count)
        messages.success(request, text % {"count": count})

    # --- A whole list -------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Add the page for a list."""
        view = self.admin_site.admin_view(self.add_list)
        return [path("list/", view, name="registrations_invitation_list"), *super().get_urls()]

    def add_list(self, request: HttpRequest) -> HttpResponse:
        """Read a list; with problems nothing is stored until they are gone or knowingly left out."""
        edition = current_edition(request)
        mine = self.visible_to(request.user, TicketType.objects.filter(event=edition).order_by("position"))
        if not (edition and self.may(request, self.changes, Invitation(pk=0, event=edition))):
            return redirect(reverse("admin:registrations_invitation_changelist"))
        delegations = self.admin_site._registry[Delegation].choices_for(request)  # type: ignore[attr-defined]
        choices = {"ticket_types": mine, "delegations": delegations}
        form = GuestsForm(request.POST or None, request.FILES or None, **choices)
        problems: list[str] = []
        with timezone.override(edition.zone):
            is_valid = form.is_valid()
        if is_valid:
            problems = form.read.problems
            if form.read.guests and (not problems or "leave_out" in request.POST):
                return self._added(request, form)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Invite a list of people"),
            "form": form,
            "problems": problems,
            "count": len(form.read.guests) if problems else 0,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/registrations/invitation/list.html", context)

    def _added(self, request: HttpRequest, form: GuestsForm) -> HttpResponse:
        ticket_type = form.cleaned_data["ticket_type"]
        shared = {name: form.cleaned_data[name] for name in ("delegation", "until")}
        added, left_out = invitations.add_invitations(ticket_type, form.read.guests, **shared)
        text = ngettext("%(count)s invitation was added.", "%(count)s invitations were added.", len(added))
        messages.success(request, text % {"count": len(added)})
        if left_out:
            addresses = pgettext("between names", ", ").join(guest.email for guest in left_out[:10])
            messages.warning(request, gettext("Invited already: %(addresses)s") % {"addresses": addresses})
        address = reverse("admin:registrations_invitation_changelist")
        return redirect(f"{address}?edition={ticket_type.event_id}&state__exact={InvitationState.DRAFT}")
