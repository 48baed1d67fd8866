"""Work that consists of many pieces: what goes wrong with one of them keeps no other from being done."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
logger = logging.getLogger(__name__)


def each_by_itself(items: Iterable[T], do: Callable[[T], R]) -> list[R]:
    """Call ``do`` for every item and return the results.

    Jobs come again, so an item that always fails would stop all those behind it for ever. Its error is logged, with the
    primary key of a row and nothing else of it; the last one is raised again at the end, so that the job has failed.
    """
    results, failure = [], None
    for item in items:
        try:
            results.append(do(item))
        except Exception as error:
            logger.exception("%s failed for %r", getattr(do, "__qualname__", do), getattr(item, "pk", item))
            failure = error
    if failure:
        raise failure
    return results
