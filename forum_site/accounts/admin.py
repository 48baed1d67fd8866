"""The pages of users and their roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forum_site.accounts.enums import Role
from forum_site.accounts.filters import EditionFilter
from forum_site.accounts.models import EventRole, User
from forum_site.accounts.ownership import is_last_owner
from forum_site.accounts.permissions import has_role_everywhere
from forum_site.accounts.scoped_admin import ScopedAdmin

IS_OWNER = frozenset({Role.OWNER})
LAST_OWNER = _("Nobody else owns this edition. Make somebody else an owner first.")


@admin.register(User)
class UserAdmin(StockUserAdmin):
    """Everybody who may sign in; for superusers only."""

    list_display = ["email", "name", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    filter_horizontal: list[str] = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (_("Permissions"), {"fields": ["is_active", "is_superuser"]}),
        (_("Moments"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show users to superusers."""
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As above."""
        return self.has_module_permission(request)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission  # type: ignore[assignment]


class RoleForm(forms.ModelForm):
    """A role for somebody, known or new, by e-mail address."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Who has no account yet gets one, and sets a password by “Forgot your password?”."),
    )
    name = forms.CharField(label=_("Name"), max_length=150, required=False)

    class Meta:
        model = EventRole
        fields = ["event", "role"]

    def clean(self) -> dict[str, Any]:
        """Refuse a role that the person has already, or that only owners of all editions may give."""
        data = super().clean() or {}
        known = EventRole.objects.filter(user__email__iexact=data.get("email", ""), event=data.get("event"))
        if known.filter(role=data.get("role")).exists():
            raise ValidationError(_("This person has this role already."))
        return data


class OwnedForm(forms.ModelForm):
    """A role that exists; the last owner stays one."""

    def clean_role(self) -> str:
        """Refuse to leave an edition without anybody who can give roles."""
        role = self.cleaned_data["role"]
        if role != Role.OWNER and is_last_owner(EventRole.objects.get(pk=self.instance.pk)):
            raise ValidationError(LAST_OWNER)
        return role


@admin.register(EventRole)
class EventRoleAdmin(ScopedAdmin):
    """Who may do what at which edition. Owners give the roles of their editions."""

    sees = IS_OWNER
    changes = IS_OWNER
    list_display = ["person", "role", "edition"]
    list_select_related = ["user", "event"]
    list_filter = [EditionFilter, "role"]
    search_fields = ["user__email", "user__name"]
    ordering = ["event", "user__email"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Ask for a person on adding only."""
        if obj:
            return super().get_form(request, obj, change, form=OwnedForm, **kwargs)
        form = super().get_form(request, obj, change, form=RoleForm, **kwargs)
        form.base_fields["event"].required = not has_role_everywhere(request.user, IS_OWNER)
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the person of a role that exists."""
        return [(None, {"fields": ["user", "event", "role"] if obj else ["email", "name", "event", "role"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep person and edition."""
        return ["user", "event"] if obj else []

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the last owners as a reason why nothing is deleted."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        last = [f"{role}: {LAST_OWNER}" for role in objs if is_last_owner(role, without=objs)]
        return deleted, counts, lacking, [*protected, *last]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Find or make the user; an account without a role can do nothing."""
        if not change:
            email = form.cleaned_data["email"]
            known = User.objects.filter(Q(email__iexact=email)).first()
            obj.user = known or User.objects.create_user(email, name=form.cleaned_data["name"], is_staff=True)
        super().save_model(request, obj, form, change)

    @admin.display(description=_("person"), ordering="user__email")
    def person(self, role: EventRole) -> str:
        """Name and address."""
        return f"{role.user.name} <{role.user.email}>" if role.user.name else role.user.email

    @admin.display(description=_("edition"), ordering="event")
    def edition(self, role: EventRole) -> str:
        """The edition, or all of them."""
        return str(role.event or _("Every edition"))
