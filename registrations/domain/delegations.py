"""Delegations: a focal point names the people of an organization, within its places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError
from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import write_anew
from registrations.domain import letters
from registrations.domain.cancel import cancel
from registrations.domain.invitations import Guest
from registrations.domain.reasons import Reason
from registrations.domain.register import register
from registrations.domain.ways_in import WayIn
from registrations.models import Delegation, Registration
from registrations.queries.check_ins import arrival_of


@dataclass(frozen=True)
class Named:
    """What became of a list: who was registered, and a sentence for each who was not."""

    people: list[Registration] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def send_link(delegation: Delegation) -> Delegation:
    """Mail the focal point the link."""
    if not delegation.contact_email:
        raise DomainError(_("Enter the address of the contact first."))
    if not delegation.event.is_public:
        raise DomainError(_("This edition is a draft. Publish it first: the link leads to its pages."))
    with transaction.atomic():
        letters.write_to(delegation, letters.DELEGATION)
        Delegation.objects.filter(pk=delegation.pk).update(sent_at=timezone.now())
    return delegation


def renew_delegation_link(delegation: Delegation) -> Delegation:
    """Exchange the link: the old one is dead at once, the new one goes to the focal point."""
    delegation.renew_secret()
    delegation.save(update_fields=["secret", "secret_digest"])
    write_anew(letters.reference_of(delegation))
    return send_link(delegation)


def name_person(delegation: Delegation, guest: Guest, *, country: str, consent_text: str) -> Registration:
    """Register one person of the delegation, who gets an own mail and link, and needs no approval.

    ``country`` is for whom the list names none. Whoever is registered already stays as they are. Raises
    ``DomainError`` where no place of the delegation is left or registration is closed; where the ticket type is full
    the person waits like others.
    """
    return register(
        delegation.event,
        ticket_type=delegation.ticket_type,
        full_name=guest.full_name,
        email=guest.email,
        organization=guest.organization or str(delegation.name),
        country=guest.country or country,
        language=guest.language,
        consent_text=consent_text,
        way_in=WayIn(delegation=delegation),
    )


def name_people(delegation: Delegation, guests: Sequence[Guest], *, country: str, consent_text: str) -> Named:
    """Register a list, each person in a transaction of their own, so that one who is refused keeps nobody out."""
    result = Named()
    for guest in guests:
        try:
            result.people.append(name_person(delegation, guest, country=country, consent_text=consent_text))
        except DomainError as error:
            result.problems.append(f"{guest.full_name}: {error}")
    return result


def cancel_delegate(delegation: Delegation, registration: Registration) -> Registration:
    """Cancel one of the delegation's own people, who are told by whom; the place may be given to somebody else."""
    if registration.delegation_id != delegation.pk:
        raise DomainError(_("This person belongs to another delegation."))
    by_whom = Reason.in_each_language(lambda: _("Cancelled by %(name)s") % {"name": delegation.name})
    return cancel(registration, reason=by_whom)


def correct_delegate(
    delegation: Delegation, registration: Registration, *, full_name: str, organization: str, country: str
) -> Registration:
    """Correct what is known of one of the delegation's own people, as long as they take part and have not come.

    The address stays: the personal link went there.
    """
    with transaction.atomic():
        registration.refresh_from_db(from_queryset=Registration.objects.select_for_update(no_key=True))
        if registration.delegation_id != delegation.pk:
            raise DomainError(_("This person belongs to another delegation."))
        if not registration.is_active or delegation.event.is_past:
            raise DomainError(_("This registration is over."))
        if arrival_of(registration):
            raise DomainError(_("This person has come already. Please ask the organizers to correct the details."))
        registration.full_name, registration.organization = full_name, organization
        registration.country, registration.changed_at = country, timezone.now()
        registration.save(update_fields=["full_name", "organization", "country", "changed_at"])
    return registration


def forget_contact(delegation: Delegation) -> None:
    """Erase the focal point, with the mails; the link opens nothing any more."""
    EmailMessage.objects.filter(reference=letters.reference_of(delegation)).delete()
    delegation.contact_name = delegation.contact_email = ""
    delegation.renew_secret()
    delegation.save()
