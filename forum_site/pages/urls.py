"""Addresses of the pages that need several apps."""

from django.urls import path

from forum_site.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("editions/", views.editions, name="editions"),
    path("events/<slug:event>/", views.edition, name="edition"),
]
