"""Addresses of the pages that need several apps."""

urlpatterns: list[object] = []
