"""The accounts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users and their roles."""

    name = "forum_site.accounts"
    label = "accounts"
    verbose_name = _("Users and roles")
