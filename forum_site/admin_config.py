"""Puts our own admin site in the place of Django's."""

from importlib import import_module

from django.contrib.admin import site
from django.contrib.admin.apps import AdminConfig

OURS = frozenset({"accounts", "events", "mail", "partners", "registrations"})


class ForumAdminConfig(AdminConfig):
    """The admin app with the forum's admin site."""

    default_site = "forum_site.admin.ForumAdminSite"

    def ready(self) -> None:
        """Find the admin pages of all apps and those that need several apps; leave out what other packages bring."""
        super().ready()
        import_module("forum_site.admin.mails")
        for model in [model for model in site._registry if model._meta.app_label not in OURS]:
            site.unregister(model)
