"""The partners app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Organizations and partnerships."""

    name = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        """Tell the programme who co-hosts its sessions."""
        from events import hooks
        from partners.queries.organizations import cohosts

        hooks.session_cohosts.append(cohosts)
