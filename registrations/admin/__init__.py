"""The organizers' pages of ticket types and registrations."""

from registrations.admin import registration, ticket_type

__all__ = ["registration", "ticket_type"]
