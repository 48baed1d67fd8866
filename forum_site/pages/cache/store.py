"""Where the pages are kept: in the memory of each process, so much of it and no more."""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache


class PageStore(LocMemCache):
    """Django's cache in memory, which drops what was not read for longest once its bytes exceed ``MAX_BYTES``."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, params)
        self._max_bytes = int(params["OPTIONS"]["MAX_BYTES"])

    def _set(self, key: str, value: bytes, timeout: Any = DEFAULT_TIMEOUT) -> None:
        super()._set(key, value, timeout)
        total = sum(map(len, self._cache.values()))
        while total > self._max_bytes:
            oldest, dropped = self._cache.popitem()
            del self._expire_info[oldest]
            total -= len(dropped)
