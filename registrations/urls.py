"""Addresses of registrations."""

app_name = "registrations"
urlpatterns: list[object] = []
