"""The base of every admin page: what one sees and may do depends on one's roles at the edition of the object."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst

from forum_site.accounts.current_edition import current_edition, number_asked
from forum_site.accounts.enums import EDITS_CONTENT, SEES_EVENT, Role
from forum_site.accounts.permissions import event_ids_for, events_for, has_role, has_role_everywhere, roles_at

#: What an address may ask of a column that is offered as a filter.
LOOKUPS = frozenset({"exact", "in", "isnull", "gte", "lt", "year", "month", "day"})


class ScopedChoices:
    """Offers in every choice only what the user may see, and of the edition at hand."""

    changes: frozenset[Role] = EDITS_CONTENT
    admin_site: admin.AdminSite

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Limit the choices of a single relation."""
        return self._limited(super().formfield_for_foreignkey(db_field, request, **kwargs), request)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Limit the choices of a relation to several."""
        return self._limited(super().formfield_for_manytomany(db_field, request, **kwargs), request)  # type: ignore[misc]

    def _limited(self, field: Any, request: HttpRequest) -> Any:
        if field is None:
            return None
        model = field.queryset.model
        if model._meta.label_lower == "events.event":
            field.queryset = events_for(request.user, self.changes)
        related = self.admin_site._registry.get(model)
        if isinstance(related, ScopedAdmin) and model._meta.label_lower != "events.event":
            field.queryset = related.choices_for(request)
        return field


class InItsEdition(forms.ModelForm):
    """Checks a thing among those of its edition, though edition (and person, of a role) cannot be edited."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"event", "user"}  # type: ignore[misc]


