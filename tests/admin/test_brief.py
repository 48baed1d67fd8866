"""From a brief to a draft, in the admin."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.models import Event
from partners.models import Partner
from tests.admin.worlds import organizer, signed_in
from tests.factories import make_event, make_partner

pytestmark = pytest.mark.django_db
BRIEF = """Eastmere Forum on Public Systems 2031

Theme: Rules That Travel
Date: 9-10 December 2031
Form: Online
Host: Eastmere University
International Supporting Partners:
Norrland Centre for Humane Computing
Pacific Isles Data Commons

Background and Objective:
The first paragraph of the background says why people meet.

The second one says what they want to reach.
"""


def check(client, **data):
    return client.post(reverse("admin:brief_check"), data)


def answers(response, **changes):
    form = response.context["form"]
    values = {field.html_name: field.value() for field in form}
    data = {name: ", ".join(value) if isinstance(value, list) else value for name, value in values.items()}
    return {name: "" if value is None else value for name, value in data.items()} | changes


def test_brief_is_shown_before_anything_is_stored():
    response = check(signed_in(organizer(None)), text=BRIEF)
    page = response.content.decode()

    assert all(words in page for words in ("Rules That Travel", "Pacific Isles Data Commons", "2031-12-09"))
    assert len(response.context["brief"].background) == 2
    assert Event.objects.count() == 0


def test_brief_becomes_a_draft_with_corrections():
    client = signed_in(organizer(None))
    data = answers(check(client, text=BRIEF), theme_en="Rules That Stay", slug="eastmere-2031")

    response = check(client, text=BRIEF, save="1", **data)

    event = Event.objects.get()
    assert response["Location"] == reverse("admin:events_event_change", args=[event.pk])
    assert [event.status, event.slug, event.theme_en, event.starts_on.isoformat()] == [
        "draft",
        "eastmere-2031",
        "Rules That Stay",
        "2031-12-09",
    ]
    assert [one.partner.name_en for one in event.partnerships.filter(role="supporting").order_by("position")] == [
        "Norrland Centre for Humane Computing",
        "Pacific Isles Data Commons",
    ]


def test_known_partner_must_be_decided_on():
    known = make_partner(name_en="Norrland Center for Humane Computing")
    client = signed_in(organizer(None))
    first = check(client, text=BRIEF)
    data = answers(first)
    name = next(name for name in data if name.startswith("partner-"))

    undecided = check(client, text=BRIEF, save="1", **data)
    assert name in undecided.context["form"].errors
    check(client, text=BRIEF, save="1", **(data | {name: str(known.pk)}))

    assert Event.objects.get().partnerships.filter(partner=known).count() == 1
    assert Partner.objects.filter(name_en__icontains="Norrland").count() == 1


def test_second_import_shows_the_differences_and_changes_nothing_by_itself():
    client = signed_in(organizer(None))
    check(client, text=BRIEF, save="1", **answers(check(client, text=BRIEF)))
    other = BRIEF.replace("Rules That Travel", "Another Theme")
    partners = {
        f"partner-{n}": str(pk) for n, pk in enumerate(Partner.objects.order_by("pk").values_list("pk", flat=True))
    }

    shown = check(client, text=other)
    check(client, text=other, save="1", **(answers(shown) | partners))
    assert [one.new for one in shown.context["plan"].differences] == ["Another Theme"]
    assert Event.objects.get().theme_en == "Rules That Travel"
    check(client, text=other, save="1", **(answers(shown, update_existing="on") | partners))

    assert Event.objects.get().theme_en == "Another Theme"


@pytest.mark.parametrize(("encoding", "line_end"), [("utf-8-sig", "\r\n"), ("utf-8", "\n"), ("utf-16", "\n")])
def test_brief_is_read_from_a_file(encoding, line_end):
    upload = SimpleUploadedFile("brief.txt", BRIEF.replace("\n", line_end).encode(encoding))

    response = check(signed_in(organizer(None)), file=upload)

    assert response.context["plan"].brief.theme == "Rules That Travel"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Paste the brief"),
        ("A Forum\nTheme: x\n", "dat"),
        (BRIEF.replace("9-10 December", "10-9 December"), "ine 4"),
    ],
)
def test_unreadable_brief_is_refused_with_a_sentence(text, sentence):
    response = check(signed_in(organizer(None)), text=text)

    assert sentence in str(response.context["form"].non_field_errors())
    assert Event.objects.count() == 0


def test_only_owners_of_all_editions_import():
    client = signed_in(organizer(make_event()))

    assert client.get(reverse("admin:brief_read")).status_code == 403
    assert check(client, text=BRIEF).status_code == 403
    assert signed_in(organizer(None)).get(reverse("admin:brief_read")).status_code == 200
