"""The order of the partners: typed, by arrows, without a script."""

from __future__ import annotations

import pytest
from django.urls import reverse

from forum_site.accounts.enums import Role
from tests.admin.worlds import organizer, signed_in
from tests.factories import make_event, make_partner, make_partnership

pytestmark = pytest.mark.django_db


def three_partners():
    event = make_event()
    ones = [make_partnership(event, make_partner(name_en=name)) for name in ("Zeta", "Alpha", "Mid")]
    return event, ones


def order_url(event):
    return reverse("admin:partners_partnership_order", args=[event.pk])


def names(event):
    return [one.partner.name_en for one in event.partnerships.order_by("position").select_related("partner")]


def typed(ones, *positions):
    return {f"position-{one.pk}": str(position) for one, position in zip(ones, positions, strict=True)}


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        ((1, 2, 3), ["Zeta", "Alpha", "Mid"]),
        ((3, 2, 3), ["Alpha", "Mid", "Zeta"]),
        ((1, 2, 1), ["Mid", "Zeta", "Alpha"]),
        ((1, 3, 3), ["Zeta", "Mid", "Alpha"]),
        ((3, 1, 2), ["Alpha", "Mid", "Zeta"]),
        (("", "x", "-4"), ["Zeta", "Alpha", "Mid"]),
    ],
)
def test_typed_positions_move_rows_and_the_others_close_up(positions, expected):
    event, ones = three_partners()

    signed_in(organizer(event)).post(order_url(event), typed(ones, *positions))

    assert names(event) == expected
    assert list(event.partnerships.order_by("position").values_list("position", flat=True)) == [1, 2, 3]


def test_arrow_moves_by_one_without_a_script():
    event, ones = three_partners()
    client = signed_in(organizer(event, Role.EDITOR))

    client.post(order_url(event), typed(ones, 1, 2, 3) | {"move": f"up-{ones[2].pk}"})
    assert names(event) == ["Zeta", "Mid", "Alpha"]
    client.post(order_url(event), {"move": f"up-{ones[0].pk}"})
    assert names(event) == ["Zeta", "Mid", "Alpha"]


def test_order_is_never_sorted_by_itself_and_grouped_by_printed_label():
    event, ones = three_partners()
    make_partnership(event, role="host", label_en="Hosts", position=1)

    groups = signed_in(organizer(event)).get(order_url(event)).context["groups"]

    assert [(group.label, [row.name for row in group.rows]) for group in groups][1:] == [
        ("Supporting partner", ["Zeta", "Alpha", "Mid"])
    ]
    assert groups[0].label == "Hosts"
    assert names(event)[-3:] == ["Zeta", "Alpha", "Mid"] or ones


def test_viewer_sees_the_order_and_cannot_change_it():
    event, ones = three_partners()
    client = signed_in(organizer(event, Role.VIEWER))

    assert "Save order" not in client.get(order_url(event)).content.decode()
    assert client.post(order_url(event), typed(ones, 3, 2, 1)).status_code == 404
    assert names(event) == ["Zeta", "Alpha", "Mid"]


def test_new_partnership_stands_last_in_its_role():
    event, _ones = three_partners()
    client = signed_in(organizer(event))
    data = {"event": event.pk, "partner": make_partner().pk, "role": "supporting"}

    response = client.post(reverse("admin:partners_partnership_add"), data)

    assert response.status_code == 302
    assert event.partnerships.order_by("position").last().position == 4


def test_order_page_takes_as_many_queries_for_ten_as_for_three(django_assert_max_num_queries):
    event, _ones = three_partners()
    client = signed_in(organizer(event))
    for _number in range(7):
        make_partnership(event)

    with django_assert_max_num_queries(12):
        client.get(order_url(event))
