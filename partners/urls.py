"""Addresses of partners."""

from django.urls import path

from partners import views

app_name = "partners"
urlpatterns = [
    path("events/<slug:event>/partners/", views.partners, name="partners"),
    path("events/<slug:event>/partners/<slug:slug>/", views.partner, name="partner"),
]
