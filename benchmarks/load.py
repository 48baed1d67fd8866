"""Asks a server on this machine for one page again and again, for a bounded time, and counts the answers."""

from __future__ import annotations

import http.client
import multiprocessing
import threading
import time

CONNECTIONS = 4


def answers_per_second(port: int, path: str, *, seconds: float) -> float:
    """Return how many times a second the page is answered over four open connections; an error stops the run."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (port, path, seconds))


def _measure(port: int, path: str, seconds: float) -> float:
    counts = [0] * CONNECTIONS
    problems: list[str] = []
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=_ask, args=(port, path, until, counts, i, problems)) for i in range(CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise RuntimeError(f"{path}: {problems[0]}")
    return sum(counts) / (time.perf_counter() - started)


def _ask(port: int, path: str, until: float, counts: list[int], number: int, problems: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    while time.perf_counter() < until and not problems:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip, deflate, br"})
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            problems.append(f"answered {response.status}")
        counts[number] += 1
    connection.close()
