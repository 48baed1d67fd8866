"""Addresses of partners."""

app_name = "partners"
urlpatterns: list[object] = []
