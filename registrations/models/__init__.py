"""Ticket types, registrations, and the sessions people keep."""

from registrations.models.registration import Registration
from registrations.models.starred import StarredSession
from registrations.models.ticket_type import TicketType

__all__ = ["Registration", "StarredSession", "TicketType"]
