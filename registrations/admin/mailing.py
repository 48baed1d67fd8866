"""The organizers' pages of mailings: write, look at it, send, pause, see what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from events.admin.base import BilingualLabels, pair
from events.admin.programme import ZoneNote
from events.models import Event
from forum_site.accounts.current_edition import current_edition
from forum_site.accounts.enums import HANDLES_REGISTRATIONS, Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.object_buttons import ObjectButton, ObjectButtons
from forum_site.accounts.scoped_admin import ScopedAdmin, event_at_hand
from forum_site.lib.errors import DomainError
from forum_site.mail.enums import MailReturn, MailState
from forum_site.mail.preview import allow_frames
from registrations.admin.mailing_form import MailingForm
from registrations.admin.samples import NamesPlaceholders, sample_response
from registrations.domain import letters, mailings
from registrations.domain.usual_mailings import add_usual_mailings
from registrations.enums import MailingState, RegistrationStatus
from registrations.models import Delivery, Mailing, QuestionOption
from registrations.models.mailing import LINKED_FILTERS
from registrations.queries.recipients import answer_choices, not_yet_served, out_of_reach, samples_of

IS_ON_ITS_WAY = {MailingState.SCHEDULED, MailingState.PAUSED}
TONES = {MailingState.DONE: "is-done", MailingState.DRAFT: "is-over", MailingState.PAUSED: "is-todo"}

#: Of a mailing that is done these are few and found by an index; those that were sent would have to be read one by one.
NOT_SENT = [state for state in MailState if state != MailState.SENT]


def _counted(mailings: QuerySet[Mailing]) -> QuerySet[Any]:
    return mailings.annotate(
        written=_copies(),
        left_the_house=F("written") - _copies(mail__state__in=NOT_SENT),
        went_wrong=_copies(mail__state=MailState.FAILED),
        returned=_copies(mail__returned__in=MailReturn.values),
    )


def _copies(**which: Any) -> Coalesce:
    """A subquery for each mailing that a page shows: counting all that are listed takes longer with every mail."""
    found = Delivery.objects.filter(mailing=OuterRef("pk"), **which).order_by().values("mailing")
    return Coalesce(Subquery(found.annotate(number=Count("pk")).values("number")), 0)


@admin.register(Mailing)
class MailingAdmin(NamesPlaceholders, ZoneNote, BilingualLabels, ObjectButtons, ScopedAdmin):
    """Mails to many people. A draft can be edited; once it is on its way it is taken back first."""

    form = MailingForm
    has_zone = True
    zone_fieldset = 2
    sees = frozenset({Role.OWNER, Role.REGISTRAR, Role.VIEWER})
    changes = HANDLES_REGISTRATIONS
    change_form_template = "admin/registrations/mailing/change_form.html"
    change_list_template = "admin/registrations/mailing/change_list.html"
    list_display = ["title", "state_shown", "timing", "copies", "sent", "failed", "came_back", "event"]
    list_select_related = ["event"]
    list_filter = [EditionFilter, "state", "timing"]
    search_fields = ["title", "subject_en", "subject_zh_hans"]
    filter_horizontal = ["ticket_types", "options", "sessions"]
    fieldsets = [
        (None, {"fields": ["event", "title", *pair("subject", "heading", "body"), "has_calendar"]}),
        (
            _("Whom it goes to"),
            {
                "fields": [
                    *("statuses", "presence", "ticket_types", "options", "given_answers", "sessions", "language"),
                ]
            },
        ),
        (_("When"), {"fields": ["timing", "send_at", ("amount", "local_time")]}),
    ]
    object_buttons = [
        ObjectButton(
            name="pause",
            label=_("Pause"),
            run=lambda mailing, _data: mailings.pause(mailing),
            done=_("The mailing pauses. What is in the outbox already is still sent."),
            is_offered=lambda mailing: mailing.state == MailingState.SCHEDULED,
        ),
        ObjectButton(
            name="go-on",
            label=_("Go on"),
            run=lambda mailing, _data: mailings.schedule(mailing),
            done=_("The mailing goes on."),
            is_offered=lambda mailing: mailing.state == MailingState.PAUSED,
        ),
        ObjectButton(
            name="take-back",
            label=_("Take back and edit"),
            run=lambda mailing, _data: mailings.take_back(mailing),
            done=_("The mailing is a draft again. Whoever has had it will not get it twice."),
            is_offered=lambda mailing: mailing.state in IS_ON_ITS_WAY,
        ),
    ]

    # --- The list -----------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the copies for the list, in the same query."""
        queryset = super().get_queryset(request)
        is_list = ((request.resolver_match and request.resolver_match.url_name) or "").endswith("_changelist")
        return _counted(queryset) if is_list else queryset

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, mailing: Mailing) -> str:
        """The state as a dot and a word."""
        tone = TONES.get(mailing.state, "is-open")  # type: ignore[call-overload]
        return format_html('<span class="state {}">{}</span>', tone, mailing.get_state_display())

    @admin.display(description=_("copies"), ordering="written")
    def copies(self, mailing: Any) -> int:
        """How many copies were written."""
        return int(mailing.written)

    @admin.display(description=_("sent"), ordering="left_the_house")
    def sent(self, mailing: Any) -> int:
        """How many copies have left the house."""
        return int(mailing.left_the_house)

    @admin.display(description=_("failed"), ordering="went_wrong")
    def failed(self, mailing: Any) -> int:
        """How many copies could not be sent."""
        return int(mailing.went_wrong)

    @admin.display(description=_("came back"), ordering="returned")
    def came_back(self, mailing: Any) -> int:
        """How many copies have not reached anybody."""
        return int(mailing.returned)

    # --- The form -----------------------------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Offer the answers to the questions of the edition at hand."""
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"answer_choices": answer_choices(event_at_hand(request, self.admin_site))})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let only drafts be edited."""
        if obj is None or obj.state == MailingState.DRAFT:
            return super().get_readonly_fields(request, obj)
        rows = [row for _label, options in self.get_fieldsets(request, obj) for row in options["fields"]]
        return [name for row in rows for name in (row if isinstance(row, tuple) else (row,))]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Print statuses in words where they cannot be edited."""
        words, (whom, options), *when = super().get_fieldsets(request, obj)
        if obj is not None and obj.state != MailingState.DRAFT:
            shown = {"statuses": "statuses_shown", "given_answers": "answers_shown"}
            options = options | {"fields": [shown.get(name, name) for name in options["fields"]]}
        return [words, (whom, options), *when]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the answers that may be chosen at the edition at hand; sensitive ones single nobody out."""
        if db_field.name == "options":
            options = QuestionOption.objects.filter(question__event=event_at_hand(request, self.admin_site))
            kwargs["queryset"] = options.filter(question__is_sensitive=False).select_related("question")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Remember which filters are set, should what they choose be deleted before the mails go out."""
        super().save_related(request, form, formsets, change)
        form.instance.limited_by = [name for name in LINKED_FILTERS if getattr(form.instance, name).exists()]
        form.instance.save(update_fields=["limited_by"])

    @admin.display(description=_("statuses"))
    def statuses_shown(self, mailing: Mailing) -> str:
        """The statuses in words."""
        labels = [str(label) for value, label in RegistrationStatus.choices if value in mailing.statuses]
        return pgettext("between names", ", ").join(labels)

    @admin.display(description=_("yes/no and countries"))
    def answers_shown(self, mailing: Mailing) -> str:
        """The answers in words."""
        words = dict(answer_choices(mailing.event_id)) if mailing.given_answers else {}
        found = [words.get(key, gettext("(deleted)")) for key in mailing.given_answers]
        return pgettext("between names", ", ").join(found) or "–"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Offer to look at a draft and send it; of others tell what became of the copies."""
        seen = self.get_object(request, object_id)
        mailing = seen and _counted(Mailing.objects.filter(pk=seen.pk)).first()
        return super().change_view(request, object_id, form_url, {"mailing": mailing} | (extra_context or {}))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let a draft be deleted of which nobody has had a copy."""
        if obj is not None and (obj.state != MailingState.DRAFT or obj.deliveries.exists()):
            return False
        return super().has_delete_permission(request, obj)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Offer the usual reminders to the edition at hand."""
        edition = current_edition(request)
        may_add = edition and self.may(request, self.changes, Mailing(pk=0, event=edition))
        return super().changelist_view(request, {"edition_at_hand": may_add and edition} | (extra_context or {}))

    def add_usual(self, request: HttpRequest, event: int) -> HttpResponse:
        """Add the reminders that most editions send, as drafts."""
        edition = Event.objects.filter(pk=event).first()
        if edition is None or not self.may(request, self.changes, Mailing(pk=0, event=edition)):
            raise Http404
        added = len(add_usual_mailings(edition))
        text = ngettext("%(count)s draft was added.", "%(count)s drafts were added.", added) % {"count": added}
        messages.success(request, text)
        return redirect(f"{reverse('admin:registrations_mailing_changelist')}?edition={edition.pk}")

    # --- Looking and sending ------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Add the page before sending, and the address of one sample."""
        send, sample = self.admin_site.admin_view(self.send), self.admin_site.admin_view(self.sample)
        usual = self.admin_site.admin_view(require_POST(self.add_usual))
        return [
            path("usual/<int:event>/", usual, name="registrations_mailing_usual"),
            path("<int:pk>/send/", send, name="registrations_mailing_send"),
            path("<int:pk>/sample/<int:person>/", sample, name="registrations_mailing_sample"),
            *super().get_urls(),
        ]

    def _mailing_or_404(self, request: HttpRequest, pk: int) -> Mailing:
        mailing = self.get_object(request, str(pk))
        if mailing is None or not self.has_change_permission(request, mailing):
            raise Http404
        return mailing

    def sample(self, request: HttpRequest, pk: int, person: int) -> HttpResponse:
        """Show a recipient's copy."""
        mailing = self._mailing_or_404(request, pk)
        registration = not_yet_served(mailing).filter(pk=person).first()
        if registration is None:
            raise Http404
        return sample_response(letters.MAILING, registration, {"mailing": mailing.pk})

    def send(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say how many get it and show three copies; a POST sends."""
        mailing = self._mailing_or_404(request, pk)
        if request.method == "POST":
            return self._send(request, mailing)
        people = not_yet_served(mailing)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": mailing.title,
            "original": mailing,
            "count": people.count(),
            "left_out": out_of_reach(mailing).count(),
            "samples": samples_of(people),
            "minutes": int(mailings.UNDO.total_seconds() // 60),
            "media": self.media,
        }
        return allow_frames(TemplateResponse(request, "admin/registrations/mailing/send.html", context))

    def _send(self, request: HttpRequest, mailing: Mailing) -> HttpResponse:
        try:
            mailings.schedule(mailing)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            self.log_change(request, mailing, gettext("Send"))
            messages.success(request, gettext("The mailing is on its way. Until it begins you can take it back."))
        return redirect(reverse("admin:registrations_mailing_change", args=[mailing.pk]))
