from hypothesis import given
from hypothesis import strategies as st

from forum_site.lib.placeholders import fill, unknown_placeholders


def test_values_are_put_in_once_and_unknown_words_stay():
    values = {"name": "{code} {name}", "code": "7K2M"}

    assert fill("{name}: {code}, {rank} {} {Name}", values.get) == "{code} {name}: 7K2M, {rank} {} {Name}"


def test_unknown_placeholders_are_named_in_their_order():
    assert unknown_placeholders("{b} {name} {a} {b}", {"name"}) == ["b", "a"]


@given(st.text(), st.text())
def test_a_value_is_never_read_again(before, value):
    assert fill("{x}", {"x": value, "y": before}.get) == value
