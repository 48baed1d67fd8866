"""What many pages share, kept for one state of everything public in the memory of each process."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from forum_site.lib.previews import previewed
from forum_site.pages.cache.clock import clock
from forum_site.pages.cache.stamp import stamp_of_request

T = TypeVar("T")
MOST = 1000


class Shared:
    """Answers by key. All are forgotten with the first question after a public change, or after the clock's next."""

    def __init__(self) -> None:
        self._kept: tuple[str, float, dict[Hashable, Any]] = ("", 0.0, {})  # changed as one: threads read it

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the answer, made if it is not known.

        The stamp is read first, so an answer is never older than the state it stands for. Nothing is kept of previews.
        Answers belong to everybody: whoever gets one does not change it.
        """
        if previewed() is not None or (stamp := stamp_of_request()) is None:
            return make()
        known, expires, answers = self._kept
        if known != stamp or time.time() >= expires:
            answers = {}
            self._kept = (stamp, clock.expiry(stamp), answers)
        if key in answers:
            return cast("T", answers[key])
        if len(answers) >= MOST:
            answers.clear()
        return cast("T", answers.setdefault(key, make()))

    def clear(self) -> None:
        """Forget all answers."""
        self._kept = ("", 0.0, {})


#: The one of this process.
shared = Shared()
