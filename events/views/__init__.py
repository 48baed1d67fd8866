"""Public pages of an edition."""
