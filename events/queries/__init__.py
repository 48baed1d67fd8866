"""Reads of events that join or annotate, by noun."""
