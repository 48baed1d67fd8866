"""The fixed words of partnership."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartnerRole(models.TextChoices):
    """The part of an organization in an edition, in protocol order."""

    HOST = "host", pgettext_lazy("organization", "Host")
    CO_HOST = "co_host", _("Co-host")
    ORGANIZER = "organizer", _("Organizer")
    CO_ORGANIZER = "co_organizer", _("Co-organizer")
    SUPPORTING = "supporting", _("Supporting partner")
    PARTNER = "partner", _("Partner")
    SPONSOR = "sponsor", _("Sponsor")
    MEDIA = "media", _("Media partner")


#: Protocol order of the groups on every page.
PROTOCOL_ORDER = list(PartnerRole)
#: Those who answer for the forum; shown larger.
LEADS = frozenset({PartnerRole.HOST, PartnerRole.CO_HOST, PartnerRole.ORGANIZER, PartnerRole.CO_ORGANIZER})
