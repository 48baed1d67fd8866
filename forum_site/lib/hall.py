"""The hall: half rings of seats as in a plenary hall, drawn from a slug. The same slug gives the same picture for ever.

Paths are meant for `<svg viewBox="0 0 1000 506">`; a seat is `M x y h0`, which becomes a dot by
`stroke-linecap: round` and the stroke width that comes with the path. Colours come from CSS.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from forum_site.lib.names import fnv1a

CENTRE = (500.0, 500.0)
OUTER = 490.0
BASE_GAP = 0.008  # radians that the outermost blocks start above the base line
TRIES = 99
DOT = re.compile(r"M([-\d.]+) ([-\d.]+)h0")


@dataclass(frozen=True)
class Hall:
    """Path strings by tone, and the two dot diameters in units of the view box.

    `mark` is the centre of the marked seat, or None; the marked seat is in none of the paths.
    """

    empty: str
    second: str
    lit: str
    mark: tuple[float, float] | None
    seat_width: float
    lit_width: float
    seats: int


@dataclass(frozen=True)
class _Seat:
    ring: int  # 0 is the innermost
    block: int  # 0 is the leftmost
    angle: float  # radians from the left end of the base line


@dataclass(frozen=True)
class _Plan:
    """Measures of a hall: radii are in units of the view box."""

    rings: int
    inner: float
    blocks: int

    @property
    def step(self) -> float:
        """Distance between two rings."""
        return (OUTER - OUTER * self.inner) / (self.rings - 1)

    def radius(self, ring: int) -> float:
        return OUTER * self.inner + ring * self.step


@lru_cache(maxsize=64)  # about 13 KB each, in every process
def draw_hall(slug: str, *, rings: int = 11, inner: float = 0.685, lit: int = 3, marked: str | None = None) -> Hall:
    """The hall of a slug, with at least 5 rings.

    `inner` is the inner radius as a fraction of the outer one, `lit` the number of rings with a lit arc (which
    changes nothing else), `marked` any text whose hash picks one seat that is kept apart.
    """
    draw = mulberry32(fnv1a(slug))
    plan = _Plan(rings, inner, blocks=_whole(draw, 2, 4) + 1)
    arcs = _lit_arcs(draw, rings, max(lit, 3))  # always drawn, so that a hall without light keeps its second tone
    shown = dict(list(arcs.items())[:lit])
    second = _second_rings(draw, plan)
    seats = _seats(plan)
    mark = _marked_seat(seats, rings, marked) if marked is not None else None
    tones: dict[str, list[_Seat]] = {"empty": [], "second": [], "lit": []}
    for seat in seats:
        if seat != mark:
            tones[_tone(seat, shown, second)].append(seat)
    paths = {tone: "".join(_dot(*_place(plan, seat)) for seat in chosen) for tone, chosen in tones.items()}
    width = round(plan.step * 0.5, 1)
    return Hall(
        **paths,
        mark=_place(plan, mark) if mark else None,
        seat_width=width,
        lit_width=round(plan.step * 0.57, 1),
        seats=len(seats),
    )


def done_hall(code: str, slug: str = "") -> Hall:
    """The hall of the page "a seat is kept for you": nothing lit, and one seat marked by the registration code.

    With a slug the hall keeps the aisles of that edition, else they come from the code as well.
    """
    return draw_hall(slug or code, rings=9, inner=0.60, lit=0, marked=code)


@dataclass(frozen=True)
class Mark:
    """The mark of the site for `<svg viewBox="0 0 64 35">`: rings of 9 and 5 dots, and one of 7 in accent."""

    outline: str
    middle: str
    dot_width: float = 5.0


@lru_cache(maxsize=1)
def small_mark() -> Mark:
    """Three half rings with 5, 7 and 9 dots, the seed of every hall; also the favicon."""
    inner, middle, outer = (
        "".join(_dot(*_point(radius, math.pi * number / (dots - 1), (32, 32))) for number in range(dots))
        for radius, dots in ((12.7, 5), (20.7, 7), (28.7, 9))
    )
    return Mark(outline=inner + outer, middle=middle)


def mulberry32(seed: int) -> Callable[[], float]:
    """A generator of fractions from 0 up to 1, by Tommy Ettinger; the same on every machine."""
    state = seed & 0xFFFFFFFF

    def draw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        mixed ^= (mixed + (((mixed ^ (mixed >> 7)) * (mixed | 61)) & 0xFFFFFFFF)) & 0xFFFFFFFF
        return (mixed ^ (mixed >> 14)) / 4294967296

    return draw


@lru_cache(maxsize=64)
def stepwise(path: str) -> str:
    """The same dots, each written as a step from the one before: a page with a hall is 2 KB smaller when compressed."""
    dots = [(round(float(x) * 10), round(float(y) * 10)) for x, y in DOT.findall(path)]
    return "".join(_step(x - old_x, y - old_y) for (old_x, old_y), (x, y) in pairwise([(0, 0), *dots]))


def _step(right: int, down: int) -> str:
    """A step in tenths. A sign, or a second point, parts two numbers as well as a blank does."""
    first, second = _short(right), _short(down)
    is_parted = second.startswith("-") or (second.startswith(".") and "." in first)
    return f"m{first}{'' if is_parted else ' '}{second}h0"


def _short(tenths: int) -> str:
    return f"{tenths / 10:g}".replace("0.", ".") if 0 < abs(tenths) < 10 else f"{tenths / 10:g}"


def _whole(draw: Callable[[], float], first: int, last: int) -> int:
    return first + int(draw() * (last - first + 1))


def _lit_arcs(draw: Callable[[], float], rings: int, count: int) -> dict[int, tuple[float, float]]:
    """Ring to (start, end) in fractions of the half circle; a ring too near to another is drawn again."""
    distance = 3 if rings > 7 else 2
    arcs: dict[int, tuple[float, float]] = {}
    for _ in range(count):
        ring = _whole(draw, 0, rings - 1)
        for _ in range(TRIES):
            if all(abs(ring - other) >= distance for other in arcs):
                break
            ring = _whole(draw, 0, rings - 1)
        start = draw() * 0.6
        arcs[ring] = (start, min(1.0, start + 0.24 + draw() * 0.36))
    return arcs


def _second_rings(draw: Callable[[], float], plan: _Plan) -> list[range]:
    """For each block the rings in the second tone."""
    chosen = []
    for _ in range(plan.blocks):
        first = _whole(draw, 0, plan.rings - 4)
        chosen.append(range(first, first + _whole(draw, 2, 4)))
    return chosen


def _seats(plan: _Plan) -> list[_Seat]:
    return [
        _Seat(ring, block, angle)
        for ring in range(plan.rings)
        for block in range(plan.blocks)
        for angle in _angles(plan, ring, block)
    ]


def _angles(plan: _Plan, ring: int, block: int) -> list[float]:
    """Equal angles from edge to edge of a block; an aisle is 1.9 steps wide at every ring."""
    radius, width = plan.radius(ring), math.pi / plan.blocks
    aisle = 0.95 * plan.step / radius
    start = block * width + (aisle if block else BASE_GAP)
    end = (block + 1) * width - (aisle if block < plan.blocks - 1 else BASE_GAP)
    gaps = max(1, round((end - start) * radius / (0.97 * plan.step)))
    return [start + (end - start) * number / gaps for number in range(gaps + 1)]


def _tone(seat: _Seat, arcs: dict[int, tuple[float, float]], second: list[range]) -> str:
    start, end = arcs.get(seat.ring, (2.0, 2.0))
    if start <= seat.angle / math.pi <= end:
        return "lit"
    return "second" if seat.ring in second[seat.block] else "empty"


def _marked_seat(seats: list[_Seat], rings: int, marked: str) -> _Seat:
    """One of the seats that are neither in an edge ring nor near the base."""
    inside = [seat for seat in seats if 0 < seat.ring < rings - 1 and 0.2 <= seat.angle / math.pi <= 0.8]
    return inside[fnv1a(marked) % len(inside)]


def _place(plan: _Plan, seat: _Seat) -> tuple[float, float]:
    return _point(plan.radius(seat.ring), seat.angle)


def _point(radius: float, angle: float, centre: tuple[float, float] = CENTRE) -> tuple[float, float]:
    return (round(centre[0] - radius * math.cos(angle), 1), round(centre[1] - radius * math.sin(angle), 1))


def _dot(x: float, y: float) -> str:
    return f"M{x:g} {y:g}h0"
