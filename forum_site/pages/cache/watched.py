"""What public pages are made of: every table of programme and partners, and what is shown of the places."""

from __future__ import annotations

from django.apps import apps
from django.db import models

WHOLE_APPS = ("events", "partners")
#: Columns that change with every registration; all that pages say of them is whether a place is left.
BUSY_COLUMNS = dict.fromkeys(
    ("registrations_tickettype", "registrations_quota", "registrations_bookablesession"),
    frozenset({"seats_taken", "last_waiting_number", "known_facts"}),
)
#: Of these they do not even say that.
NEVER_FULL = frozenset({"registrations_bookablesession"})


def watched_models() -> list[type[models.Model]]:
    """Return the models whose rows visitors see, links between two models included; new models come by themselves."""
    found = [model for app in WHOLE_APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    return [*(model for model in found if model._meta.managed and not model._meta.proxy), *_places()]


def moments() -> list[tuple[type[models.Model], str]]:
    """Return the fields that hold a moment set by organizers: the words of a page may change when it comes."""
    return [
        (model, field.name)
        for model in watched_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.DateTimeField) and field.editable
    ]


def _places() -> list[type[models.Model]]:
    return [
        apps.get_model("registrations", name) for name in ("TicketType", "Quota", "BookableSession", "BookingRules")
    ]
