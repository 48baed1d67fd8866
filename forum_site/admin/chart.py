"""The chart of registrations a day, drawn on the server as rectangles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from forum_site.lib.moments import short_day

WIDTH, HEIGHT = 1000, 170
LEFT, BASE, TOP = 40, 140, 10
LABEL_EVERY = 14
GRID_LINES = 4


@dataclass(frozen=True)
class Bar:
    """One day in the units of the view box, with the words that a pointer reads."""

    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True)
class Line:
    """A line of the grid, or a day's label, with its words."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    """All that the template draws."""

    bars: list[Bar]
    grid: list[Line]
    labels: list[Line]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = BASE


def draw_chart(days: list[tuple[dt.date, int]], language: str) -> Chart:
    """Return the chart of the days; without a single registration only its grid."""
    top = round_up(max((number for _day, number in days), default=0))
    step = (WIDTH - LEFT) / max(1, len(days))
    bars = [_bar(n, day, number, step, top, language) for n, (day, number) in enumerate(days) if number]
    grid = [Line(_y(top * n / (GRID_LINES - 1), top), str(top * n // (GRID_LINES - 1))) for n in range(GRID_LINES)]
    labels = [
        Line(round(LEFT + n * step, 1), short_day(day, language))
        for n, (day, _number) in enumerate(days)
        if n % LABEL_EVERY == 0
    ]
    return Chart(bars, grid, labels)


def round_up(number: int) -> int:
    """Return the top of the scale: three equal whole steps, each 1, 2, 5, 10, 20, 25, 50 … times a power of ten."""
    size = 1
    while True:
        for step in (1, 2, 5):
            if 3 * step * size >= number:
                return 3 * step * size
        size *= 10


def _bar(n: int, day: dt.date, number: int, step: float, top: int, language: str) -> Bar:
    y = _y(number, top)
    return Bar(
        round(LEFT + n * step + 1, 1),
        y,
        round(step - 2, 1),
        round(BASE - y, 1),
        f"{short_day(day, language)}: {number}",
    )


def _y(number: float, top: int) -> float:
    return round(BASE - (BASE - TOP) * number / top, 1)
