"""The roles an organizer can have at an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody may do at one event, or at all of them."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    REGISTRAR = "registrar", _("Registrar")
    DOOR = "door", _("Door staff")
    VIEWER = "viewer", _("Viewer")


#: Who may change the public face of an event: its texts, programme, people and partners.
EDITS_CONTENT = frozenset({Role.OWNER, Role.EDITOR})
#: Who may answer registrations and see the people behind them.
HANDLES_REGISTRATIONS = frozenset({Role.OWNER, Role.REGISTRAR})
#: Who may note that somebody has come.
CHECKS_IN = HANDLES_REGISTRATIONS | {Role.DOOR}
#: Who may look at the admin pages of an event at all.
SEES_EVENT = frozenset(Role)
