"""The organizers' pages of editions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.admin.base import PublicAdmin, pair
from events.admin.fields import CodesField, ZoneField
from events.change_words import groups_of
from events.domain import publishing
from events.domain.previews import renew_preview, revoke_preview
from events.domain.usual_pages import add_usual_pages, missing_usual_pages
from events.domain.versions import publish_version
from events.domain.zones import change_zone, has_times
from events.enums import EventStatus, SlugKind
from events.models import Event, PreviewLink
from events.queries.changes import latest_version, unreleased_changes
from forum_site.accounts.enums import Role
from forum_site.accounts.object_buttons import ObjectButton, ObjectButtons
from forum_site.accounts.permissions import has_role_everywhere
from forum_site.lib.moments import date_range, moment_label

EVERYBODY_IS_TOLD = "admin/includes/everybody_is_told.html"


class NoteForm(forms.Form):
    """A sentence for visitors: under the theme, or above the changes of the programme."""

    note_en = forms.CharField(label=_("Note in English"), max_length=300, required=False)
    note_zh_hans = forms.CharField(label=_("Note in Chinese"), max_length=300, required=False)


def version_preview(event: Event) -> dict[str, Any]:
    """Return the last version and what has changed since, in words."""
    return {"last": latest_version(event), "groups": groups_of(unreleased_changes(event), event)}


def as_note(data: dict[str, Any]) -> dict[str, str]:
    """Turn the form's fields into a sentence per language."""
    return {"en": data["note_en"], "zh-hans": data["note_zh_hans"]}


class ZoneForm(forms.Form):
    """Another zone, and what of the programme stays as it is."""

    zone_name = ZoneField()
    keeps = forms.ChoiceField(
        label=_("What stays"),
        choices=[
            ("clock", _("The printed times: what is printed at 09:00 stays at 09:00 in the new zone.")),
            ("moment", _("The moments: what began at 09:00 in the old zone is printed with its time in the new one.")),
        ],
        widget=forms.RadioSelect,
        initial="clock",
    )


