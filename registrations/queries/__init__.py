"""Reads of registrations that join or annotate, by noun."""
