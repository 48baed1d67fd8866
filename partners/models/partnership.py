"""The part of an organization in one edition."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event, Session
from forum_site.lib.bilingual import bilingual
from partners.enums import PROTOCOL_ORDER, PartnerRole
from partners.models.partner import Partner


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """Questions asked of the partnerships."""

    def in_protocol_order(self) -> PartnershipQuerySet:
        """Sort by role, then exactly as entered."""
        rank = models.Case(
            *(models.When(role=role, then=number) for number, role in enumerate(PROTOCOL_ORDER)),
            output_field=models.IntegerField(),
        )
        return self.order_by(rank, "position")


class Partnership(models.Model):
    """What an organization is to one edition. The order is kept exactly as entered."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="partnerships", verbose_name=_("edition"))
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="partnerships", verbose_name=_("organization")
    )
    role = models.CharField(_("role"), max_length=14, choices=PartnerRole.choices, default=PartnerRole.SUPPORTING)
    label = bilingual(
        models.CharField(
            _("printed label"), max_length=120, help_text=_("Of its group, such as “Supporting Partners”.")
        )
    )
    printed_name = bilingual(
        models.CharField(
            _("printed name"), max_length=250, help_text=_("Where it differs from the organization's name.")
        )
    )
    position = models.PositiveIntegerField(_("position"), validators=[MinValueValidator(1)])
    sessions = models.ManyToManyField(
        Session, blank=True, related_name="partnerships", verbose_name=_("co-hosted sessions")
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["event", "role", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "role", "position"],
                name="partnership_position_is_unique_in_role",
                violation_error_message=_("Two organizations cannot have the same position."),
            ),
            models.UniqueConstraint(
                fields=["event", "role", "partner"],
                name="partner_has_a_role_once",
                violation_error_message=_("This organization has this role already."),
            ),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="partnership_position_starts_at_one"),
            models.CheckConstraint(condition=models.Q(role__in=PartnerRole.values), name="partnership_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name}"

    @property
    def name(self) -> str:
        """The name as printed in this edition."""
        return str(self.printed_name or self.partner.name)
