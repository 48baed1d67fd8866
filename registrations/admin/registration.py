"""The organizers' pages of registrations."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forum_site.accounts.current_edition import current_edition
from forum_site.accounts.enums import CHECKS_IN, HANDLES_REGISTRATIONS, Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.object_buttons import ObjectButton
from forum_site.accounts.scoped_admin import ScopedAdmin
from forum_site.lib.errors import DomainError
from forum_site.lib.moments import moment_label
from registrations.admin import actions, check_ins, decisions
from registrations.admin.answers import AnswerPages
from registrations.admin.came_by import CameByFilter, OneCodeFilter, OneDelegationFilter, came_by
from registrations.admin.check_ins import CheckInInline, ChecksIn, ReadOnlyInline
from registrations.admin.exports import ExportPages
from registrations.admin.filters import (
    ArrivalFilter,
    ChosenSessionsFilter,
    CountryFilter,
    MailFilter,
    TicketTypeFilter,
)
from registrations.admin.forms import ByHandForm, DetailsForm, ErasureForm, OfferForm, PriorityForm
from registrations.domain.details import edit_details, extend_answers
from registrations.domain.erase import erase
from registrations.domain.jumps import change_priority, offer_place
from registrations.domain.links import renew_link, send_existing_link
from registrations.enums import Actor, RegistrationStatus
from registrations.models import Registration, StatusChange
from registrations.queries.returns import with_returns

TONES = {
    RegistrationStatus.CONFIRMED: "is-done",
    RegistrationStatus.PENDING: "is-todo",
    RegistrationStatus.UNVERIFIED: "is-open",
    RegistrationStatus.OFFERED: "is-open",
    RegistrationStatus.WAITLISTED: "is-open",
}
STANDING = ["status", "reasons", "expires_at", "priority", "waiting_number"]
FACTS = [*STANDING, "event", "ticket_type", "code", "email", "mail_arrives"]
MOMENTS = ["created_at", "status_changed_at", "consented_at", "consent_text"]
CONSENT_BY_HAND = _("Entered by an organizer at the person's own request.")


class HistoryInline(ReadOnlyInline):
    """Every step of the registration, the first one first. Nobody edits it."""

    model = StatusChange
    fields = readonly_fields = ["moment", "old_status", "new_status", "actor", "user", "reasons"]
    ordering = ["pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StatusChange]:
        """Read along whoever did it."""
        return super().get_queryset(request).select_related("user", "registration__event")

    @admin.display(description=_("moment"))
    def moment(self, change: StatusChange) -> str:
        """The moment in the zone of the edition."""
        return moment_label(change.made_at, change.registration.event.timezone_name, get_language() or "en")

    @admin.display(description=_("reason"))
    def reasons(self, change: StatusChange) -> str:
        """Why, in each language in which it was written."""
        return decisions.in_both(change, "reason")


@admin.register(Registration)
class RegistrationAdmin(AnswerPages, ExportPages, ChecksIn, decisions.Decides, ScopedAdmin):
    """Who takes part. Statuses change by buttons and actions, never by editing."""

    sees = CHECKS_IN | {Role.VIEWER}
    changes = HANDLES_REGISTRATIONS
    has_zone = True
    change_list_template = "admin/registrations/registration/change_list.html"
    list_display = ["person", "organization", "country", "ticket_type", "state", "registered", "arrived", "code"]
    list_select_related = ["event", "ticket_type", "access_code", "delegation", "group", "invitation"]
    list_filter = [
        EditionFilter,
        "status",
        TicketTypeFilter,
        CameByFilter,
        OneDelegationFilter,
        OneCodeFilter,
        ArrivalFilter,
        ChosenSessionsFilter,
        CountryFilter,
        MailFilter,
        "language",
    ]
    search_fields = ["full_name", "email", "organization", "code"]
    search_help_text = _("Name, e-mail, organization or code")
    readonly_fields = [*FACTS, *MOMENTS]
    inlines = [CheckInInline, HistoryInline]
    actions = [
        actions.check_in_selected,
        actions.confirm_selected,
        actions.offer_selected,
        actions.prioritize_selected,
        actions.decline_selected,
        actions.cancel_selected,
        actions.resend_selected,
        "export_csv",
        "export_xlsx",
    ]
    fieldsets = [
        (None, {"fields": FACTS}),
        (_("Person"), {"fields": ["full_name", "organization", "country", "language", "timezone_name"]}),
        (_("Answers"), {"fields": ["answers_until"]}),
        (_("Consent and moments"), {"fields": MOMENTS}),
    ]
    object_buttons = [
        *check_ins.BUTTONS,
        decisions.BUTTONS["confirm"],
        ObjectButton(
            name="offer",
            label=_("Offer a place now"),
            run=lambda one, data: offer_place(
                one, user=data["by"], reason=data["reason"], adds_place=data["adds_place"]
            ),
            done=_("The place is offered."),
            is_offered=lambda one: one.status == RegistrationStatus.WAITLISTED,
            asks=OfferForm,
        ),
        ObjectButton(
            name="priority",
            label=_("Set the priority"),
            run=lambda one, data: change_priority(
                one, user=data["by"], priority=data["priority"], reason=data["reason"]
            ),
            done=_("The priority is set."),
            is_offered=lambda one: one.status == RegistrationStatus.WAITLISTED,
            asks=PriorityForm,
        ),
        ObjectButton(
            name="resend",
            label=_("Send the link again"),
            run=lambda one, _data: send_existing_link(one),
            done=_("The mail with the personal link waits to be sent."),
            is_offered=lambda one: one.is_active,
        ),
        ObjectButton(
            name="renew",
            label=_("Exchange the link"),
            run=lambda one, _data: renew_link(one),
            done=_("The old link is dead; the new one waits to be sent."),
        ),
        decisions.BUTTONS["decline"],
        decisions.BUTTONS["cancel"],
        ObjectButton(
            name="erase",
            label=_("Erase the person's data"),
            run=lambda one, data: erase(one, by=Actor.ORGANIZER, user=data["by"]),
            done=_("Everything that tells who this was is erased."),
            asks=ErasureForm,
            tone="danger",
        ),
    ]

    # --- Adding and correcting ----------------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Register by hand, or correct details."""
        if obj:
            return super().get_form(request, obj, change, form=DetailsForm, **kwargs)
        form = super().get_form(request, obj, change, form=ByHandForm, **kwargs)
        form.user = request.user
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask on adding only what the rule needs; else say also by which way the person has come."""
        if not obj:
            return [(None, {"fields": ByHandForm.Meta.fields})]
        (title, options), *others = super().get_fieldsets(request, obj)
        return [(title, options | {"fields": [*options["fields"], self._came_by(request)]}), *others]

    def _came_by(self, request: HttpRequest) -> Any:
        """The column for this user, one and the same for the whole request."""
        if not hasattr(request, "_came_by"):
            request._came_by = came_by(self.admin_site, request)  # type: ignore[attr-defined]
        return request._came_by  # type: ignore[attr-defined]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Show the history of what has one."""
        return self.inlines if obj else []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let nothing but the details be edited."""
        return [*self.readonly_fields, self._came_by(request)] if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Offer the sentence that stands for a consent given on paper or by mail."""
        return {"consent_text": str(CONSENT_BY_HAND)} | super().get_changeform_initial_data(request)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Store corrected details by their rule; a new registration is stored already."""
        if not change or not form.changed_data:
            return
        names = [name for name in DetailsForm.Meta.fields if name != "answers_until"]
        try:
            edit_details(obj, **{name: form.cleaned_data[name] for name in names})
            extend_answers(obj, until=form.cleaned_data["answers_until"])
        except DomainError as error:
            messages.error(request, str(error))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Registrations are cancelled, not deleted."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is done any more with what is erased."""
        return super().has_change_permission(request, obj) and not (obj and obj.erased_at)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Offer the export of the edition at hand."""
        edition = current_edition(request)
        may_export = edition and self.may(request, self.changes, Registration(pk=0, event=edition))
        more = {"may_export": may_export, "kept_until": edition.data_kept_until if edition else None}
        return super().changelist_view(request, more | (extra_context or {}))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        """Add to whom mails do not arrive."""
        return with_returns(super().get_queryset(request))

    # --- The list -----------------------------------------------------------------------------------------------

    def get_list_display(self, request: HttpRequest) -> Any:
        """Say also by which way people have come."""
        return [*super().get_list_display(request), self._came_by(request)]

    @admin.display(description=_("full name"), ordering="full_name")
    def person(self, registration: Registration) -> str:
        """The name, as long as it is kept, and whether mails arrive."""
        name = registration.full_name or str(_("Erased"))
        if not getattr(registration, "has_returns", False):
            return name
        return format_html('{} <span class="state is-failed">{}</span>', name, _("Mail comes back"))

    @admin.display(description=_("mail"))
    def mail_arrives(self, registration: Registration) -> str:
        """What is known of the person's address, with the mails behind it."""
        if not registration.has_returns:  # type: ignore[attr-defined]
            return "–"
        query = urlencode({"q": registration.email, "edition": registration.event_id, "came_back": "yes"})
        link = f"{reverse('admin:mail_emailmessage_changelist')}?{query}"
        return format_html('<a class="state is-failed" href="{}">{}</a>', link, _("Mail comes back"))

    @admin.display(description=_("reason"))
    def reasons(self, registration: Registration) -> str:
        """Why the registration stands so, in each language in which it was written."""
        return decisions.in_both(registration, "status_reason")

    @admin.display(description=_("status"), ordering="status")
    def state(self, registration: Registration) -> str:
        """The status as a dot and a word."""
        tone = TONES.get(registration.status, "is-over")  # type: ignore[call-overload]
        return format_html('<span class="state {}">{}</span>', tone, registration.get_status_display())

    @admin.display(description=_("registered"), ordering="created_at")
    def registered(self, registration: Registration) -> str:
        """The moment in the zone of the edition."""
        return moment_label(registration.created_at, registration.event.timezone_name, get_language() or "en")
