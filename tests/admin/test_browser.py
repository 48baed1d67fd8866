"""The organizers' pages in a real browser, under the content security policy of the site."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse

from forum_site.accounts.enums import Role
from tests.admin.worlds import make_world, organizer, signed_in, url
from tests.factories import make_partner, make_partnership, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HTML = '<style>h1{color:red}</style><h1 style="font-weight:300">Dear guest</h1>'
LANGUAGES = ["en", "zh-hans"]


def open_as(
    browser: Any, live_server: Any, user: Any, language: str = "en", width: int = 1440
) -> tuple[Any, list[str]]:
    """A page in which the user is signed in, and the list of what its console will complain about."""
    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport={"width": width, "height": 900})
    pairs = [(settings.SESSION_COOKIE_NAME, session), (settings.LANGUAGE_COOKIE_NAME, language)]
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in pairs])
    page, complaints = context.new_page(), []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


def pages_of(world: Any) -> list[str]:
    """The dashboard, a list, a new and an existing one of everything, and the pages of our own."""
    refused = {"mail.emailmessage", "registrations.registration", "registrations.delivery", "registrations.mailing"}
    refused |= {"registrations.sessionbooking", "registrations.registrationgroup"}
    pages = [reverse("admin:index"), reverse("admin:brief_read")]
    for label, thing in world.things.items():
        pages += [url(thing, "changelist"), url(thing, "change"), url(thing, "history")]
        pages += [] if label in refused else [url(thing, "add"), url(thing, "delete")]
    pages += [reverse("admin:partners_partnership_order", args=[world.event.pk])]
    pages += [reverse("admin:registrations_mailing_send", args=[world.things["registrations.mailing"].pk])]
    pages += [reverse("admin:events_event_do", args=[world.event.pk, "cancel"])]
    return [*pages, reverse("account_change_password"), reverse("mfa_index"), reverse("account_logout")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_breaks_the_policy(browser, live_server, language):
    world = make_world(status="published")
    page, complaints = open_as(browser, live_server, organizer(None), language)

    for path in pages_of(world):
        answer = page.goto(live_server.url + path)
        assert (path, answer.status, complaints) == (path, 200, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_a_phone(browser, live_server, language):
    world = make_world(status="published")
    page, _complaints = open_as(browser, live_server, organizer(None), language, width=390)

    wide = {}
    for path in pages_of(world):
        page.goto(live_server.url + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        wide |= {path: width} if width > 390 else {}

    assert wide == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chooser_of_several_can_be_read(browser, live_server, scheme):
    world = make_world(status="published")
    page, _complaints = open_as(browser, live_server, organizer(None))
    page.emulate_media(color_scheme=scheme)
    page.goto(live_server.url + url(world.things["registrations.accesscode"], "change"))
    page.locator(".selector-chosen-title").wait_for()

    found = Axe().run(page, context=".selector", options={"runOnly": ["color-contrast"]}).response

    assert [node["html"] for rule in found["violations"] for node in rule["nodes"]] == []
    assert found["passes"]


def test_sign_in_page_keeps_the_policy_and_lets_in(browser, live_server):
    user = make_user(password="correct-horse-battery")
    world = make_world()
    user.event_roles.create(event=world.event, role=Role.OWNER)
    page, complaints = open_as(browser, live_server, make_user())
    page.context.clear_cookies()

    page.goto(live_server.url + "/admin/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill("correct-horse-battery")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(live_server.url + "/admin/")

    assert page.get_by_role("heading", level=1).text_content() == "Dashboard"
    assert complaints == []


def test_arrows_move_rows_before_they_are_saved(browser, live_server):
    world = make_world(status="published")
    for name in ("Second", "Third"):
        make_partnership(world.event, make_partner(name_en=name))
    page, complaints = open_as(browser, live_server, organizer(world.event, Role.EDITOR))
    page.goto(live_server.url + reverse("admin:partners_partnership_order", args=[world.event.pk]))

    page.get_by_label("Move Third up").click()
    assert page.get_by_text("2 changes not saved").is_visible()
    assert _names(world.event)[1:] == ["Second", "Third"]
    page.get_by_role("button", name="Save order").last.click()
    page.get_by_text("The order is saved.").wait_for()

    assert _names(world.event)[1:] == ["Third", "Second"]
    assert complaints == []


def test_rows_are_dragged_by_their_handle(browser, live_server):
    world = make_world(status="published")
    make_partnership(world.event, make_partner(name_en="Second"))
    page, complaints = open_as(browser, live_server, organizer(world.event, Role.EDITOR))
    page.goto(live_server.url + reverse("admin:partners_partnership_order", args=[world.event.pk]))
    handles, rows = page.locator("[data-order-handle]"), page.locator("[data-order-row]")

    start, goal = handles.nth(1).bounding_box(), rows.nth(0).bounding_box()
    page.mouse.move(start["x"] + 4, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(goal["x"] + 20, goal["y"] + 6, steps=6)
    page.mouse.up()

    assert "Second" in rows.nth(0).text_content()
    assert complaints == []


def test_order_is_changed_without_a_script(browser, live_server):
    world = make_world(status="published")
    make_partnership(world.event, make_partner(name_en="Second"))
    page, _complaints = open_as(browser, live_server, organizer(world.event, Role.EDITOR))
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    page = context.new_page()
    page.goto(live_server.url + reverse("admin:partners_partnership_order", args=[world.event.pk]))

    with page.expect_navigation():
        page.get_by_label("Move Second up").click()

    assert _names(world.event)[0] == "Second"


def test_mail_is_shown_in_a_frame_without_scripts(browser, live_server):
    world = make_world(status="published")
    mail = world.things["mail.emailmessage"]
    type(mail).objects.filter(pk=mail.pk).update(subject="S", html_body=HTML)
    page, complaints = open_as(browser, live_server, organizer(world.event))

    page.goto(live_server.url + url(mail, "change"))

    greeting = page.frame_locator("iframe").get_by_text("Dear guest")
    greeting.wait_for()
    assert greeting.evaluate("node => getComputedStyle(node).color") == "rgb(255, 0, 0)"
    assert greeting.evaluate("node => getComputedStyle(node).fontWeight") == "300"
    assert complaints == []


def _names(event: Any) -> list[str]:
    return [one.partner.name_en for one in event.partnerships.order_by("position").select_related("partner")]
