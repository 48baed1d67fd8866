"""The organizers' pages of the outbox."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forum_site.accounts.enums import HANDLES_REGISTRATIONS, Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.object_buttons import ObjectButton, ObjectButtons
from forum_site.accounts.scoped_admin import ScopedAdmin
from forum_site.mail.backend import ACCOUNT
from forum_site.mail.enums import MailReturn, MailState
from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import send_again
from forum_site.mail.preview import allow_frames, preview_response
from forum_site.mail.returns import forget_returns, note_by_hand


class ReturnFilter(admin.SimpleListFilter):
    """Mails that have come back, for whichever reason."""

    title = _("came back")
    parameter_name = "came_back"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Each reason, and any."""
        return [("yes", _("Any")), *MailReturn.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[EmailMessage]) -> QuerySet[EmailMessage]:
        """Limit the list."""
        if self.value() == "yes":
            return queryset.filter(~Q(returned=""))
        return queryset.filter(returned=self.value()) if self.value() in MailReturn.values else queryset


@admin.register(EmailMessage)
class EmailMessageAdmin(ObjectButtons, ScopedAdmin):
    """Mails as they were or will be sent. Nobody writes here; they can be sent again.

    Viewers see that a mail was sent, not its words: these hold the personal link. Mails of sign-in exist for superusers
    only, whatever roles somebody has: they hold the link to a new password, of superusers too.
    """

    sees = frozenset({Role.OWNER, Role.REGISTRAR, Role.VIEWER})
    changes = HANDLES_REGISTRATIONS
    change_form_template = "admin/mail/emailmessage/change_form.html"
    change_list_template = "admin/mail/emailmessage/change_list.html"
    list_display = ["title", "recipient", "state_shown", "attempts", "created_at", "sent_at"]
    list_filter = [EditionFilter, "state", ReturnFilter, "language"]
    search_fields = ["recipient", "recipient_name", "subject", "reference"]
    actions = ["send_selected_again", "mark_returned"]
    fields = ["subject", "recipient", "recipient_name", "language", "event", "kind", "state", "attempts", "error"]
    fields += ["created_at", "next_try_at", "sent_at", "returned", "returned_at", "returned_note"]
    readonly_fields = fields
    object_buttons = [
        ObjectButton(
            name="send-again",
            label=_("Send again"),
            run=lambda message, _data: send_again(message),
            done=_("The mail waits to be sent."),
            is_offered=lambda message: message.state != MailState.SENDING,
        ),
        ObjectButton(
            name="returned",
            label=_("Has come back"),
            run=lambda message, _data: note_by_hand([message]),
            done=_("Noted: mails to this address do not arrive."),
            is_offered=lambda message: message.state == MailState.SENT and not message.returned,
        ),
        ObjectButton(
            name="arrives",
            label=_("Arrives after all"),
            run=lambda message, _data: forget_returns(message),
            done=_("Noted: mails to this address arrive."),
            is_offered=lambda message: bool(message.returned),
        ),
    ]

    def visible_to(self, user: Any, queryset: QuerySet[EmailMessage]) -> QuerySet[EmailMessage]:
        """Keep mails of sign-in from everybody who could not set the password anyway."""
        visible = super().visible_to(user, queryset)
        return visible if user.is_superuser else visible.exclude(kind=ACCOUNT)

    def get_queryset(self, request: HttpRequest) -> QuerySet[EmailMessage]:
        """Leave the long texts out of lists."""
        queryset = super().get_queryset(request)
        is_list = ((request.resolver_match and request.resolver_match.url_name) or "").endswith("_changelist")
        return queryset.defer("text_body", "html_body", "attachments", "context") if is_list else queryset

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        """Mails are written by the site."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was sent stays known."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Add the preview's own address."""
        view = self.admin_site.admin_view(self.preview)
        return [path("<int:pk>/preview/", view, name="mail_emailmessage_preview"), *super().get_urls()]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the mail's HTML alone, for the frame on its page."""
        message = self.get_queryset(request).filter(pk=pk).first()
        if message is None or not self.has_change_permission(request, message):
            raise Http404
        return preview_response(message.html_body)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Say above the list when no mail server is configured."""
        return super().changelist_view(request, (extra_context or {}) | mail_notice())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the mail itself below its facts."""
        context = (extra_context or {}) | mail_notice() | {"show_save": False, "show_save_and_continue": False}
        return allow_frames(super().change_view(request, object_id, form_url, context))

    @admin.display(description=_("subject"), ordering="subject")
    def title(self, message: EmailMessage) -> str:
        """The subject, or which mail it will be."""
        return message.subject or message.kind

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, message: EmailMessage) -> str:
        """The state, or that it came back, as a dot and a word."""
        if message.returned:
            return format_html('<span class="state is-failed">{}</span>', message.get_returned_display())
        tone = {MailState.SENT: "is-done", MailState.FAILED: "is-failed"}.get(message.state, "is-open")  # type: ignore[call-overload]
        return format_html('<span class="state {}">{}</span>', tone, message.get_state_display())

    @admin.action(description=_("Send again"), permissions=["change"])
    def send_selected_again(self, request: HttpRequest, queryset: QuerySet[EmailMessage]) -> None:
        """Queue the chosen mails of the editions whose mails the user handles."""
        chosen = [message for message in queryset if self.has_change_permission(request, message)]
        for message in chosen:
            send_again(message)
        text = ngettext("%(count)s mail waits to be sent.", "%(count)s mails wait to be sent.", len(chosen))
        messages.success(request, text % {"count": len(chosen)})

    @admin.action(description=_("Note that they have come back"), permissions=["change"])
    def mark_returned(self, request: HttpRequest, queryset: QuerySet[EmailMessage]) -> None:
        """Note it of the chosen mails that were sent, of the editions whose mails the user handles."""
        count = note_by_hand(one for one in queryset if self.has_change_permission(request, one))
        text = ngettext("%(count)s mail has come back.", "%(count)s mails have come back.", count)
        messages.success(request, text % {"count": count})


def mail_notice() -> dict[str, Any]:
    """Return whether mails leave the house at all, for templates."""
    return {"mail_is_configured": settings.EMAIL_IS_CONFIGURED}
