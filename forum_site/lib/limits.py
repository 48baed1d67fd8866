"""How often something may be done, counted in the cache."""

from __future__ import annotations

import hashlib
import time

from django.core.cache import cache


def allow(key: str, *, limit: int, seconds: int) -> bool:
    """Count one use of the key; False from the one after `limit` on, until the window of `seconds` ends.

    Windows are fixed: they begin at multiples of `seconds`. The key may hold personal data, only its hash is kept.
    """
    window = int(time.time() // seconds)
    name = "limit:" + hashlib.sha256(f"{key}:{seconds}:{window}".encode()).hexdigest()
    if cache.add(name, 1, seconds):
        return limit >= 1
    try:
        return cache.incr(name) <= limit
    except ValueError:  # it ended between the two calls
        return limit >= 1
