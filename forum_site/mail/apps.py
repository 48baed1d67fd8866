"""The mail app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """The outbox."""

    name = "forum_site.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        """Keep the schedule of the outbox in the database."""
        from forum_site.mail.jobs import ensure_schedule

        post_migrate.connect(ensure_schedule, sender=self, dispatch_uid="mail.ensure_schedule")
