"""The rules of registrations as verb functions, by noun."""
