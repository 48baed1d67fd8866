"""The admin site of the organizers, with its dashboard."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class ForumAdminSite(admin.AdminSite):
    """Stock Django admin in the forum's look."""

    site_header = _("Forum administration")
    site_title = _("Forum administration")
    index_title = _("Dashboard")
