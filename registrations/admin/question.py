"""The organizers' pages of questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from events.admin.base import PublicAdmin, PublicInline, pair
from forum_site.accounts.current_edition import current_edition
from forum_site.accounts.enums import Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.object_buttons import ObjectButton, ObjectButtons
from forum_site.accounts.scoped_admin import event_at_hand
from forum_site.lib.errors import DomainError
from forum_site.lib.slugs import free_slug, slugify_name
from registrations.admin.conditions import ConditionField, subjects_of
from registrations.domain.answers import change_option_capacity
from registrations.domain.questions import ask_again, depending_on, name_option, remove_option, retire_question
from registrations.enums import HAS_OPTIONS
from registrations.models import Question, QuestionOption
from registrations.models.question import default_roles

MOST_OPTIONS = 100


class QuestionForm(forms.ModelForm):
    """A question, with its condition as rows and its roles as boxes."""

    condition = ConditionField(label=_("Ask this question"), required=False)
    shown_to = forms.MultipleChoiceField(
        label=_("Sensitive answers are shown to"),
        choices=Role.choices,
        initial=default_roles,
        widget=forms.CheckboxSelectMultiple,
    )
    event_id: int | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event_id = self.instance.event_id or self.event_id
        if "condition" in self.fields:
            subjects = subjects_of(event_id, without=self.instance.pk)
            stored = dict(self.instance.condition) if self.instance.pk else {}
            label = self.fields["condition"].label
            self.fields["condition"] = ConditionField(subjects=subjects, stored=stored, label=label, required=False)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        """Name the question where nobody has."""
        data = super().clean() or {}
        if "slug" in self.fields and not data.get("slug") and "slug" not in self.errors:
            wanted = slugify_name(data.get("label_en") or "", max_length=50) or "question"
            taken = Question.objects.filter(event=data.get("event")).values_list("slug", flat=True)
            data["slug"] = free_slug(wanted, set(taken).__contains__)
        return data


class OptionFormSet(forms.BaseInlineFormSet):
    """Options keep their key; one that was chosen is retired instead of deleted; places go by their rule."""

    def save_new(self, form: Any, commit: bool = True) -> QuestionOption:
        """Store a new option under a key of its own."""
        option = super().save_new(form, commit=False)
        name_option(option)
        option.save()
        return option

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> QuestionOption:
        """Store the words; the counter is left alone."""
        option = form.save(commit=False)
        names = [name for name in form.changed_data if name not in {"capacity", "DELETE", "id", "question"}]
        if names:
            option.save(update_fields=names)
        if "capacity" in form.changed_data:
            change_option_capacity(option, capacity=form.cleaned_data["capacity"])
        return option

    def delete_existing(self, obj: Any, commit: bool = True) -> None:
        """Delete it, or offer it no more."""
        remove_option(obj)

    def clean(self) -> None:
        """Ask for options where the answer consists of them, and for places that suffice."""
        super().clean()
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        left = [row for row in rows if not row.get("DELETE")]
        if self.instance.kind in HAS_OPTIONS and not left:
            raise forms.ValidationError(_("Enter at least one option."))
        for form in self.initial_forms:
            capacity = getattr(form, "cleaned_data", {}).get("capacity")
            if capacity is not None and capacity < form.instance.taken:
                form.add_error("capacity", _("%(taken)s places are taken already.") % {"taken": form.instance.taken})


class OptionInline(PublicInline, admin.TabularInline):
    """The options of a question."""

    model = QuestionOption
    formset = OptionFormSet
    extra = 0
    max_num = MOST_OPTIONS
    fields = ["label_en", "label_zh_hans", "position", "capacity", "taken", "is_retired"]
    readonly_fields = ["taken"]
    ordering = ["position", "pk"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Let options with answers be removed: the form set retires them."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type("OptionForm", (formset.form,), {"hand_clean_DELETE": lambda _form: None})
        return formset


@admin.register(Question)
class QuestionAdmin(ObjectButtons, PublicAdmin):
    """What people are asked. A question with answers can no longer be deleted; it is retired."""

    form = QuestionForm
    inlines = [OptionInline]
    list_display = ["label", "position", "kind", "is_required", "types", "marks", "event"]
    list_select_related = ["event"]
    list_filter = [EditionFilter, "is_retired", "kind"]
    search_fields = ["label_en", "label_zh_hans", "slug"]
    ordering = ["event", "position", "pk"]
    prepopulated_fields = {"slug": ["label_en"]}
    readonly_fields = ["is_retired"]
    fieldsets = [
        (None, {"fields": ["is_retired", "event", *pair("section", "label", "help_text"), ("kind", "is_required"),
                           ("position", "slug")]}),
        (_("Who is asked"), {"fields": ["ticket_types", "condition"]}),
        (_("Who sees the answers"), {"fields": ["is_internal", "is_sensitive", "shown_to",
                                                ("erase_on", "erase_after_days")]}),
        (_("Limits"), {"classes": ["collapse"], "fields": [("least", "most"), ("earliest_on", "latest_on"),
                                                             "longest"]}),
    ]  # fmt: skip
    object_buttons = [
        ObjectButton(
            name="retire",
            label=_("Stop asking"),
            run=lambda one, _data: retire_question(one),
            done=_("The question is no longer asked. Its answers are kept."),
            is_offered=lambda one: not one.is_retired,
        ),
        ObjectButton(
            name="ask-again",
            label=_("Ask again"),
            run=lambda one, _data: ask_again(one),
            done=_("The question is asked again."),
            is_offered=lambda one: one.is_retired,
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        """Bring what the list shows of conditions."""
        return super().get_queryset(request).prefetch_related("ticket_types")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Show the few ticket types of an edition as boxes."""
        return super().formfield_for_manytomany(db_field, request, widget=forms.CheckboxSelectMultiple(), **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form of which edition the question is."""
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"event_id": event_at_hand(request, self.admin_site)})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep the key, by which conditions know the question."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "slug") if obj else fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make the key of the words once."""
        return {} if obj else self.prepopulated_fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Put a new question after the others."""
        data = super().get_changeform_initial_data(request)
        edition = current_edition(request)
        last = edition and Question.objects.filter(event=edition).aggregate(last=Max("position"))["last"]
        return {"position": (last or 0) + 1} | data

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Say it where places were taken in the meantime."""
        try:
            super().save_formset(request, form, formset, change)
        except DomainError as error:
            messages.error(request, str(error))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody delete answers with their question."""
        return super().has_delete_permission(request, obj) and not (obj and obj.answers.exists())

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the questions that depend on these, and the answers, as reasons against it."""
        objs = list(objs)
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        gone = {one.pk for one in objs}
        others = {other for one in objs for other in depending_on(one) if other.pk not in gone}
        return deleted, counts, lacking, [*protected, *map(str, others)]

    @admin.display(description=_("ticket types"))
    def types(self, question: Question) -> str:
        """For whom it is asked, where not for all."""
        return pgettext("between names", ", ").join(map(str, question.ticket_types.all()))

    @admin.display(description=_("marks"))
    def marks(self, question: Question) -> str:
        """What makes the question special."""
        marks = {
            _("conditional"): bool(question.condition),
            _("no longer asked"): question.is_retired,
            _("internal"): question.is_internal,
            _("sensitive"): question.is_sensitive,
        }
        return pgettext("between names", ", ").join(str(words) for words, holds in marks.items() if holds)
