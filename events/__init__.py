"""The forum itself: series, editions, venues, programme, people and pages."""
