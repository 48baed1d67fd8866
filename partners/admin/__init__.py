"""The organizers' pages of organizations and their part in an edition."""

from partners.admin import partner, partnership

__all__ = ["partner", "partnership"]
