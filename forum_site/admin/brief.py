"""From a brief to an edition: paste or upload, see what was understood, correct it, save as a draft."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def read(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def check(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError
