"""Puts our own admin site in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class ForumAdminConfig(AdminConfig):
    """The admin app with the forum's admin site."""

    default_site = "forum_site.admin.ForumAdminSite"
