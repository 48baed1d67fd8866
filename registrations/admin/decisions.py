"""Confirming, declining and cancelling, one person or many: first the question, with the mail as real people get it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override, pgettext_lazy

from forum_site.accounts.current_edition import number_asked
from forum_site.accounts.object_buttons import ObjectButton, ObjectButtons
from forum_site.lib.bilingual import columns
from forum_site.lib.sealed import SealBroken, seal, unseal
from forum_site.mail.preview import allow_frames
from registrations.admin.forms import ConfirmForm, ReasonsForm
from registrations.admin.samples import sample_response
from registrations.domain import letters
from registrations.domain.batches import Outcome
from registrations.domain.cancel import cancel, cancel_all
from registrations.domain.decisions import (
    CAN_BE_CONFIRMED,
    CAN_BE_DECLINED,
    confirm,
    confirm_all,
    decline,
    decline_all,
)
from registrations.domain.reasons import Reason
from registrations.enums import IS_ACTIVE, Actor, RegistrationStatus
from registrations.models import Registration
from registrations.queries.recipients import samples_among

#: More at once would outlast the request.
MOST = 1000
#: So many names stand on the page, and so many refusals in the answer; of the others only the number.
MOST_NAMES = 20
PREVIEW_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Decision:
    """What organizers decide: of whom it can be, the mail it sends, and what is asked before."""

    name: str
    label: Any
    can: frozenset[RegistrationStatus]
    letter: str
    asks: type[forms.Form]
    run: Callable[..., Outcome]
    tone: str = ""

    def fits(self, registration: Registration) -> bool:
        """Whether it can be decided of this registration, as it is known."""
        return registration.status in self.can and not registration.erased_at

    def context_of_mail(self, registration: Registration, reason: str) -> dict[str, Any]:
        """Return what would be stored with the mail."""
        had_entry = registration.status == RegistrationStatus.CONFIRMED
        return {"by": "organizer", "reason": reason, "old": registration.status, "had_entry": had_entry}


DECISIONS = {
    decision.name: decision
    for decision in (
        Decision("confirm", _("Confirm"), CAN_BE_CONFIRMED, letters.CONFIRMED, ConfirmForm, confirm_all),
        Decision(
            "decline",
            pgettext_lazy("registration", "Decline"),
            CAN_BE_DECLINED,
            letters.DECLINED,
            ReasonsForm,
            decline_all,
            "danger",
        ),
        Decision("cancel", _("Cancel registration"), IS_ACTIVE, letters.CANCELLED, ReasonsForm, cancel_all, "danger"),
    )
}

BUTTONS = {
    "confirm": ObjectButton(
        name="confirm",
        label=_("Confirm"),
        run=lambda one, data: confirm(one, user=data["by"]),
        done=_("The registration is confirmed."),
        is_offered=DECISIONS["confirm"].fits,
        asks=ConfirmForm,
    ),
    "decline": ObjectButton(
        name="decline",
        label=pgettext_lazy("registration", "Decline"),
        run=lambda one, data: decline(one, user=data["by"], reason=data["reason"]),
        done=_("The registration is declined."),
        is_offered=DECISIONS["decline"].fits,
        asks=ReasonsForm,
        tone="danger",
    ),
    "cancel": ObjectButton(
        name="cancel",
        label=_("Cancel registration"),
        run=lambda one, data: cancel(one, by=Actor.ORGANIZER, user=data["by"], reason=data["reason"]),
        done=_("The registration is cancelled."),
        is_offered=DECISIONS["cancel"].fits,
        asks=ReasonsForm,
        tone="danger",
    ),
}


@dataclass(frozen=True)
class Sample:
    """One person's mail, at the address of a frame."""

    person: Registration
    address: str


