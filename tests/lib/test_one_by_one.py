import logging

import pytest

from forum_site.lib.one_by_one import each_by_itself


def test_results_are_returned_in_order():
    assert each_by_itself([4, 2], lambda number: number * 10) == [40, 20]


def test_what_fails_keeps_no_other_from_being_done(caplog):
    done = []

    def halve(number: int) -> None:
        done.append(12 / number)

    with caplog.at_level(logging.ERROR), pytest.raises(ZeroDivisionError):
        each_by_itself([4, 0, 3], halve)

    assert done == [3, 4]
    assert "halve failed for 0" in caplog.text


def test_of_a_row_the_log_says_the_key_alone(caplog):
    class Person:
        pk = 7

        def __repr__(self) -> str:
            return "Ada Lovelace"

    with pytest.raises(TypeError):
        each_by_itself([Person()], len)

    assert "failed for 7" in caplog.text
    assert "Ada" not in caplog.messages[0]
