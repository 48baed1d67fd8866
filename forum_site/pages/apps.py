"""The pages app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class PagesConfig(AppConfig):
    """Pages that need several apps."""

    name = "forum_site.pages"
    label = "pages"

    def ready(self) -> None:
        """Look after the installation, and over everything public from the first migration on.

        Tables cannot change under triggers.
        """
        import forum_site.checks  # noqa: F401 - registers them
        from forum_site.pages.cache.triggers import install_triggers, remove_triggers

        pre_migrate.connect(remove_triggers, sender=self, dispatch_uid="pages.remove_triggers")
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="pages.install_triggers")
