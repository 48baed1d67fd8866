"""The organizers' pages of content pages."""

from __future__ import annotations

from django.contrib import admin

from events.admin.base import PublicAdmin, pair
from events.enums import SlugKind
from events.models import Page
from forum_site.accounts.filters import EditionFilter


@admin.register(Page)
class PageAdmin(PublicAdmin):
    """Texts of an edition, with their place in the menu."""

    slug_kind = SlugKind.PAGE
    list_display = ["title", "slug", "position", "is_in_menu", "is_published", "event"]
    list_select_related = ["event"]
    list_filter = [EditionFilter, "is_published", "is_in_menu"]
    search_fields = ["title_en", "title_zh_hans", "slug"]
    ordering = ["event", "position"]
    prepopulated_fields = {"slug": ["title_en"]}
    fieldsets = [
        (None, {"fields": ["event", *pair("title"), "slug", ("position", "is_in_menu", "is_published")]}),
        (None, {"fields": pair("body")}),
    ]
