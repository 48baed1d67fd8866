"""Ticket types and registrations."""

from registrations.models.registration import Registration
from registrations.models.ticket_type import TicketType

__all__ = ["Registration", "TicketType"]
