"""Choosing how to attend, on forms that may have been open while the offer changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext

from registrations.forms.fields import Choice
from registrations.models import TicketType
from registrations.queries.offers import note_of


class ChoosesType(forms.Form):
    """A form with a field ``ticket_type``, which is left out where there is nothing to choose.

    The page then names the only ticket type all the same (``only``), so that nobody who was shown another one is
    registered for this one.
    """

    ticket_types: dict[str, TicketType]

    def offer_types(self, ticket_types: Iterable[TicketType]) -> None:
        """Let people choose among these; call it once, before anything is cleaned."""
        self.ticket_types = {one.slug: one for one in ticket_types}
        self.fields["ticket_type"].choices = [(slug, choice_of(one)) for slug, one in self.ticket_types.items()]
        if self.only:
            del self.fields["ticket_type"]

    @property
    def only(self) -> str:
        """The key of the only ticket type, or ""."""
        return next(iter(self.ticket_types)) if len(self.ticket_types) == 1 else ""

    @property
    def chosen(self) -> TicketType:
        """The ticket type that was chosen, or the only one."""
        return self.ticket_types[self.cleaned_data.get("ticket_type") or self.only]

    def clean(self) -> dict[str, Any]:
        """Refuse the only ticket type to whoever has chosen or seen another one."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.only and self.data.get("ticket_type", self.only) not in {"", self.only}:
            sentence = gettext(
                "What you had chosen is closed now. Open: %(ticket_type)s. To attend like this, send the form again."
            )
            self.add_error(None, sentence % {"ticket_type": self.ticket_types[self.only]})
        return cleaned


def choice_of(ticket_type: TicketType) -> Choice:
    """Return the words of a ticket type's radio card."""
    return Choice(str(ticket_type.name), str(ticket_type.description), note_of(ticket_type))
