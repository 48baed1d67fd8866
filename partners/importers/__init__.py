"""Ways in for what organizers have in writing."""
