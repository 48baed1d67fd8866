"""Organizations and their part in an edition."""
