"""The rules of events as verb functions, by noun."""
