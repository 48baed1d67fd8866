"""The organizers' pages of series, editions and their programme."""

from events.admin import content, event, key_dates, people, place, programme, series

__all__ = ["content", "event", "key_dates", "people", "place", "programme", "series"]
