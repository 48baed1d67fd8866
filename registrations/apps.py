"""The registrations app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    """Ticket types and registrations."""

    name = "registrations"
    verbose_name = _("Registrations")

    def ready(self) -> None:
        """Tell the outbox who writes the mails about registrations, and keep the schedules."""
        from registrations.emails.composers import register_composers
        from registrations.jobs import ensure_schedules

        register_composers()
        post_migrate.connect(ensure_schedules, sender=self, dispatch_uid="registrations.ensure_schedules")