class ScopedAdmin(ScopedChoices, admin.ModelAdmin):
    """Admin pages of things that belong to an edition, or are shared by several.

    ``event_lookup`` leads to the edition ("pk" for editions themselves); empty for shared things, whose editions are
    found through ``shared_through``: whoever edits one of these editions, or any edition while the thing is unused, may
    change it. It can be deleted only by somebody who edits all of them.
    """

    event_lookup = "event"
    shared_through = ""
    sees: frozenset[Role] = SEES_EVENT
    changes: frozenset[Role] = EDITS_CONTENT
    linked_by: tuple[str, ...] = ()  # columns by which other pages lead to a part of the list, beside its filters
    has_zone = False  # whether its moments are entered in the zone of its edition
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    save_on_top = False

    # --- What exists for this user ------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Limit everything, including actions, history and autocompletion, to what the user may see."""
        return self.visible_to(request.user, super().get_queryset(request))

    def visible_to(self, user: Any, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return the part of the queryset that the user may see."""
        ids = event_ids_for(user, self.sees | self.changes)
        if ids is None:
            return queryset
        if self.event_lookup:
            return queryset.filter(**{f"{self.event_lookup}__in": ids})
        return queryset.filter(self._is_shared_with(ids))

    def _is_shared_with(self, ids: list[int]) -> models.Q:
        same = self.model._default_manager.filter(pk=models.OuterRef("pk"))
        used = same.filter(**{f"{self.shared_through}__isnull": False})
        mine = same.filter(**{f"{self.shared_through}__in": ids})
        seen = ~models.Exists(used) | models.Exists(mine)
        public = self.public_part()
        return seen if public is None else seen | models.Q(pk__in=public)

    def public_part(self) -> models.QuerySet[Any] | None:
        """Return the primary keys of shared things that visitors can see anyway."""
        return None

    def choices_for(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Return what may be chosen in forms: of things of an edition only those of the edition at hand."""
        queryset = self.get_queryset(request)
        if not self.event_lookup or self.event_lookup == "pk":
            return queryset
        event_id = event_at_hand(request, self.admin_site)
        return queryset.filter(**{self.event_lookup: event_id}) if event_id else queryset.none()

    # --- What this user may do ----------------------------------------------------------------------------------

    def events_of(self, obj: Any) -> list[int | None]:
        """Return the editions an object belongs to; of shared things the editions that use it."""
        if not self.event_lookup:
            if not hasattr(obj, "_used_at"):
                used = type(obj)._default_manager.filter(pk=obj.pk, **{f"{self.shared_through}__isnull": False})
                obj._used_at = list(used.order_by().values_list(self.shared_through, flat=True).distinct())
            return obj._used_at
        *path, last = self.event_lookup.split("__")
        for name in path:
            obj = getattr(obj, name)
        return [obj.pk if last == "pk" else getattr(obj, f"{last}_id")]

    def may(self, request: HttpRequest, roles: frozenset[Role], obj: Any = None, *, at_all: bool = False) -> bool:
        """Whether the user has one of the roles at the object's edition; at all of its editions where asked."""
        if obj is None or obj.pk is None or has_role_everywhere(request.user, roles):
            return has_role(request.user, roles)
        held = [bool(roles_at(request.user, event) & roles) for event in self.events_of(obj)]
        if not held:
            return not self.event_lookup and has_role(request.user, roles)
        return all(held) if at_all else any(held)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the model to whoever may see some of it."""
        return has_role(request.user, self.sees | self.changes)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let everybody look who may see the edition; shared things are limited by the queryset."""
        if obj is not None and not self.event_lookup:
            return self.has_module_permission(request)
        return self.may(request, self.sees | self.changes, obj)

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        """Let those add who may change something; the edition is chosen among theirs."""
        return has_role(request.user, self.changes)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those change it who have the role at its edition."""
        return self.may(request, self.changes, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those delete it who have the role at all of its editions."""
        return self.may(request, self.changes, obj, at_all=True)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name what hangs on these things to those who may delete them; it can belong to a draft of somebody else."""
        objs = list(objs)
        if all(self.has_delete_permission(request, one) for one in objs):
            return super().get_deleted_objects(objs, request)
        return [], {}, {str(self.opts.verbose_name)}, []

    # --- Lists --------------------------------------------------------------------------------------------------

    def get_list_display(self, request: HttpRequest) -> Any:
        """Leave out the edition where the list is of one."""
        columns = super().get_list_display(request)
        return [name for name in columns if name != "event"] if request.GET.get("edition") else columns

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Answer only what the list's filters ask.

        Django takes every column of the table. Whoever may look at the list would find out what it does not show, such
        as personal links, letter by letter.
        """
        filters = self.list_filter if request is None else self.get_list_filter(request)
        names = {getattr(one, "parameter_name", one) for one in filters}
        names |= {"id", "pk", self.date_hierarchy, *self.linked_by}
        column, _sign, test = lookup.rpartition("__")
        return lookup in names or (test in LOOKUPS and column in names)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Take what may not be asked for what makes no sense: both lead to the plain list, without a query."""
        try:
            return super().get_changelist_instance(request)
        except DisallowedModelAdminLookup as error:
            raise IncorrectLookupParameters from error

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Call the list by what it lists."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    # --- Forms --------------------------------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Have a form that keeps the edition refuse what would stand twice in it."""
        form = super().get_form(request, obj, change, **kwargs)
        keeps = obj is not None and self.event_lookup == "event"
        return type(form.__name__, (InItsEdition, form), {}) if keeps else form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep a thing in its edition: it is chosen once."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "event") if obj is not None and self.event_lookup == "event" else fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with the edition the organizer works on."""
        data = super().get_changeform_initial_data(request)
        edition = current_edition(request)
        if self.event_lookup == "event" and edition:
            data.setdefault("event", edition.pk)
        return data

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read and print moments in the zone of the edition."""
        if not self.has_zone:
            return super().changeform_view(request, *args, **kwargs)
        with timezone.override(zone_at_hand(request, self.admin_site)):
            response = super().changeform_view(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404


class ScopedInline(ScopedChoices):
    """Rows inside another thing's form: what the user may do with the whole decides."""

    extra = 0

    def _parent_admin(self) -> ScopedAdmin:
        return self.admin_site._registry[self.parent_model]  # type: ignore[attr-defined,return-value]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the whole."""
        return self._parent_admin().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As changing the whole."""
        return self._parent_admin().has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As changing the whole."""
        return self._parent_admin().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As changing the whole."""
        return self._parent_admin().has_change_permission(request, obj)


def event_at_hand(request: HttpRequest, site: admin.AdminSite) -> int | None:
    """Return the edition of the object that is being edited, else the posted or asked one, else the current one."""
    if not hasattr(request, "_event_at_hand"):
        request._event_at_hand = _event_of_object(request, site) or _event_asked(request)  # type: ignore[attr-defined]
    return request._event_at_hand  # type: ignore[attr-defined]


def _event_of_object(request: HttpRequest, site: admin.AdminSite) -> int | None:
    match = request.resolver_match
    object_id = match and match.kwargs.get("object_id")
    if not object_id:
        return None
    name = match.url_name or ""
    for model, model_admin in site._registry.items():
        prefix = f"{model._meta.app_label}_{model._meta.model_name}_"
        if name.startswith(prefix) and isinstance(model_admin, ScopedAdmin) and model_admin.event_lookup:
            obj = model_admin.get_object(request, object_id)
            return model_admin.events_of(obj)[0] if obj else None
    return None


def _event_asked(request: HttpRequest) -> int | None:
    asked = number_asked(request.POST.get("event") or request.GET.get("event"))
    if asked and roles_at(request.user, asked):  # anybody can write any number into an address
        return asked
    edition = current_edition(request)
    return edition.pk if edition else None


def zone_at_hand(request: HttpRequest, site: admin.AdminSite) -> Any:
    """Return the zone of the edition at hand, UTC without one."""
    event = events_for(request.user, SEES_EVENT).filter(pk=event_at_hand(request, site)).first()
    return event.zone if event else timezone.get_default_timezone()
