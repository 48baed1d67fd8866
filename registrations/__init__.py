"""Ticket types and the registrations of attendees."""
