"""The organizers' pages of ticket types, ways in, registrations and the mails about them."""

from registrations.admin import (
    access_code,
    bookings,
    delegation,
    delivery,
    group,
    invitation,
    mailing,
    message_template,
    question,
    registration,
    ticket_type,
)

__all__ = [
    "access_code",
    "bookings",
    "delegation",
    "delivery",
    "group",
    "invitation",
    "mailing",
    "message_template",
    "question",
    "registration",
    "ticket_type",
]
