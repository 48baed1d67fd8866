"""Jobs that come again and again, kept in the database of the job queue."""

from __future__ import annotations

from typing import Any


def keep_every_minute(name: str, func: str, **signal: Any) -> None:
    """Have the worker call a function every minute: for ``post_migrate``, and harmless when it is there already."""
    _keep(name, {"func": func, "schedule_type": "I", "minutes": 1, "repeats": -1}, signal)


def keep_every_hour(name: str, func: str, **signal: Any) -> None:
    """Have the worker call a function every hour, as above."""
    _keep(name, {"func": func, "schedule_type": "H", "repeats": -1}, signal)


def _keep(name: str, fields: dict[str, Any], signal: dict[str, Any]) -> None:
    try:
        schedule = signal["apps"].get_model("django_q", "Schedule")
    except LookupError:  # the tables of the jobs are not there (yet)
        return
    schedule.objects.using(signal["using"]).get_or_create(name=name, defaults=fields)
