import hashlib
import math
import re
from itertools import accumulate

import pytest

from forum_site.lib.hall import DOT, done_hall, draw_hall, mulberry32, small_mark, stepwise

STEP = re.compile(r"m(-?\d*\.?\d*) ?(-?\d*\.?\d*)h0")


def _dots(path):
    return [(float(x), float(y)) for x, y in DOT.findall(path)]


def _rings(path, *, rings=11, inner=0.685):
    step = 490 * (1 - inner) / (rings - 1)
    return {round((math.dist(dot, (500, 500)) - 490 * inner) / step) for dot in _dots(path)}


def _fingerprint(hall):
    return hashlib.sha256("|".join([hall.empty, hall.second, hall.lit]).encode()).hexdigest()[:16]


def test_draw_hall_never_changes_the_picture_of_a_slug():
    assert _fingerprint(draw_hall("eastmere-2026")) == "e2ce89b49bd93eba"


def test_draw_hall_gives_each_slug_its_own_picture():
    assert len({_fingerprint(draw_hall(f"forum-{year}")) for year in range(2000, 2030)}) == 30


@pytest.mark.parametrize("slug", ["eastmere-2026", "forum-2022", "论坛", ""])
def test_draw_hall_keeps_its_measures(slug):
    hall = draw_hall(slug)
    dots = _dots(hall.empty + hall.second + hall.lit)

    assert 900 <= hall.seats <= 950
    assert len(dots) == len(set(dots)) == hall.seats
    assert len(hall.empty + hall.second + hall.lit) < 14_000
    assert all(0 < x < 1000 and 0 < y <= 500 for x, y in dots)
    assert (hall.seat_width, hall.lit_width) == (7.7, 8.8)


def test_draw_hall_lights_three_rings_apart():
    for year in range(2000, 2030):
        first, second, third = sorted(_rings(draw_hall(f"forum-{year}").lit))

        assert second - first >= 3
        assert third - second >= 3


def test_draw_hall_without_light_keeps_the_second_tone():
    lit, dark = draw_hall("eastmere-2026"), draw_hall("eastmere-2026", lit=0)

    assert dark.lit == ""
    assert dark.seats == lit.seats
    assert set(_dots(lit.second)) <= set(_dots(dark.second))


def test_draw_hall_takes_few_rings():
    hall = draw_hall("eastmere-2026", rings=7, inner=0.5)

    assert _rings(hall.empty + hall.second + hall.lit, rings=7, inner=0.5) == set(range(7))


def test_done_hall_keeps_one_inner_seat_free_of_dots():
    hall = done_hall("7K2M-94QX", "eastmere-2026")

    assert hall.lit == ""
    assert hall.mark is not None
    assert len(_dots(hall.empty + hall.second)) == hall.seats - 1
    assert hall.mark not in _dots(hall.empty + hall.second)


def test_done_hall_seats_each_code_elsewhere():
    marks = {done_hall(f"7K2M-{number}", "eastmere-2026").mark for number in range(2222, 2262)}

    assert len(marks) > 25
    assert done_hall("7K2M-94QX") == done_hall("7K2M-94QX")


def test_mulberry32_matches_the_reference():
    draw = mulberry32(1)

    assert [round(draw(), 10) for _ in range(2)] == [0.6270739406, 0.0027357212]


def test_small_mark_has_three_rings():
    mark = small_mark()

    assert (len(_dots(mark.outline)), len(_dots(mark.middle))) == (14, 7)
    assert all(2.5 <= x <= 61.5 and 2.5 <= y <= 32.5 for x, y in _dots(mark.outline + mark.middle))


@pytest.mark.parametrize("slug", ["eastmere-2026", "forum-2022", "论坛", ""])
def test_steps_lead_to_the_same_dots(slug):
    for path in (draw_hall(slug).empty, draw_hall(slug).lit):
        steps = STEP.findall(stepwise(path))
        x, y = (accumulate(map(float, numbers)) for numbers in zip(*steps, strict=True))

        assert [(round(right, 1), round(down, 1)) for right, down in zip(x, y, strict=True)] == _dots(path)
        assert "".join(f"m{right}{down}h0" for right, down in steps) == stepwise(path).replace(" ", "")
        assert len(stepwise(path)) <= 0.85 * len(path)


def test_no_dots_are_no_steps():
    assert stepwise("") == ""
