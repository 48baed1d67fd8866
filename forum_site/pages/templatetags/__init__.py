"""Tags and filters of the shared frame."""
