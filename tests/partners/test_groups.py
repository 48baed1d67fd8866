import pytest
from django.utils import translation

from forum_site.lib.names import Monogram
from partners.queries.groups import PartnerCell, partner_groups
from partners.queries.organizations import cohosts, partnerships_of
from tests.factories import make_event, make_partner, make_partnership, make_session

pytestmark = pytest.mark.django_db


def listed(event):
    return [(group.label, [cell.name for cell in group.cells]) for group in partner_groups(event)]


def add(event, role, *names, label=""):
    for name in names:
        make_partnership(event, make_partner(name_en=name), role=role, label_en=label)


def test_groups_stand_in_protocol_order_and_partners_as_entered():
    event = make_event()
    add(event, "media", "Radio")
    add(event, "supporting", "Zebra", "Aardvark", label="Supporting Partners")
    add(event, "host", "University")

    assert listed(event) == [
        ("Host", ["University"]),
        ("Supporting Partners", ["Zebra", "Aardvark"]),
        ("Media partner", ["Radio"]),
    ]
    assert [(group.is_lead, group.is_half) for group in partner_groups(event)] == [
        (True, True),
        (False, False),
        (False, False),
    ]


def test_groups_of_one_role_are_told_apart_by_their_printed_label():
    event = make_event()
    add(event, "supporting", "UNDP", label="International Supporting Partner")
    add(event, "supporting", "A", "B", label="Other Partners")

    assert listed(event) == [("International Supporting Partner", ["UNDP"]), ("Other Partners", ["A", "B"])]


def test_group_without_a_label_in_this_language_has_the_word_for_its_role():
    event = make_event()
    add(event, "supporting", "A", "B", label="Supporting Partners")
    with translation.override("zh-hans"):
        [group] = partner_groups(event)
        assert group.label != "Supporting Partners"

    add(event, "supporting", "C", label="Friends")
    with translation.override("zh-hans"):
        assert [group.label for group in partner_groups(event)] == ["Supporting Partners", "Friends"]


def test_cell_prints_name_and_parent_of_that_day():
    event = make_event()
    institute = make_partner(name_en="Institute for Tides", parent_name_en="Harbour University")
    centre = make_partner(name_en="Centre", parent_name_en="Harbour University")
    printed = make_partnership(event, institute, printed_name_en="Institute for Tides, Harbour University")
    whole = make_partnership(event, centre, printed_name_en="Centre of Harbour University")

    first, second = PartnerCell(printed, event), PartnerCell(whole, event)

    assert (first.name, first.parent_name) == ("Institute for Tides", "Harbour University")
    assert first.full_name == "Institute for Tides, Harbour University"
    assert (second.name, second.parent_name) == ("Centre of Harbour University", "")


def test_parent_is_not_named_twice_where_the_name_is_in_the_other_language():
    event = make_event()
    parents = {"parent_name_en": "Harbour University", "parent_name_zh_hans": "海港大学"}
    partner = make_partner(name_en="Institute for Tides", name_zh_hans="", **parents)
    cell = PartnerCell(
        make_partnership(event, partner, printed_name_en="Institute for Tides, Harbour University"), event
    )

    with translation.override("zh-hans"):
        assert (cell.name, cell.parent_name) == ("Institute for Tides", "Harbour University")


def test_cell_prints_the_name_of_the_page_s_language():
    event = make_event()
    partner = make_partner(name_en="Tsinghua University", name_zh_hans="清华大学", short_name_en="THU")
    cell = PartnerCell(make_partnership(event, partner, printed_name_en="Tsinghua"), event)

    assert (cell.name, cell.monogram) == ("Tsinghua", Monogram("THU"))
    with translation.override("zh-hans"):
        assert cell.name == "清华大学"
        assert [(other.name, other.language) for other in cell.other_names] == [("Tsinghua University", "en")]


@pytest.mark.parametrize("count", [1, 30])
def test_groups_and_cohosts_need_a_constant_number_of_queries(count, django_assert_num_queries):
    event = make_event()
    for _ in range(count):
        make_partnership(event).sessions.add(make_session(event))

    with django_assert_num_queries(1):
        assert len([cell.name for group in partner_groups(event) for cell in group.cells]) == count
    with django_assert_num_queries(2):
        assert len(cohosts(event)) == count


def test_cohosts_stand_in_protocol_order():
    event = make_event()
    session = make_session(event)
    for role, name in [("supporting", "Second"), ("host", "First")]:
        make_partnership(event, make_partner(name_en=name), role=role).sessions.add(session)

    assert [cell.name for cell in cohosts(event)[session.pk]] == ["First", "Second"]


@pytest.mark.parametrize("count", [1, 20])
def test_partnerships_of_an_organization_need_two_queries(count, django_assert_num_queries):
    partner = make_partner()
    for _ in range(count):
        event = make_event()
        make_partnership(event, partner).sessions.add(make_session(event))

    with django_assert_num_queries(2):
        found = partnerships_of(partner)
        assert [one.event.name and one.shown_sessions[0].get_absolute_url() for one in found]
        assert len(found) == count
