"""The answers of a person on the organizers' pages: what each role may read, and a page on which to change them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from forum_site.lib.errors import DomainError
from registrations.domain.answers import AnswerRefused
from registrations.domain.details import answer
from registrations.forms.questions import AsksQuestions
from registrations.models import Registration
from registrations.queries.questions import answers_of, may_see, questions_of
from registrations.views.files import file_response

CHANGE = "admin:registrations_registration_change"
FILE = "admin:registrations_registration_file"


class AnswerPages(admin.ModelAdmin):
    """Shows the answers under a registration and lets them be changed, internal ones too."""

    change_form_template = "admin/registrations/registration/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the page of the answers and the files in them."""
        change = self.admin_site.admin_view(self.change_answers)
        send = self.admin_site.admin_view(self.send_file)
        own = [
            path("<int:pk>/answers/", change, name="registrations_registration_answers"),
            path("<int:pk>/answers/<slug:question>/", send, name="registrations_registration_file"),
        ]
        return [*own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Bring the answers; of sensitive ones only that there is one, where the role does not suffice."""
        obj = kwargs.get("obj")
        if obj is not None:
            found = answers_of(obj)
            context["answers"] = [(one, may_see(request.user, one.question)) for one in found]
            is_asked = bool(found) or bool(questions_of(obj.event, with_internal=True))
            context["may_change_answers"] = is_asked and obj.is_active and self.has_change_permission(request, obj)
        return super().render_change_form(request, context, *args, **kwargs)

    def change_answers(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change what was answered, as far as the role may read it; nothing is required here."""
        registration = self._found(request, pk)
        if not self.has_change_permission(request, registration):
            raise Http404
        form = self._form(request, registration)
        if form.is_valid() and self._store(request, registration, form):
            return redirect(reverse(CHANGE, args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Answers"),
            "subtitle": str(registration),
            "original": registration,
            "form": form,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/registrations/registration/answers.html", context)

    def send_file(self, request: HttpRequest, pk: int, question: str) -> HttpResponse:
        """Send a file to those who may read the answer."""
        registration = self._found(request, pk)
        found = registration.answers.exclude(file="").select_related("question")
        kept = get_object_or_404(found, question__slug=question)
        if not may_see(request.user, kept.question):
            raise Http404
        return file_response(kept)

    def _found(self, request: HttpRequest, pk: int) -> Registration:
        return get_object_or_404(self.get_queryset(request).select_related("event", "ticket_type"), pk=pk)

    def _form(self, request: HttpRequest, registration: Registration) -> AsksQuestions:
        asked = questions_of(registration.event, with_internal=True)
        readable = [question for question in asked if may_see(request.user, question)]
        found = answers_of(registration)
        urls = {
            one.question.slug: reverse(FILE, args=[registration.pk, one.question.slug]) for one in found if one.file
        }
        is_post = request.method == "POST"
        form = AsksQuestions(request.POST if is_post else None, request.FILES if is_post else None)
        about = {"ticket_type": registration.ticket_type.slug, "language": registration.language}
        form.ask(readable, answers=found, urls=urls, nothing_is_required=True, **about)
        return form

    def _store(self, request: HttpRequest, registration: Registration, form: AsksQuestions) -> bool:
        try:
            answer(registration, answers=form.given(), asked=form.questions)
        except AnswerRefused as error:
            form.refuse_answer(error.slug, str(error))
            return False
        except DomainError as error:
            form.add_error(None, str(error))
            return False
        self.log_change(request, registration, str(_("Answers")))
        messages.success(request, _("The answers are stored."))
        return True
