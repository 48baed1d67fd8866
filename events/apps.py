"""The events app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Series, editions and their programme."""

    name = "events"
    verbose_name = _("Programme")

    def ready(self) -> None:
        """Put the database's own guards back after every migration; tables cannot change under them."""
        from events.calendar_triggers import install_calendar_triggers, remove_calendar_triggers
        from events.guards import install_guards, remove_guards

        pre_migrate.connect(remove_guards, sender=self, dispatch_uid="events.remove_guards")
        pre_migrate.connect(remove_calendar_triggers, sender=self, dispatch_uid="events.remove_calendar_triggers")
        post_migrate.connect(install_calendar_triggers, sender=self, dispatch_uid="events.install_calendar_triggers")
        post_migrate.connect(install_guards, sender=self, dispatch_uid="events.install_guards")
