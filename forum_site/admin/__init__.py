"""The organizers' site: its frame, its dashboard, and the pages that need several apps."""

from forum_site.admin.site import ForumAdminSite

__all__ = ["ForumAdminSite"]
