"""Somebody registers in Chinese, reads the mail, opens the link and cancels; the next person gets the seat."""

from __future__ import annotations

import re
from email.message import EmailMessage as ParsedMail
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar

from tests.mail.smtp import Inbox, smtp_server
from tests.process.site_data import register_over_http
from tests.processes import RunningSite, running_site

pytestmark = [pytest.mark.browser, pytest.mark.process]

NAME = "2026年东湖人工智能治理论坛"
SEED = f"""
import datetime as dt
from tests.factories import make_event, make_session, make_ticket_type
event = make_event(slug="race", name_en="Eastmere Forum 2026", name_zh_hans="{NAME}", theme_zh_hans="规则无界")
make_session(event, start="09:00", end="10:00")
make_session(event, start="16:00", end="17:30", day=1)
make_ticket_type(event, capacity=1, name_zh_hans="现场参会", name_en="On site", attendance_mode="onsite")
"""


def part_of(mail: ParsedMail, content_type: str) -> str:
    """The words of one part of the mail."""
    (part,) = (part for part in mail.walk() if part.get_content_type() == content_type)
    return str(part.get_content())


def mail_to(inbox: Inbox, address: str) -> ParsedMail:
    """The last mail to this person."""
    return next(mail for mail in reversed(inbox.mails) if address in mail["To"])


def link_in(mail: ParsedMail) -> str:
    """The personal link."""
    return re.search(r"http://\S+/registrations/\S+/", part_of(mail, "text/plain"))[0]


def in_chinese(sentence: str) -> str:
    with translation.override("zh-hans"):
        return _(sentence) % {"edition": NAME} if "%" in sentence else _(sentence)


def test_a_registration_in_chinese_from_the_form_to_the_next_person_waiting(browser, migrated_database_url):
    inbox = Inbox()
    with (
        smtp_server(inbox) as port,
        running_site(
            migrated_database_url, is_migrated=True, has_worker=True, EMAIL_URL=f"smtp://127.0.0.1:{port}"
        ) as site,
    ):
        site.manage("shell", "-c", SEED)
        link = register_in_chromium(browser, site, inbox)
        assert register_over_http(site, 2)[0] == 302
        inbox.wait_for(2)
        cancel_in_chromium(browser, link)
        inbox.wait_for(4)
        assert "ERROR" not in site.log

    check_cancellation(mail_to(inbox, "lin@donghu.example"))
    offered = mail_to(inbox, "guest2@example.org")
    assert offered["Subject"] == "A place is offered to you: Eastmere Forum 2026"
    assert offered["Content-Language"] == "en"


def register_in_chromium(browser: Any, site: RunningSite, inbox: Inbox) -> str:
    """Fill in the form as a person in Nairobi who reads Chinese; return the link from the mail."""
    context = browser.new_context(locale="zh-CN", timezone_id="Africa/Nairobi")
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(f"{site.url}/zh-hans/events/race/register/")
    page.fill("[name=full_name]", "林清河")
    page.fill("[name=organization]", "东湖大学")
    page.click("form.form button")
    page.wait_for_selector(".error-summary#errors:focus")
    page.fill("[name=email]", "lin@donghu.example")
    page.select_option("[name=country]", "CN")
    page.check("[name=consent]")
    page.click("form.form button")
    page.wait_for_url("**/register/done/**")
    assert "林清河" in page.inner_text("h1")
    assert page.get_attribute("html", "lang") == "zh-Hans"
    assert context.cookies() == []
    assert problems == []
    assert hosts == {f"127.0.0.1:{site.port}"}
    inbox.wait_for(1)
    check_confirmation(inbox.mails[0])
    return link_in(inbox.mails[0])


def check_confirmation(mail: ParsedMail) -> None:
    """The mail is in Chinese, gives both times, and its calendar entry spans the programme."""
    text = part_of(mail, "text/plain")
    assert mail["To"] == "林清河 <lin@donghu.example>"
    assert mail["Content-Language"] == "zh-hans"
    assert mail["Subject"].strip() == in_chinese("Registration confirmed: %(edition)s")
    assert NAME in text
    assert "09:00（上海，GMT+8）" in text
    assert "04:00（内罗毕，GMT+3）" in text
    assert "现场参会" in text
    assert 'lang="zh-Hans"' in part_of(mail, "text/html")
    (event,) = Calendar.from_ical(part_of(mail, "text/calendar")).walk("VEVENT")
    assert (event["SUMMARY"], f"{event.start:%H:%M}", f"{event.end:%H:%M}") == (NAME, "09:00", "17:30")


def cancel_in_chromium(browser: Any, link: str) -> None:
    """Open the personal link, change the language and back, and cancel."""
    page = browser.new_page()
    page.goto(link)
    assert "林清河" in page.inner_text("h1")
    page.click(".languages a[lang=en]")
    page.wait_for_selector("html[lang=en]")
    page.click("text=Cancel my registration")
    page.click("text=Yes, cancel it")
    page.wait_for_url("**?done=**")
    assert "Your registration is cancelled" in page.inner_text("main")


def check_cancellation(mail: ParsedMail) -> None:
    """The entry is taken back."""
    assert mail["Subject"].strip() == in_chinese("Registration cancelled: %(edition)s")
    calendar = Calendar.from_ical(part_of(mail, "text/calendar"))
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
