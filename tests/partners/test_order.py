import threading

import pytest
from django.db import connection

from forum_site.lib.errors import DomainError
from partners.domain.order import move, reorder
from tests.factories import make_event, make_partner, make_partnership

pytestmark = pytest.mark.django_db


def four(event, role="supporting"):
    return [make_partnership(event, make_partner(name_en=name), role=role) for name in "ABCD"]


def names(event, role="supporting"):
    return [(one.position, one.name) for one in event.partnerships.filter(role=role).order_by("position")]


def test_reorder_gives_the_positions_from_one():
    event = make_event()
    a, b, c, d = (one.partner_id for one in four(event))

    arranged = reorder(event, role="supporting", partner_ids=[d, b, a, c])

    assert names(event) == [(1, "D"), (2, "B"), (3, "A"), (4, "C")]
    assert [one.name for one in arranged] == ["D", "B", "A", "C"]
    assert event.version == 2


def test_reorder_closes_gaps_and_leaves_other_roles_alone():
    event = make_event()
    make_partnership(event, make_partner(name_en="Host"), role="host", position=7)
    late, early = (make_partnership(event, make_partner(name_en=n), position=p) for n, p in [("Late", 9), ("Early", 3)])

    reorder(event, role="supporting", partner_ids=[late.partner_id, early.partner_id])

    assert (names(event), names(event, "host")) == ([(1, "Late"), (2, "Early")], [(7, "Host")])


def test_reorder_refuses_a_list_that_is_not_the_present_one():
    event = make_event()
    a, b, c, _d = (one.partner_id for one in four(event))

    for wrong in ([a, b, c], [a, a, b, c], []):
        with pytest.raises(DomainError):
            reorder(event, role="supporting", partner_ids=wrong)

    assert names(event) == [(1, "A"), (2, "B"), (3, "C"), (4, "D")]


@pytest.mark.parametrize(("to", "order"), [(1, "CABD"), (2, "ACBD"), (4, "ABDC"), (99, "ABDC"), (-1, "CABD")])
def test_move_lets_the_others_close_up(to, order):
    event = make_event()
    partnership = four(event)[2]

    move(partnership, to=to)

    assert names(event) == list(enumerate(order, start=1))
    assert partnership.position == order.index("C") + 1


@pytest.mark.django_db(transaction=True)
def test_reorder_at_the_same_time_leaves_one_complete_order():
    event = make_event()
    ids = [one.partner_id for one in four(event)]
    orders = [ids[::-1], ids[2:] + ids[:2]]
    start = threading.Barrier(2)

    def sort(order):
        start.wait()
        reorder(event, role="supporting", partner_ids=order)
        connection.close()

    threads = [threading.Thread(target=sort, args=[order]) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    rows = list(event.partnerships.order_by("position").values_list("position", "partner_id"))
    assert rows in [list(enumerate(order, start=1)) for order in orders]
