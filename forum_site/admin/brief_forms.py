"""The two forms on the way from a brief to an edition."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from events.admin.fields import CodesField, ZoneField
from events.models import Event
from forum_site.lib.brief import BriefError, decode_brief
from partners.importers.brief import ImportChoices, ImportPlan

MOST_BYTES = 1_000_000
NEW = "new"


class BriefForm(forms.Form):
    """A brief, pasted or uploaded; ``cleaned_data["text"]`` holds its text either way."""

    text = forms.CharField(
        label=_("Text of the brief"),
        required=False,
        strip=False,  # the lines are counted
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    file = forms.FileField(
        label=_("Or a text file"),
        required=False,
        help_text=_("Plain text, as it was sent; UTF-8 or GB18030."),
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the file where there is one; refuse nothing at all."""
        data = super().clean() or {}
        upload = data.get("file")
        if upload and upload.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large for a brief."))
        try:
            data["text"] = decode_brief(upload.read() if upload else (data.get("text") or "").encode())
        except BriefError as error:
            raise forms.ValidationError(str(error)) from error
        if not data["text"].strip():
            raise forms.ValidationError(_("Paste the brief, or choose a file."))
        return data


class PlanForm(forms.Form):
    """What was understood, to be corrected: the columns of the edition, its address, and who the partners are."""

    def __init__(self, *args: Any, plan: ImportPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        for planned in plan.fields:
            self.fields[planned.column] = _column_field(planned)
        if plan.existing:
            self.fields["update_existing"] = forms.BooleanField(
                label=_("Change the existing edition as shown"), required=False
            )
        else:
            self.fields["slug"] = forms.SlugField(label=_("Address"), initial=plan.slug, max_length=80)
        for partner in plan.partners:
            if partner.candidates:
                self.fields[f"partner-{partner.number}"] = _partner_field(partner)

    @property
    def columns(self) -> list[tuple[Any, Any]]:
        """The fields of the edition with what the brief says, for the template."""
        return [(self[planned.column], planned) for planned in self.plan.fields]

    @property
    def partners(self) -> list[tuple[Any, Any]]:
        """Every partner with its choice, where it has one."""
        names = {partner.number: f"partner-{partner.number}" for partner in self.plan.partners}
        return [(one, self[names[one.number]] if one.candidates else None) for one in self.plan.partners]

    def choices(self) -> ImportChoices:
        """Return the answers as the importer wants them."""
        data = self.cleaned_data
        chosen = {one.number: data[f"partner-{one.number}"] for one in self.plan.partners if one.candidates}
        return ImportChoices(
            partners={number: None if value == NEW else int(value) for number, value in chosen.items()},
            update_existing=data.get("update_existing", False),
            slug=data.get("slug", ""),
            corrections={planned.column: data[planned.column] for planned in self.plan.fields},
        )


def _column_field(planned: Any) -> forms.Field:
    column = Event._meta.get_field(planned.column)
    options = {"label": capfirst(str(planned.label)), "initial": planned.value}
    if planned.column == "timezone_name":
        return ZoneField(**options)
    if planned.column == "languages":
        return CodesField(required=False, **options)
    field = column.formfield(**options)
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return field


def _partner_field(partner: Any) -> forms.Field:
    known = [(str(one.pk), _("Use “%(name)s”") % {"name": one}) for one in partner.candidates]
    choices = [("", _("Please decide")), *known, (NEW, _("A new organization"))]
    return forms.ChoiceField(label=partner.name, choices=choices)
