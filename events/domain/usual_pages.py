"""The pages that most editions have, as drafts for an organizer to fill."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max

from events.enums import IS_PUBLIC
from events.models import Event, Page
from forum_site.lib.bilingual import columns

#: A title or heading in English and in Chinese.
Words = tuple[str, str]


@dataclass(frozen=True)
class UsualPage:
    """A page with the headings that its text usually has."""

    slug: str
    title: Words
    headings: tuple[Words, ...]


#: "About" is not among them: it is made of the edition's own texts.
USUAL_PAGES = (
    UsualPage(
        "practical-information",
        ("Practical information", "参会须知"),
        (
            ("Registration desk", "现场签到"),
            ("Languages", "会议语言"),
            ("Taking part online", "线上参会"),
            ("Meals", "餐饮"),
        ),
    ),
    UsualPage(
        "venue",
        ("Venue and access", "会场与交通"),
        (
            ("Address", "地址"),
            ("Getting there", "交通方式"),
            ("Accessibility", "无障碍设施"),
            ("Hotels", "住宿"),
        ),
    ),
    UsualPage(
        "press",
        ("Press", "媒体"),
        (("Accreditation", "媒体采访申请"), ("Contact for the press", "媒体联系人"), ("Press material", "新闻资料")),
    ),
    UsualPage(
        "faq",
        ("Frequently asked questions", "常见问题"),
        (("Registration", "报名"), ("Programme", "议程"), ("Certificates and recordings", "证书与会议录像")),
    ),
    UsualPage(
        "code-of-conduct",
        ("Code of conduct", "行为准则"),
        (("What we expect", "基本要求"), ("What is not accepted", "禁止行为"), ("Whom to turn to", "投诉与求助")),
    ),
    UsualPage(
        "contact",
        ("Contact", "联系我们"),
        (("Secretariat", "秘书处"), ("Partners", "合作机构"), ("Press", "媒体")),
    ),
)


def missing_usual_pages(event: Event) -> list[UsualPage]:
    """Return those that the edition has neither as a draft nor published."""
    known = set(event.pages.values_list("slug", flat=True))
    return [usual for usual in USUAL_PAGES if usual.slug not in known]


def add_usual_pages(event: Event) -> list[Page]:
    """Add those that are missing as drafts, after the pages there are; nothing is published.

    The words are those of the last edition of the series that has published such a page, else headings alone.
    """
    missing = missing_usual_pages(event)
    last = _last_pages(event, [usual.slug for usual in missing])
    first = (event.pages.aggregate(last=Max("position"))["last"] or 0) + 1
    pages = [
        Page(event=event, slug=usual.slug, position=position, **last.get(usual.slug) or _headings(usual))
        for position, usual in enumerate(missing, start=first)
    ]
    return Page.objects.bulk_create(pages)


def _last_pages(event: Event, slugs: list[str]) -> dict[str, dict[str, str]]:
    """Titles and texts by address, of the newest edition that has the page."""
    texts = [*columns("title"), *columns("body")]
    earlier = Event.objects.filter(series=event.series_id, starts_on__lt=event.starts_on, status__in=IS_PUBLIC)
    others = Page.objects.filter(event__in=earlier, is_published=True, slug__in=slugs)
    found = others.order_by("event__starts_on").values("slug", *texts)
    return {page["slug"]: {text: page[text] for text in texts} for page in found}


def _headings(usual: UsualPage) -> dict[str, str]:
    words: dict[str, str] = {}
    for number, (title, body) in enumerate(zip(columns("title"), columns("body"), strict=True)):
        words[title] = usual.title[number]
        words[body] = "\n\n".join(f"## {heading[number]}" for heading in usual.headings)
    return words
