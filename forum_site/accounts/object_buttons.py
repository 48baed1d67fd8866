"""Buttons on an object's admin page that call a rule of the domain, with a question before it where one is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError


@dataclass(frozen=True)
class ObjectButton:
    """One button: its address, its words and the rule behind it.

    ``run`` is called with the object and the cleaned data of the form ``asks``, where there is one, with the organizer
    as ``by``. ``preview`` gives what the template ``preview_template`` shows above the question.
    """

    name: str
    label: Any
    run: Callable[[Any, dict[str, Any]], Any]
    done: Any
    is_offered: Callable[[Any], bool] = lambda _obj: True
    asks: type[forms.Form] | None = None
    tone: str = ""  # "danger" for what cannot be taken back
    preview: Callable[[Any], Any] = lambda _obj: None
    preview_template: str = ""
    needs: str = "change"  # the permission at the object: ``has_…_permission`` of its admin


class ObjectButtons(admin.ModelAdmin):
    """Shows the buttons to those who may press them."""

    object_buttons: list[ObjectButton] = []

    def get_urls(self) -> list[URLPattern]:
        """Add the address that the buttons post to."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_do"
        view = self.admin_site.admin_view(self.press)
        return [path("<path:object_id>/do/<slug:name>/", view, name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Offer the buttons that fit the object's state."""
        obj = kwargs.get("obj")
        if obj is not None:
            mine = [button for button in self.object_buttons if self._may_press(request, button, obj)]
            context["object_buttons"] = [button for button in mine if button.is_offered(obj)]
        return super().render_change_form(request, context, *args, **kwargs)

    def press(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """Ask where the button asks, else run its rule; a GET only ever shows the question.

        So does a POST that is to ``look`` only at what would come of the words typed.
        """
        obj = self.get_object(request, object_id)
        button = next((button for button in self.object_buttons if button.name == name), None)
        if obj is None or button is None or not self._may_press(request, button, obj):
            raise Http404
        if not button.is_offered(obj):
            messages.warning(request, _("That is no longer possible: the state has changed meanwhile."))
            return self._back(obj)
        form = (button.asks or forms.Form)(request.POST if request.method == "POST" else None)
        if form.is_valid() and "look" not in request.POST:
            return self._run(request, button, obj, getattr(form, "cleaned_data", {}))
        return self._question(request, button, obj, form)

    def _may_press(self, request: HttpRequest, button: ObjectButton, obj: Any) -> bool:
        return bool(getattr(self, f"has_{button.needs}_permission")(request, obj))

    def _run(self, request: HttpRequest, button: ObjectButton, obj: Any, data: dict[str, Any]) -> HttpResponse:
        try:
            button.run(obj, {**data, "by": request.user})
        except DomainError as error:
            messages.error(request, str(error))
        else:
            self.log_change(request, obj, str(button.label))
            messages.success(request, str(button.done))
        return self._back(obj)

    def _back(self, obj: Any) -> HttpResponse:
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk]))

    def _question(self, request: HttpRequest, button: ObjectButton, obj: Any, form: forms.Form) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": button.label,
            "subtitle": str(obj),
            "original": obj,
            "button": button,
            "form": form,
            "preview": button.preview(obj),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/object_question.html", context)
