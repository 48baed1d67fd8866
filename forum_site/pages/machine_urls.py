"""Addresses without a language, for machines."""

from django.urls import path

from forum_site.pages import machines

urlpatterns = [
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("accents/<str:figures>.css", machines.accent, name="accent"),
]
