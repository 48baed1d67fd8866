"""Where the pages are kept: in the memory of each process, so much of it and no more."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from django.conf import settings

from forum_site.pages.cache.entry import Entry

Address = tuple[str, str]


class PageStore:
    """Pages by path and query. What was not read for longest makes room once ``most_bytes`` are exceeded.

    Not one of Django's caches: those copy a page each time they are asked for it.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._entries: OrderedDict[Address, Entry] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, address: Address) -> Entry | None:
        """Return the page last kept for this address."""
        with self._lock:
            entry = self._entries.get(address)
            if entry is not None:
                self._entries.move_to_end(address)
            return entry

    def keep(self, address: Address, entry: Entry) -> None:
        """Keep the page in place of the one before."""
        with self._lock:
            self._forget(address)
            self._entries[address] = entry
            self._bytes += entry.size
            while self._bytes > self.most_bytes:
                self._forget(next(iter(self._entries)))

    def clear(self) -> None:
        """Forget all pages."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def _forget(self, address: Address) -> None:
        if (old := self._entries.pop(address, None)) is not None:
            self._bytes -= old.size


#: The one of this process.
pages = PageStore(settings.PAGE_CACHE_BYTES)
