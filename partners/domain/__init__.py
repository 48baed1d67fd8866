"""The rules of partners as verb functions, by noun."""
