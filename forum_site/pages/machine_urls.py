"""Addresses without a language, for machines."""

from django.urls import path

from forum_site.pages import machines, sitemaps
from forum_site.pages.manifest import manifest

urlpatterns = [
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("site.webmanifest", manifest, name="manifest"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap.site.xml", sitemaps.site, name="site_sitemap"),
    path("sitemap-<slug:event>.xml", sitemaps.edition, name="edition_sitemap"),
    path("accents/<str:figures>.css", machines.accent, name="accent"),
]
