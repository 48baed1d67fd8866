"""Organizations and their part in an edition."""

from partners.models.partner import Partner
from partners.models.partnership import Partnership

__all__ = ["Partner", "Partnership"]
