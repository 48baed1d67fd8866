"""Headings of groups that were entered without a printed label."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import ngettext, npgettext

from partners.enums import PartnerRole

#: Heading for this many organizations, per role.
GROUP_LABELS: dict[PartnerRole, Callable[[int], str]] = {
    PartnerRole.HOST: lambda count: npgettext("organization", "Host", "Hosts", count),
    PartnerRole.CO_HOST: lambda count: ngettext("Co-host", "Co-hosts", count),
    PartnerRole.ORGANIZER: lambda count: ngettext("Organizer", "Organizers", count),
    PartnerRole.CO_ORGANIZER: lambda count: ngettext("Co-organizer", "Co-organizers", count),
    PartnerRole.SUPPORTING: lambda count: ngettext("Supporting partner", "Supporting partners", count),
    PartnerRole.PARTNER: lambda count: ngettext("Partner", "Partners", count),
    PartnerRole.SPONSOR: lambda count: ngettext("Sponsor", "Sponsors", count),
    PartnerRole.MEDIA: lambda count: ngettext("Media partner", "Media partners", count),
}
