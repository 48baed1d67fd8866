"""The yardstick of registration: a Django view that locks one row, counts it up and inserts one row."""

from __future__ import annotations

import os
import secrets

import django
import environ
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

DATABASE = environ.Env.db_url_config(os.environ["DATABASE_URL"])
if "sqlite" in DATABASE["ENGINE"]:
    wal = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    DATABASE["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": wal}

settings.configure(
    SECRET_KEY=secrets.token_urlsafe(50),
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": DATABASE | {"CONN_MAX_AGE": None}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
)

django.setup()

from django.db import connection, models, transaction  # noqa: E402


class Seat(models.Model):
    """The row that everybody waits for."""

    taken = models.IntegerField(default=0)

    class Meta:
        app_label = "bench"


class Guest(models.Model):
    """The row of each."""

    name = models.CharField(max_length=150)

    class Meta:
        app_label = "bench"


def register(request: HttpRequest) -> HttpResponse:
    """Take a seat in one transaction."""
    with transaction.atomic():
        seat = Seat.objects.select_for_update().get(pk=1)
        Seat.objects.filter(pk=seat.pk).update(taken=models.F("taken") + 1)
        Guest.objects.create(name=request.POST["full_name"])
    return HttpResponse(status=302)


def make_tables() -> None:
    """Create both tables, with the one row."""
    with connection.schema_editor() as editor:
        editor.create_model(Seat)
        editor.create_model(Guest)
    Seat.objects.create(pk=1)


urlpatterns = [path("healthz", lambda _request: HttpResponse()), path("register/", register)]
application = get_wsgi_application()
if "bench_seat" not in connection.introspection.table_names():
    make_tables()
connection.close()
