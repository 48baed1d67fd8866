"""Whole public pages, kept until something public or the clock changes their words."""
