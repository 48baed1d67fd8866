"""Template tags of registrations."""
