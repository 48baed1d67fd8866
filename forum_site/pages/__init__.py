"""Pages that need several apps: home, editions, health."""
