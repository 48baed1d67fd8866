"""The organizers' pages for the wording of mails."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.admin.base import BilingualLabels, pair
from forum_site.accounts.enums import HANDLES_REGISTRATIONS, Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.scoped_admin import ScopedAdmin
from forum_site.mail.preview import allow_frames
from registrations.admin.samples import NamesPlaceholders, sample_response
from registrations.domain import letters
from registrations.models import Invitation, MessageTemplate, Registration
from registrations.queries.recipients import samples_of


class MessageTemplateForm(forms.ModelForm):
    """The words of one mail, chosen from those that the site sends."""

    kind = forms.ChoiceField(label=_("Mail"), choices=letters.ALL_LABELS.items)


@admin.register(MessageTemplate)
class MessageTemplateAdmin(NamesPlaceholders, BilingualLabels, ScopedAdmin):
    """What the mails of registration say. An empty field keeps the words that the site brings."""

    form = MessageTemplateForm
    sees = frozenset({Role.OWNER, Role.REGISTRAR, Role.VIEWER})
    changes = HANDLES_REGISTRATIONS
    change_form_template = "admin/registrations/messagetemplate/change_form.html"
    list_display = ["mail", "has_english", "has_chinese", "event"]
    list_select_related = ["event"]
    list_filter = [EditionFilter]
    fieldsets = [(None, {"fields": ["event", "kind", *pair("subject", "heading", "body")]})]

    @admin.display(description=_("mail"), ordering="kind")
    def mail(self, template: MessageTemplate) -> str:
        """Which mail it is."""
        return str(letters.ALL_LABELS.get(template.kind, template.kind))

    @admin.display(description=_("English"), boolean=True)
    def has_english(self, template: MessageTemplate) -> bool:
        """Whether it has a text in English."""
        return bool(template.body_en)

    @admin.display(description=_("Chinese"), boolean=True)
    def has_chinese(self, template: MessageTemplate) -> bool:
        """Whether it has a text in Chinese."""
        return bool(template.body_zh_hans)

    def get_urls(self) -> list[URLPattern]:
        """Add the address of one sample."""
        view = self.admin_site.admin_view(self.sample)
        name = "registrations_messagetemplate_sample"
        return [path("<int:pk>/sample/<int:person>/", view, name=name), *super().get_urls()]

    def sample(self, request: HttpRequest, pk: int, person: int) -> HttpResponse:
        """Show the mail as this person of the same edition would get it."""
        template = self.get_object(request, str(pk))
        if template is None or not self.has_change_permission(request, template):
            raise Http404
        shown = people_for(template).filter(pk=person).first()
        if shown is None:
            raise Http404
        soon = timezone.now() + dt.timedelta(days=2)
        context = {"reason": str(_("(the reason you give)")), "until": soon.isoformat()}
        return sample_response(template.kind, shown, context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show below the form how the stored words look to real people."""
        template = self.get_object(request, object_id)
        samples = samples_of(people_for(template)) if template else []
        return allow_frames(
            super().change_view(request, object_id, form_url, {"samples": samples} | (extra_context or {}))
        )


def people_for(template: MessageTemplate) -> QuerySet[Any]:
    """Return the people of the edition who may get this mail: those who are registered, or invited."""
    model = Invitation if template.kind in letters.INVITATION_LABELS else Registration
    return model._default_manager.filter(event=template.event_id)