class Decides(ObjectButtons):
    """The page before a decision, for the buttons of one registration and the actions of the list."""

    def get_urls(self) -> list[URLPattern]:
        """Add the address of one sample."""
        view = self.admin_site.admin_view(self.mail_of_decision)
        name = "registrations_registration_mail_of_decision"
        return [path("<int:pk>/mail/<slug:decision>/", view, name=name), *super().get_urls()]

    def mail_of_decision(self, request: HttpRequest, pk: int, decision: str) -> HttpResponse:
        """Show the mail that this person would get, with the reason that travels sealed in the address."""
        registration, found = self.get_object(request, str(pk)), DECISIONS.get(decision)
        may_see = registration is not None and self.has_change_permission(request, registration)
        if found is None or not may_see or not found.fits(registration):
            raise Http404
        try:
            said = unseal(request.GET.get("said", ""), max_age=PREVIEW_SECONDS)
        except SealBroken as error:
            raise Http404 from error
        context = found.context_of_mail(registration, str(said.get("reason", "")))
        return sample_response(found.letter, registration, context)

    def decide_on_selected(
        self, request: HttpRequest, queryset: QuerySet[Registration], name: str
    ) -> HttpResponse | None:
        """Show the page; once it is answered, decide on those the user may change, and say what was refused."""
        decision = DECISIONS[name]
        people = self._people(request, queryset)
        form = decision.asks(request.POST if "reason_given" in request.POST else None)
        if form.is_valid() and "look" not in request.POST:
            _tell(request, decision, self._decide(request, decision, people, form.cleaned_data))
            return None
        return self._decision_page(request, decision, people, form, action=f"{name}_selected")

    def _people(self, request: HttpRequest, queryset: QuerySet[Registration]) -> list[Registration]:
        """Return the people that the page was about, else those who are chosen in the list."""
        if "people" in request.POST:
            numbers = [number_asked(text) for text in request.POST["people"].split(",")[:MOST]]
            queryset = self.get_queryset(request).filter(pk__in=[number for number in numbers if number])
        found = queryset.select_related("event", "ticket_type").order_by("pk")[:MOST]
        return [one for one in found if self.has_change_permission(request, one)]

    def _decide(
        self, request: HttpRequest, decision: Decision, people: Sequence[Registration], data: dict[str, Any]
    ) -> Outcome:
        reason = {"reason": data["reason"]} if "reason" in data else {}
        outcome = decision.run(people, user=request.user, **reason)
        LogEntry.objects.log_actions(request.user.pk, outcome.done, CHANGE, str(decision.label))
        return outcome

    def _question(self, request: HttpRequest, button: ObjectButton, obj: Any, form: forms.Form) -> HttpResponse:
        decision = DECISIONS.get(button.name)
        if decision is None:
            return super()._question(request, button, obj, form)
        return self._decision_page(request, decision, [obj], form, original=obj)

    def _decision_page(
        self, request: HttpRequest, decision: Decision, chosen: Sequence[Registration], form: forms.Form, **more: Any
    ) -> HttpResponse:
        people = [one for one in chosen if decision.fits(one)]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": decision.label,
            "decision": decision,
            "form": form,
            "people": people,
            "names": people[:MOST_NAMES],
            "others": max(0, len(people) - MOST_NAMES),
            "left_out": len(chosen) - len(people),
            "most": MOST if len(chosen) == MOST else 0,
            "samples": _samples(decision, people, form),
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "media": self.media,
            **more,
        }
        template = "admin/registrations/registration/decision.html"
        return allow_frames(TemplateResponse(request, template, context))


def _samples(decision: Decision, people: Sequence[Registration], form: forms.Form) -> list[Sample]:
    """Return up to three people with the mail as each would get it."""
    return [Sample(one, _address(decision, one, _reason_typed(form))) for one in samples_among(people)]


def _address(decision: Decision, one: Registration, reason: Reason) -> str:
    with override(one.language):
        said = seal({"reason": reason.read_in(one.language) or str(_("(the reason you give)"))})
    address = reverse("admin:registrations_registration_mail_of_decision", args=[one.pk, decision.name])
    return f"{address}?{urlencode({'said': said})}"


def _reason_typed(form: forms.Form) -> Reason:
    """Return what is typed already, as far as it can be used."""
    return getattr(form, "cleaned_data", {}).get("reason") or Reason()


def _tell(request: HttpRequest, decision: Decision, outcome: Outcome) -> None:
    if count := len(outcome.done):
        text = ngettext("%(action)s: %(count)s registration.", "%(action)s: %(count)s registrations.", count)
        messages.success(request, text % {"action": decision.label, "count": count})
    if count := len(outcome.unchanged):
        text = ngettext("%(count)s registration was so already.", "%(count)s registrations were so already.", count)
        messages.info(request, text % {"count": count})
    for registration, sentence in outcome.refused[:MOST_NAMES]:
        messages.warning(request, f"{registration.full_name}: {sentence}")
    if (count := len(outcome.refused) - MOST_NAMES) > 0:
        text = ngettext("%(count)s more was refused.", "%(count)s more were refused.", count)
        messages.warning(request, text % {"count": count})


def in_both(obj: Any, name: str) -> str:
    """Return a bilingual text of an object as it is written in each language, a line each."""
    texts = dict.fromkeys(text for column in columns(name) if (text := getattr(obj, column)))
    return format_html_join("\n", "<div>{}</div>", ((text,) for text in texts)) or "–"
