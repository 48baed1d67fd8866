"""Reads of partners that join or annotate, by noun."""
