"""The pages app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages that need several apps."""

    name = "forum_site.pages"
    label = "pages"
