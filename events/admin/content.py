"""The organizers' pages of what an edition has to say: pages, news, documents, announcements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.admin.base import BilingualLabels, PublicAdmin, pair
from events.admin.fields import CleanFileField, CodesField
from events.admin.programme import ZoneNote
from events.domain.documents import measure
from events.enums import SlugKind
from events.models import Announcement, Document, NewsPost, Page
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


@admin.register(NewsPost)
class NewsPostAdmin(ZoneNote, PublicAdmin):
    """News of an edition; without a moment of publication they are drafts."""

    has_zone = True
    slug_kind = SlugKind.NEWS
    image_widths = {"picture": "picture_widths"}
    list_display = ["title", "published_at", "event"]
    list_select_related = ["event"]
    list_filter = [EditionFilter]
    search_fields = ["title_en", "title_zh_hans", "slug"]
    ordering = ["-published_at", "-id"]
    prepopulated_fields = {"slug": ["title_en"]}
    fieldsets = [
        (None, {"fields": ["event", *pair("title"), ("slug", "published_at")]}),
        (None, {"fields": pair("lead", "body")}),
        (_("Picture"), {"fields": ["picture", *pair("picture_words")]}),
    ]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Note when readers get something new."""
        if form.changed_data:
            obj.changed_at = timezone.now()
        super().save_model(request, obj, form, change)


class DocumentForm(forms.ModelForm):
    """A document with its languages written as codes."""

    languages = CodesField(label=_("Languages"), required=False, help_text=_("Codes, such as en, zh-hans."))


@admin.register(Document)
class DocumentAdmin(ZoneNote, PublicAdmin):
    """Files and links of an edition and its sessions."""

    form = DocumentForm
    has_zone = True
    image_widths = {"file": "file_widths"}
    formfield_overrides = BilingualLabels.formfield_overrides | {models.FileField: {"form_class": CleanFileField}}
    list_display = ["title", "kind", "session", "published_at", "position", "event"]
    list_select_related = ["event", "session"]
    list_filter = [EditionFilter, "kind"]
    search_fields = ["title_en", "title_zh_hans", "description_en", "description_zh_hans"]
    ordering = ["event", "position", "published_at", "id"]
    fieldsets = [
        (None, {"fields": ["event", *pair("title"), ("kind", "published_at", "position"), "session"]}),
        (_("File or link"), {"fields": ["file", "url", "languages"]}),
        (_("Texts"), {"fields": pair("description")}),
    ]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Note the sizes, which pages print."""
        if "file" in form.changed_data:
            measure(obj)
        super().save_model(request, obj, form, change)

    def has_widths(self, obj: Any, name: str) -> bool:
        """Only pictures have smaller ones."""
        return bool(obj.is_picture)


@admin.register(Announcement)
class AnnouncementAdmin(ZoneNote, PublicAdmin):
    """Sentences at the top of every page of an edition."""

    has_zone = True
    list_display = ["text", "level", "starts_at", "ends_at", "event"]
    list_select_related = ["event"]
    list_filter = [EditionFilter, "level"]
    search_fields = ["text_en", "text_zh_hans"]
    ordering = ["-starts_at", "-id"]
    fieldsets = [(None, {"fields": ["event", *pair("text"), "url", ("level", "starts_at", "ends_at")]})]
