"""The organizers' list of the copies of mailings."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from forum_site.accounts.enums import HANDLES_REGISTRATIONS, Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.scoped_admin import ScopedAdmin
from forum_site.mail.enums import MailReturn, MailState
from forum_site.mail.outbox import send_again
from forum_site.mail.returns import note_by_hand
from registrations.models import Delivery


class DeliveryStateFilter(admin.SimpleListFilter):
    """Copies by what became of them."""

    title = _("state")
    parameter_name = "mail_state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """All states of a mail."""
        return [(value, str(label)) for value, label in (*MailState.choices, *MailReturn.choices)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        """Limit the list."""
        if self.value() in MailReturn.values:
            return queryset.filter(mail__returned=self.value())
        return queryset.filter(mail__state=self.value()) if self.value() in MailState.values else queryset


@admin.register(Delivery)
class DeliveryAdmin(ScopedAdmin):
    """What became of each copy; those that failed are sent again."""

    event_lookup = "mailing__event"
    sees = frozenset({Role.OWNER, Role.REGISTRAR, Role.VIEWER})
    changes = HANDLES_REGISTRATIONS
    list_display = ["recipient", "mailing", "state_shown", "error", "sent_at"]
    list_select_related = ["mailing", "mail", "registration"]
    list_filter = [EditionFilter, DeliveryStateFilter]
    linked_by = ("mailing__id",)
    search_fields = ["mail__recipient", "registration__full_name"]
    actions = ["send_again_selected", "mark_returned"]
    readonly_fields = ["mailing", "registration", "mail"]

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        """Copies are written by the site."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was sent stays known."""
        return False

    @admin.display(description=pgettext_lazy("mail", "to"), ordering="mail__recipient")
    def recipient(self, delivery: Delivery) -> str:
        """Name and address."""
        return f"{delivery.registration.full_name} <{delivery.mail.recipient}>"

    @admin.display(description=_("state"), ordering="mail__state")
    def state_shown(self, delivery: Delivery) -> str:
        """The state of the mail in words, or that it came back."""
        if delivery.mail.returned:
            return delivery.mail.get_returned_display()
        return str(MailState(delivery.mail.state).label)

    @admin.display(description=_("last error"))
    def error(self, delivery: Delivery) -> str:
        """What the mail server answered."""
        return delivery.mail.returned_note or delivery.mail.error

    @admin.display(description=_("sent"), ordering="mail__sent_at")
    def sent_at(self, delivery: Delivery) -> Any:
        """When it left the house."""
        return delivery.mail.sent_at

    @admin.action(description=_("Send again"), permissions=["change"])
    def send_again_selected(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Put the chosen copies back into the outbox, as far as the user handles their edition."""
        chosen = [one for one in queryset.select_related("mail") if self.has_change_permission(request, one)]
        for one in chosen:
            send_again(one.mail)
        text = ngettext("%(count)s mail waits to be sent.", "%(count)s mails wait to be sent.", len(chosen))
        messages.success(request, text % {"count": len(chosen)})

    @admin.action(description=_("Note that they have come back"), permissions=["change"])
    def mark_returned(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Note it of the chosen copies that were sent, as far as the user handles their edition."""
        chosen = [one for one in queryset.select_related("mail") if self.has_change_permission(request, one)]
        count = note_by_hand(one.mail for one in chosen)
        text = ngettext("%(count)s mail has come back.", "%(count)s mails have come back.", count)
        messages.success(request, text % {"count": count})
