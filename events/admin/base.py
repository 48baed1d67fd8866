"""What the admin pages of everything public have in common."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from events.admin.fields import CleanImageField
from events.domain.addresses import remember_slug
from events.domain.publishing import touch
from events.enums import IS_PUBLIC
from events.models import Event
from events.validators import validate_year
from forum_site.accounts.scoped_admin import ScopedAdmin, ScopedInline
from forum_site.lib.bilingual import columns

LABELS = {"_en": _("%(name)s in English"), "_zh_hans": _("%(name)s in Chinese")}
HTML_LANGUAGES = {"_en": "en", "_zh_hans": "zh-Hans"}


def pair(*names: str) -> list[tuple[str, ...]]:
    """Return a fieldset's rows for bilingual fields: both languages side by side."""
    return [tuple(columns(name)) for name in names]


class BilingualLabels:
    """Says at each field of a pair which language it is in."""

    formfield_overrides = {
        models.ImageField: {"form_class": CleanImageField},
        models.URLField: {"assume_scheme": "https"},
        models.DateTimeField: {"validators": [validate_year]},
    }

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Name the language in the label and tell the browser about it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        for suffix, label in LABELS.items():
            if field and db_field.name.endswith(suffix):
                field.label = label % {"name": capfirst(db_field.verbose_name)}
                field.widget.attrs["lang"] = HTML_LANGUAGES[suffix]
        return field


class PublicAdmin(BilingualLabels, ScopedAdmin):
    """Remembers old addresses, has images cut in a job, raises the version of every edition that shows the thing."""

    slug_kind = ""
    image_widths: dict[str, str] = {}  # image field -> the field of its widths

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Store, keep the old address alive, and order the widths of a new image."""
        fresh = [name for name in self.image_widths if name in form.changed_data]
        for name in fresh:
            setattr(obj, self.image_widths[name], {})
        super().save_model(request, obj, form, change)
        if change and self.slug_kind and "slug" in form.changed_data:
            self._remember(obj, form.initial["slug"])
        for name in fresh:
            if self.has_widths(obj, name):
                async_task("forum_site.lib.image_jobs.make_widths", obj._meta.label, obj.pk, name)

    def has_widths(self, obj: Any, name: str) -> bool:
        """Say whether smaller pictures are to be made of what the field holds."""
        return bool(getattr(obj, name))

    def _remember(self, obj: Any, old: str) -> None:
        event = obj.event if self.event_lookup == "event" else None
        remember_slug(self.slug_kind, target=obj.pk, old=old, event=event)  # type: ignore[arg-type]

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Tell the public pages once everything is stored."""
        super().save_related(request, form, formsets, change)
        if form.changed_data or any(formset.has_changed() for formset in formsets):
            self.touch_events_of(form.instance)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete, and tell the public pages."""
        events = self.public_events_of(obj)
        super().delete_model(request, obj)
        _touch_all(events)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete several, and tell the public pages."""
        events = {event.pk: event for obj in queryset for event in self.public_events_of(obj)}
        super().delete_queryset(request, queryset)
        _touch_all(list(events.values()))

    def public_events_of(self, obj: Any) -> list[Event]:
        """Return the editions whose pages show the object; not itself, if it is an edition that is deleted."""
        obj.__dict__.pop("_used_at", None)
        ids = [pk for pk in self.events_of(obj) if pk]
        return list(Event.objects.filter(pk__in=ids, status__in=IS_PUBLIC)) if ids else []

    def touch_events_of(self, obj: Any) -> None:
        """Raise the version of the editions that show the object."""
        _touch_all(self.public_events_of(obj))


class PublicInline(BilingualLabels, ScopedInline):
    """Rows of public things inside another form."""


def _touch_all(events: list[Event]) -> None:
    for event in events:
        if Event.objects.filter(pk=event.pk).exists():
            touch(event)