class PreviewForm(forms.Form):
    """How long the link works; the link before it stops at once."""

    until = forms.DateField(
        label=_("Works until the end of"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("Without a day it works until it is revoked. A link given before stops working at once."),
    )


def give_preview(event: Event, data: dict[str, Any]) -> PreviewLink:
    """Give the edition a new link until the end of the day, in its own zone."""
    until = data["until"] and data["until"] + dt.timedelta(days=1)
    return renew_preview(event, ends_at=until and dt.datetime.combine(until, dt.time(), tzinfo=event.zone))


class EventForm(forms.ModelForm):
    """An edition with its zone chosen from a list and its languages written as codes."""

    timezone_name = ZoneField()
    languages = CodesField(label=_("Languages"), required=False, help_text=_("Codes, such as en, zh-hans."))


@admin.register(Event)
class EventAdmin(ObjectButtons, PublicAdmin):
    """Everything an edition says about itself."""

    form = EventForm
    event_lookup = "pk"
    has_zone = True
    slug_kind = SlugKind.EVENT
    image_widths = {"cover": "cover_widths"}
    change_list_template = "admin/events/event/change_list.html"
    list_display = ["name", "days_printed", "series", "status", "slug"]
    list_select_related = ["series"]
    list_filter = ["status"]
    search_fields = ["name_en", "name_zh_hans", "theme_en", "theme_zh_hans", "slug"]
    prepopulated_fields = {"slug": ["name_en"]}
    readonly_fields = ["status", "brief_leftover", "preview_address"]
    fieldsets = [
        (None, {"fields": ["status", "series", *pair("name", "short_name", "theme"), ("slug", "edition_number")]}),
        (
            _("When and where"),
            {
                "description": _(
                    "If a public edition gets other days or another place, whoever is registered is told by mail."
                ),
                "fields": [
                    ("starts_on", "ends_on", "timezone_name"),
                    ("attendance_mode", "venue"),
                    *pair("place"),
                    "languages",
                    *pair("interpretation", "fee"),
                ],
            },
        ),
        (_("Texts"), {"fields": pair("summary", "background", "programme_note")}),
        (_("Looks"), {"fields": ["accent", "cover"]}),
        (_("Registration"), {"fields": ["offer_hours"]}),
        (_("Preview"), {"fields": ["preview_address"]}),
        (_("Personal data"), {"fields": ["data_kept_until", "answers_until"]}),
        (_("From the brief"), {"classes": ["collapse"], "fields": ["brief_leftover"]}),
    ]
    object_buttons = [
        ObjectButton(
            name="publish",
            label=_("Publish"),
            run=lambda event, _data: publishing.publish(event),
            done=_("The edition is published."),
            is_offered=lambda event: event.status != EventStatus.PUBLISHED,
        ),
        ObjectButton(
            name="publish-version",
            label=_("Publish version"),
            run=lambda event, data: publish_version(event, by=data["by"], note=as_note(data)),
            done=_("The programme has a new version."),
            is_offered=lambda event: event.is_public,
            asks=NoteForm,
            preview=version_preview,
            preview_template="admin/includes/version_preview.html",
        ),
        ObjectButton(
            name="postpone",
            label=_("Postpone"),
            run=lambda event, data: publishing.postpone(event, note=as_note(data)),
            done=_("The edition is shown as postponed."),
            is_offered=lambda event: event.status == EventStatus.PUBLISHED,
            asks=NoteForm,
            preview_template=EVERYBODY_IS_TOLD,
        ),
        ObjectButton(
            name="cancel",
            label=_("Cancel this edition"),
            run=lambda event, data: publishing.cancel(event, note=as_note(data)),
            done=_("The edition is shown as cancelled."),
            is_offered=lambda event: event.is_public and event.status != EventStatus.CANCELLED,
            asks=NoteForm,
            preview_template=EVERYBODY_IS_TOLD,
            tone="danger",
        ),
        ObjectButton(
            name="usual-pages",
            label=_("Add the usual pages"),
            run=lambda event, _data: add_usual_pages(event),
            done=_("The usual pages are there as drafts, in both languages. Fill them under “Pages”."),
            is_offered=lambda event: bool(missing_usual_pages(event)),
        ),
        ObjectButton(
            name="preview",
            label=_("New preview link"),
            run=give_preview,
            done=_("The preview has a new link. It stands below, under “Preview”."),
            asks=PreviewForm,
        ),
        ObjectButton(
            name="preview-revoke",
            label=_("Revoke the preview link"),
            run=lambda event, _data: revoke_preview(event),
            done=_("The preview link opens nothing any more."),
            is_offered=lambda event: PreviewLink.objects.filter(event=event).exists(),
            tone="danger",
        ),
        ObjectButton(
            name="zone",
            label=_("Change time zone"),
            run=lambda event, data: change_zone(
                event, zone_name=data["zone_name"], keeps_clock_times=data["keeps"] == "clock"
            ),
            done=_("The edition has its new time zone. Registration windows and embargoes keep their moments."),
            is_offered=has_times,
            asks=ZoneForm,
        ),
    ]

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        """Give a new edition the usual pages, as drafts."""
        super().save_related(request, form, formsets, change)
        if not change:
            add_usual_pages(form.instance)

    @admin.display(description=_("preview link"))
    def preview_address(self, event: Event) -> str:
        """The link by which people without an account see what is not public, and until when."""
        link = PreviewLink.objects.filter(event=event).first() if event.pk else None
        if link is None:
            return str(_("None. The button “New preview link” makes one."))
        url = f"{settings.SITE_URL}/preview/{link.secret}/"
        end = link.ends_at and moment_label(link.ends_at, event.timezone_name, get_language() or "en")
        return format_html('<a href="{0}">{0}</a> {1}', url, _("Until %(moment)s") % {"moment": end} if end else "")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Once sessions have times, the zone is changed by its button, which asks what stays."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "timezone_name") if obj is not None and has_times(obj) else fields

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        """Let owners of all editions make new ones."""
        return has_role_everywhere(request.user, {Role.OWNER})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let owners delete; what people have registered for cannot be deleted at all."""
        return self.may(request, frozenset({Role.OWNER}), obj, at_all=True)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name what nobody can delete, such as registrations, as a reason and not as a missing permission."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, set(), [*protected, *sorted(map(str, lacking))]

    @admin.display(description=_("days"), ordering="starts_on")
    def days_printed(self, event: Event) -> str:
        """The days, as visitors read them."""
        return date_range(event.starts_on, event.ends_on, get_language() or "en")
