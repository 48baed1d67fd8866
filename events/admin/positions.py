"""Rows of an inline that are ordered by a number nobody else in the same whole may have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

#: Beyond every position in use: rows step aside there while others take their places.
ASIDE = 1_000_000


class PositionedForm(forms.ModelForm):
    """A row whose position is compared with the other rows of the form, not with what is stored so far."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].validators.append(MaxValueValidator(ASIDE - 1))

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"position"}


class PositionedFormSet(forms.BaseInlineFormSet):
    """Lets rows change places in one go."""

    def clean(self) -> None:
        """Refuse two rows with one position."""
        super().clean()
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        taken = [row.get("position") for row in rows if not row.get("DELETE") and row.get("position") is not None]
        if len(taken) != len(set(taken)):
            raise ValidationError(_("Two rows cannot have the same position."))

    def save(self, commit: bool = True) -> Any:
        """Store the rows; those that move or go step aside first."""
        if not commit:
            return super().save(commit=False)
        leaving = [form.instance.pk for form in self.initial_forms if "position" in form.changed_data]
        leaving += [form.instance.pk for form in self.deleted_forms if form.instance.pk]
        with transaction.atomic():
            self.model._default_manager.filter(pk__in=leaving).update(position=F("position") + ASIDE)
            return super().save()
