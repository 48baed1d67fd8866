"""Users, whose e-mail address is their login, and their roles at events."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum_site.accounts.enums import Role


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """Create somebody who may sign in; without a password they cannot until they set one."""
        user = self.model(email=self.normalize_email(email).strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        """Create somebody who may do everything."""
        return self.create_user(email, password, **(fields | {"is_staff": True, "is_superuser": True}))

    def get_by_natural_key(self, email: str | None) -> User:
        """Find a user by address, whatever the capitals."""
        return self.get(email__iexact=email)


class User(AbstractUser):
    """An organizer, registrar or operator. Attendees need no account."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=150, blank=True)

    objects = UserManager()  # type: ignore[misc]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_is_unique_in_any_capitals",
                violation_error_message=_("A user with this e-mail address exists already."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name as the user wishes it, or the address."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the same as the full name: we do not take names apart."""
        return str(self)


class EventRole(models.Model):
    """What a user may do at one event; without an event, at all of them."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="event_roles", verbose_name=_("user"))
    event = models.ForeignKey(
        "events.Event",
        on_delete=models.CASCADE,
        related_name="roles",
        null=True,
        blank=True,
        verbose_name=_("edition"),
        help_text=_("Leave empty for a role at all editions."),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(fields=["user", "event", "role"], name="role_is_given_once_an_event"),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(event__isnull=True),
                name="role_at_all_is_given_once",
                violation_error_message=_("This person has this role already."),
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
