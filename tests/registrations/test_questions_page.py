"""Questions on the pages on which people register and change their answers: what is taken, and what is refused."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from events.models import Event
from forum_site.mail.models import EmailMessage
from registrations.enums import QuestionKind
from registrations.models import Answer, Question, Registration
from registrations.models.answer import private_storage
from tests.factories import make_event, make_question, make_registration, make_ticket_type

pytestmark = pytest.mark.django_db

PASTE = "x" * 5_000_000
OVERRIDE = "\u202eevil\u2066"
PDF = b"%PDF-1.4\n1 0 obj\n%%EOF\n"


@pytest.fixture(autouse=True)
def without_haste(settings: Any) -> None:
    settings.FORM_MINIMUM_SECONDS = 0


def png() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(target, "PNG")
    return target.getvalue()


def upload(content: bytes = PDF, name: str = "letter.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def page(event: Event, language: str = "en") -> str:
    return f"/{language}/events/{event.slug}/register/"


def send(client: Client, event: Event, language: str = "en", **fields: Any) -> Any:
    person = {
        "full_name": "Wanjiru Kamau",
        "email": "wanjiru@lakeasa.example",
        "organization": "Lake Asa University",
        "country": "KE",
        "consent": "on",
    }
    return client.post(page(event, language), person | fields)


def asked(kind: str = "text", **fields: Any) -> tuple[Event, Question]:
    event = make_ticket_type().event
    options = {"options": {"a": None, "b": None, "c": None}} if kind in {"choice", "several"} else {}
    return event, make_question(event, kind, slug="it", **(options | fields))


@pytest.mark.parametrize(
    ("kind", "sent", "value", "words"),
    [
        ("text", "  Ada \u202e Lovelace \U0001f469\u200d\U0001f52c ", "Ada Lovelace \U0001f469\u200d\U0001f52c", ""),
        ("text", "<b>bold</b> & co", "<b>bold</b> & co", ""),
        ("long_text", "One\r\n\r\n\r\n\r\ntwo\u2066\x07", "One\n\ntwo", ""),
        ("choice", "b", "b", "B"),
        ("several", ["a", "c"], "a c", "A; C"),
        ("yes_no", "no", "no", "No"),
        ("number", " 007.50 ", "7.5", ""),
        ("number", "－１２", "-12", ""),
        ("date", "2026-12-31", "2026-12-31", ""),
        ("phone", "+86 10 6275–0000", "+86 10 6275-0000", ""),
        ("country", "CN", "CN", "China"),
        ("url", "example.org/a", "https://example.org/a", ""),
    ],
)
def test_an_answer_is_taken(client, kind, sent, value, words):
    event, _question = asked(kind, is_required=True)

    assert send(client, event, **{"q-it": sent}).status_code == 302

    answer = Answer.objects.get()
    assert (answer.value, answer.words, answer.kind) == (value, words, kind)


WRONG = {
    "text": [("x" * 201, "at most 200 characters"), (PASTE, "at most 200 characters")],
    "long_text": [("x" * 2001, "at most 2000 characters"), (PASTE, "at most 2000 characters")],
    "choice": [
        ("z", "Choose one of the options"),
        ("1", "Choose one of the options"),
        ("<script>", "Choose one of the options"),
        ("a\u202e", "Choose one of the options"),
        (PASTE, "Choose one of the options"),
    ],
    "several": [
        (["a", "z"], "Choose one of the options"),
        (["a\x00"], "Choose one of the options"),
        ([PASTE], "Choose one of the options"),
        (["a", "b", "c"], "Choose at most 2 options"),
    ],
    "yes_no": [("maybe", "Choose one of the options"), ("on", "Choose one of the options")],
    "number": [
        ("twelve", "Enter a number"),
        ("NaN", "Enter a number"),
        ("Infinity", "Enter a number"),
        ("1e9", "Enter a number"),
        ("<b>1</b>", "Enter a number"),
        ("\U0001f600", "Enter a number"),
        ("9" * 20, "less than or equal to 100"),
        ("0.00001", "decimal places"),
        ("101", "less than or equal to 100"),
        ("-101", "greater than or equal to -100"),
        (PASTE, "Enter a number"),
    ],
    "date": [
        ("2026-02-30", "Enter a day"),
        ("31/12/2026", "Enter a day"),
        ("tomorrow", "Enter a day"),
        ("0001-01-01", "Enter a year"),
        ("\u202e2026-01-01", "Enter a day"),
        (PASTE, "Enter a day"),
    ],
    "phone": [
        ("call me", "Enter a phone number"),
        ("123", "Enter a phone number"),
        ("+" + "1" * 25, "Enter a phone number"),
        ("<b>12345</b>", "Enter a phone number"),
        (PASTE, "at most 40 characters"),
    ],
    "country": [
        ("XX", "Choose a country or region"),
        ("Kenya", "Choose a country or region"),
        (PASTE, "Choose a country"),
    ],
    "url": [
        ("javascript:alert(1)", "Enter a web address"),
        ("data:text/html,x", "Enter a web address"),
        ("ftp://example.org/", "Enter a web address"),
        ("not an address", "Enter a web address"),
        ("https://" + "a" * 600 + ".org", "Enter a web address"),
        (PASTE, "Enter a web address"),
    ],
    "file": [
        (lambda: upload(b"<html><script>alert(1)</script>", "x.pdf"), "not an image that can be used"),
        (lambda: upload(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.png"), "SVG files are not accepted"),
        (lambda: upload(b"MZ\x90\x00", "letter.pdf"), "not an image that can be used"),
        (lambda: upload(b"%PDF-1.4 cut", "letter.pdf"), "The PDF file is damaged"),
        (lambda: upload(b"\x89PNG\r\n\x1a\n broken", "x.png"), "The image is damaged"),
        (lambda: upload(b"%PDF-1.4" + b"x" * 5 * 1024 * 1024 + b"%%EOF", "x.pdf"), "at most 5 MB"),
        (lambda: upload(b"", "x.pdf"), "The file is empty"),
        ("../../etc/passwd", "Answer this question"),
    ],
}
LIMITS = {"number": {"least": -100, "most": 100}, "several": {"most": 2}}


def test_every_kind_meets_wrong_answers():
    assert set(WRONG) == set(QuestionKind.values)


@pytest.mark.parametrize(
    ("kind", "sent", "sentence"),
    [(kind, sent, sentence) for kind, cases in WRONG.items() for sent, sentence in cases],
    ids=lambda value: repr(value)[:24],
)
def test_a_wrong_answer_is_refused_beside_its_field(client, kind, sent, sentence):
    event, _question = asked(kind, is_required=True, **LIMITS.get(kind, {}))

    response = send(client, event, **{"q-it": sent() if callable(sent) else sent})

    text = response.content.decode()
    assert response.status_code == 200
    assert 'class="error-summary"' in text
    assert 'href="#id_q-it' in text
    assert sentence in text.partition('data-question="it"')[2].partition("</form>")[0]
    assert len(text) < 200_000
    assert "<script>alert" not in text
    assert not Registration.objects.exists()
    assert not Answer.objects.exists()
    assert not EmailMessage.objects.exists()
    assert stored_files() == []


def stored_files() -> list[str]:
    storage = private_storage()
    folders = storage.listdir("answers")[0] if storage.exists("answers") else []
    return [name for folder in folders for name in storage.listdir(f"answers/{folder}")[1]]


@pytest.mark.parametrize("kind", QuestionKind.values)
@pytest.mark.parametrize("sent", ["", " \u3000\t", "\u202e\u2066\u200f", "\x00\x07"])
def test_nothing_is_no_answer(client, kind, sent):
    event, _question = asked(kind, is_required=True)

    response = send(client, event, **{"q-it": sent})

    assert response.status_code == 200
    assert 'href="#id_q-it' in response.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "field", ["full_name", "email", "organization", "country", "ticket_type", "consent", "started"]
)
def test_an_endless_paste_into_the_other_fields_is_refused(client, field):
    event = make_event()
    make_ticket_type(event), make_ticket_type(event)

    response = send(client, event, **{field: PASTE})

    assert response.status_code == 200
    assert len(response.content) < 200_000
    assert not Registration.objects.exists()


def test_a_form_larger_than_the_site_reads_is_refused(client):
    event, _question = asked("file")

    too_long = send(client, event, **{"q-it": "x" * 7_000_000})
    too_large = client.post(page(event), b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="99000000")

    assert (too_long.status_code, too_large.status_code) == (400, 413)
    assert "at most 25 MB" in too_large.content.decode()
    assert not Registration.objects.exists()


def test_what_belongs_to_another_edition_is_not_taken(client):
    event, question = asked("choice", is_required=True)
    other, foreign = asked("choice", label_en="Secret of the others?")
    foreign.options.filter(key="a").update(key="x")
    make_ticket_type(event)
    their_type = other.ticket_types.get()
    own_type = event.ticket_types.first()

    forged = [
        {"q-it": "x", "ticket_type": own_type.slug},
        {"q-it": str(foreign.options.first().pk), "ticket_type": own_type.slug},
        {"q-it": "a", "ticket_type": their_type.slug},
        {"q-it": "a", "ticket_type": str(own_type.pk)},
        {f"q-{foreign.pk}": "x", "ticket_type": own_type.slug},
    ]
    for fields in forged:
        response = send(client, event, **fields)
        assert response.status_code == 200
        assert "error-summary" in response.content.decode()
        assert "Secret of the others" not in response.content.decode()
    assert not Registration.objects.exists()

    assert send(client, event, **{"q-it": "a", "q-theirs": "x", "ticket_type": own_type.slug}).status_code == 302
    assert list(Answer.objects.values_list("question", flat=True)) == [question.pk]


def test_a_form_sent_again_changes_nothing(client):
    event, question = asked("choice")
    make_question(event, slug="note")
    send(client, event, **{"q-it": "a", "q-note": "First"})

    again = send(client, event, **{"q-note": "Second", "q-it": "b"})

    assert again.status_code == 302
    assert list(Answer.objects.order_by("pk").values_list("value", flat=True)) == ["a", "First"]
    assert dict(question.options.values_list("key", "taken")) == {"a": 1, "b": 0, "c": 0}


def test_a_question_is_asked_where_its_condition_holds(client):
    event = make_event()
    onsite, online = make_ticket_type(event, slug="onsite"), make_ticket_type(event, slug="online")
    make_question(event, "choice", slug="role", options={"press": None, "guest": None}, is_required=True)
    condition = {"all": [{"question": "role", "is": "press"}, {"ticket_type": ["onsite"]}]}
    make_question(event, slug="medium", condition=condition, is_required=True)
    make_question(event, slug="diet", ticket_types=[onsite], is_required=True)

    for fields, missing in [
        ({"ticket_type": "online", "q-role": "press"}, []),
        ({"ticket_type": "onsite", "q-role": "guest"}, ["diet"]),
        ({"ticket_type": "onsite", "q-role": "press"}, ["medium", "diet"]),
        ({"ticket_type": "onsite"}, ["role", "diet"]),
    ]:
        text = send(client, event, email=f"{len(missing)}@example.org", **fields).content.decode()
        assert [slug for slug in ("role", "medium", "diet") if f'href="#id_q-{slug}' in text] == missing

    send(client, event, email="b@example.org", ticket_type=online.slug, **{"q-role": "press", "q-medium": "Radio"})
    kept = Registration.objects.get(email="b@example.org").answers
    assert [answer.value for answer in kept.all()] == ["press"]


def test_a_full_option_is_refused_beside_its_field(client):
    event = make_ticket_type().event
    question = make_question(event, "choice", slug="it", options={"boat": 1, "bus": 40}, is_required=True)
    before = client.get(page(event)).content.decode()
    send(client, event, email="first@example.org", **{"q-it": "boat"})

    response = send(client, event, **{"q-it": "boat"})

    text = response.content.decode()
    assert "Boat (1 place left)" in before
    assert "“Boat” has no place left" in text.partition('data-question="it"')[2]
    assert "Boat (no place left)" in text
    assert Registration.objects.count() == 1
    assert question.options.get(key="boat").taken == 1


def test_internal_retired_and_expired_questions_are_not_asked(client):
    event = make_ticket_type().event
    for fields in (
        {"is_internal": True},
        {"is_retired": True},
        {"is_sensitive": True, "erase_on": dt.date(2020, 1, 1)},
    ):
        make_question(event, is_required=True, label_en="Not for you?", **fields)

    assert "Not for you?" not in client.get(page(event)).content.decode()
    assert send(client, event).status_code == 302


def test_the_page_asks_in_its_language(client):
    event, _question = asked("choice", label_zh_hans="餐饮要求", help_text_zh_hans="可不填", section_zh_hans="餐饮")

    text = client.get(page(event, "zh-hans")).content.decode()

    assert all(words in text for words in ("餐饮要求", "可不填", "餐饮", "a 选项"))
    send(client, event, "zh-hans", **{"q-it": "a"})
    assert (Answer.objects.get().asked_as, Answer.objects.get().words) == ("餐饮要求", "a 选项")


def test_a_form_without_questions_has_six_fields_and_no_script_for_them(client):
    event = make_event()
    make_ticket_type(event), make_ticket_type(event)

    text = client.get(page(event)).content.decode()

    assert text.count('class="field') == 6
    assert "questions.js" not in text
    assert "multipart" not in text


@pytest.mark.parametrize("count", [0, 3])
def test_registering_with_answers_makes_few_queries(client, count, django_assert_max_num_queries):
    event = make_ticket_type().event
    for number in range(count):
        make_question(event, "several", slug=f"q{number}", options={"a": 9, "b": None})
    client.get(page(event))

    with django_assert_max_num_queries(12 if count == 0 else 18):
        response = send(client, event, **{f"q-q{number}": ["a", "b"] for number in range(count)})
    assert response.status_code == 302


# --- The personal page ------------------------------------------------------------------------------------------


def person() -> dict[str, str]:
    return {
        "full_name": "Wanjiru Kamau",
        "organization": "Lake Asa University",
        "country": "KE",
        "language": "en",
        "timezone_name": "",
    }


def registered(client: Client, event: Event, **fields: Any) -> str:
    send(client, event, **fields)
    return f"/en/registrations/{Registration.objects.get().secret}/"


def test_answers_are_seen_and_changed_on_the_personal_page(client):
    event, _question = asked("choice", label_en="Your role?")
    make_question(event, slug="note", label_en="Anything else?")
    mine = registered(client, event, **{"q-it": "a", "q-note": "Hello"})

    text = client.get(mine).content.decode()
    form = client.get(mine + "edit/").content.decode()
    assert "Your role?" in text
    assert "Hello" in text
    assert '<option value="a" selected>' in form
    assert client.post(mine + "edit/", person() | {"q-it": "b"}).status_code == 302

    assert list(Answer.objects.values_list("value", flat=True)) == ["b"]
    assert dict(Question.objects.get(slug="it").options.values_list("key", "taken")) == {"a": 0, "b": 1, "c": 0}


def test_answers_stay_after_their_deadline_unless_it_is_extended(client):
    event, _question = asked()
    mine = registered(client, event, **{"q-it": "First"})
    Event.objects.filter(pk=event.pk).update(answers_until=timezone.now() - dt.timedelta(hours=1))

    assert "q-it" not in client.get(mine + "edit/").content.decode()
    assert "They could be changed until" in client.get(mine).content.decode()
    client.post(mine + "edit/", person() | {"q-it": "Second"})
    assert Answer.objects.get().value == "First"

    Registration.objects.update(answers_until=timezone.now() + dt.timedelta(hours=1))
    client.post(mine + "edit/", person() | {"q-it": "Second"})
    assert Answer.objects.get().value == "Second"


def test_an_option_that_is_full_or_retired_stays_with_those_who_have_it(client):
    event, question = asked("choice", options={"boat": 1, "bus": None}, is_required=True)
    mine = registered(client, event, **{"q-it": "boat"})
    question.options.filter(key="boat").update(is_retired=True)

    assert 'value="boat"' not in client.get(page(event)).content.decode()
    assert client.post(mine + "edit/", person() | {"q-it": "boat"}).status_code == 302
    assert question.options.get(key="boat").taken == 1


@pytest.mark.parametrize(
    ("content", "name", "end"), [(PDF, "letter.pdf", b"%%EOF\n"), (png(), "x.pdf", b"IEND\xaeB`\x82")]
)
def test_a_file_is_kept_in_private_and_sent_only_to_its_owner(client, settings, content, name, end):
    event, _question = asked("file")
    mine = registered(client, event, **{"q-it": upload(content, f"../\u202e{name}")})
    answer = Answer.objects.get()
    address = f"{mine}answers/it/"

    response = client.get(address)

    assert answer.value == name
    assert b"".join(response.streaming_content).endswith(end)
    assert response["Content-Type"] in {"application/pdf", "image/png"}
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert not str(private_storage().path(answer.file.name)).startswith(str(settings.MEDIA_ROOT))
    other = make_registration(event.ticket_types.get())
    assert client.get(f"/en/registrations/{other.secret}/answers/it/").status_code == 404
    assert client.get(f"/media/{answer.file.name}").status_code == 404


def test_a_file_stays_until_another_comes_or_it_is_removed(client, django_capture_on_commit_callbacks):
    event, _question = asked("file")
    mine = registered(client, event, **{"q-it": upload()})
    first = Answer.objects.get().file.name

    client.post(mine + "edit/", person())
    assert Answer.objects.get().file.name == first

    with django_capture_on_commit_callbacks(execute=True):
        client.post(mine + "edit/", person() | {"q-it": upload(PDF + b"2 %%EOF", "new.pdf")})
    second = Answer.objects.get()
    assert (second.value, private_storage().exists(first)) == ("new.pdf", False)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(mine + "edit/", person() | {"q-it-clear": "on"})
    assert not Answer.objects.exists()
    assert not private_storage().exists(second.file.name)


def test_internal_answers_do_not_stand_on_the_personal_page(client):
    event, question = asked(label_en="Risk?")
    mine = registered(client, event, **{"q-it": "High"})
    assert "High" in client.get(mine).content.decode()

    Question.objects.filter(pk=question.pk).update(is_internal=True)

    assert "High" not in client.get(mine).content.decode()
    assert "High" not in client.get(mine + "edit/").content.decode()
