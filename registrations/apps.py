"""The registrations app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    """Ticket types and registrations."""

    name = "registrations"
    verbose_name = _("Registrations")

    def ready(self) -> None:
        """Tell the outbox who writes the mails about registrations."""
        from registrations.emails import register_composers

        register_composers()
