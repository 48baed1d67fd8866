"""The organizers' pages of ticket types, registrations and the mails about them."""

from registrations.admin import delivery, mailing, message_template, question, registration, ticket_type

__all__ = ["delivery", "mailing", "message_template", "question", "registration", "ticket_type"]
