"""Jobs that come again and again, kept in the database of the job queue."""

from __future__ import annotations

from typing import Any


def keep_every_minute(name: str, func: str, **signal: Any) -> None:
    """Have the worker call a function every minute: for ``post_migrate``, and harmless when it is there already."""
    try:
        schedule = signal["apps"].get_model("django_q", "Schedule")
    except LookupError:  # the tables of the jobs are not there (yet)
        return
    fields = {"func": func, "schedule_type": "I", "minutes": 1, "repeats": -1}
    schedule.objects.using(signal["using"]).get_or_create(name=name, defaults=fields)
