"""The mail app."""

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """The outbox."""

    name = "forum_site.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        """Keep the schedule of the outbox in the database, and listen to mail services where that is configured."""
        from forum_site.mail.jobs import ensure_schedule
        from forum_site.mail.returns import listen

        if settings.MAIL_EVENTS_SECRET:
            listen()
        post_migrate.connect(ensure_schedule, sender=self, dispatch_uid="mail.ensure_schedule")
