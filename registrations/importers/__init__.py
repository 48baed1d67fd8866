"""Reads lists that organizers bring."""
