"""Addresses of the pages that need several apps."""

app_name = "pages"
urlpatterns: list[object] = []
