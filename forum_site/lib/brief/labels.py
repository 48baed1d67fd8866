"""The labels that briefs of this community print, in English and Chinese, and the field each stands for."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from .lines import HAN, tidy

NAME, THEME, DATES, FORM, LOCATION = "name", "theme", "dates", "form", "location"
LANGUAGES, TIMEZONE, BACKGROUND, OTHER = "languages", "timezone", "background", "other"
PARTNER_ROLES = (
    "host",
    "co_host",
    "organizer",
    "co_organizer",
    "supporting",
    "partner",
    "sponsor",
    "media",
)

BODY = r"(?:partners?|organi[sz]ations?|institutions?|agenc(?:y|ies)|units?|partner organi[sz]ations?)"
EVENT = r"(?:forum|event|conference|meeting|summit)"
ENGLISH = {
    NAME: rf"(?:{EVENT} )?(?:name|title)|(?:name|title) of (?:the )?{EVENT}",
    THEME: rf"(?:{EVENT} |main |overall )?themes?",
    DATES: rf"(?:{EVENT} )?(?:dates?|times?)|dates? (?:and|/) times?|times? (?:and|/) dates?",
    FORM: rf"(?:{EVENT} )?(?:form|format|mode)s?",
    LOCATION: rf"(?:{EVENT} )?(?:locations?|venues?|places?)",
    LANGUAGES: rf"(?:{EVENT} |working |official )?languages?",
    TIMEZONE: r"time ?zone",
    BACKGROUND: r"(?:the )?(?:background|objective|purpose|aim)s?(?: (?:and|/) (?:the )?(?:objective|purpose|aim)s?)?",
    "host": r"hosts?|hosted by|host (?:organi[sz]ations?|institutions?|universit(?:y|ies))",
    "co_host": r"(?:co ?|joint )hosts?|co ?hosted by|jointly hosted by",
    "organizer": r"organi[sz](?:ers?|ed by)|organi[sz]ing (?:institutions?|units?)",
    "co_organizer": r"co ?organi[sz](?:ers?|ed by)|joint organi[sz]ers?",
    "supporting": rf"(?:other )?(?:international )?(?:supporting {BODY}|supporters?|supported by)",
    "partner": r"(?:other |cooperation |cooperating |strategic |academic |international )?partners?|"
    r"(?:other )?(?:partner|cooperating) (?:organi[sz]ations?|institutions?)",
    "sponsor": r"sponsors?|sponsored by|sponsoring (?:organi[sz]ations?|institutions?)",
    "media": r"(?:other )?(?:supporting |cooperating )?media(?: (?:partners?|support|supporters?|cooperation))|"
    r"(?:supporting|cooperating) media",
    # Known, but not read from a brief: they close the list before them and stay in the leftover.
    OTHER: r"contacts?(?: (?:us|person|persons|information|details))?|e ?mail(?: address)?|tel|telephone|phone|"
    r"web ?sites?|url|links?|homepage|registration(?: link)?|register|agenda|programme?|schedule|"
    r"(?:keynote |invited |confirmed )?speakers?|moderators?|fees?|secretariat|participants?",
}
EVENT_ZH = "(?:论坛|会议|大会|活动|举办|召开|年会|峰会)?的?"
UNIT_ZH = "(?:单位|机构|方|组织|伙伴)?"
AIM_ZH = "(?:目标|目的|意义|宗旨)"
CHINESE = {
    NAME: f"{EVENT_ZH}(?:名称|标题)",
    THEME: f"{EVENT_ZH}主题",
    DATES: f"{EVENT_ZH}(?:时间|日期)",
    FORM: f"{EVENT_ZH}(?:形式|方式)",
    LOCATION: f"{EVENT_ZH}(?:地点|地址|会场)",
    LANGUAGES: f"{EVENT_ZH}(?:工作|官方)?(?:语言|语种)",
    TIMEZONE: "时区",
    BACKGROUND: f"{EVENT_ZH}(?:背景(?:[与和及、]?{AIM_ZH})?|{AIM_ZH})",
    "host": f"主办{UNIT_ZH}",
    "co_host": f"(?:联合|共同)主办{UNIT_ZH}",
    "organizer": f"承办{UNIT_ZH}",
    "co_organizer": f"(?:协办|联合承办|共同承办){UNIT_ZH}",
    "supporting": f"(?:国际)?支持{UNIT_ZH}",
    "partner": "(?:其他|其它|战略|国际)?(?:合作(?:伙伴|单位|机构|方)|伙伴(?:单位|机构)?)",
    "sponsor": "赞助(?:单位|机构|方|商)?",
    "media": "(?:战略)?(?:合作|支持)媒体|媒体(?:支持|合作|伙伴)(?:单位|机构|伙伴)?",
    OTHER: "联系(?:人|方式|电话|我们)?|(?:联系)?电话|(?:电子)?邮箱|邮件|网址|官网|网站|报名(?:方式|链接|网址)?|"
    "(?:会议|论坛)?(?:议程|日程)(?:安排)?|(?:演讲|拟邀|主讲)?嘉宾|主持人|费用|参会人员|秘书处|指导单位",
}
PATTERNS = [(field, re.compile(pattern)) for table in (ENGLISH, CHINESE) for field, pattern in table.items()]
# Headings that announce the brief itself; they are never its name.
ABOUT = re.compile(
    rf"about(?: .{{0,60}})?|(?:{EVENT} )?(?:brief|introduction|overview|invitation)|"
    r"关于.{0,40}|(?:本届|本次)?(?:论坛|会议|大会|活动)?(?:简介|介绍|概况|通知|邀请函)"
)

FRAMED = re.compile(r"^【([^】]{1,40})】\s*[:：]?(.*)$", re.DOTALL)
COLON = re.compile(r"^([^:：﹕]{1,80})[:：﹕](.*)$", re.DOTALL)
COLUMN = re.compile(r"^(\S[^\t]{0,60}?)(?:[\t\u3000]+|\s{2,})(\S.*)$", re.DOTALL)
NUMBERING = re.compile(
    r"^(?:[#>•·●○■◆▪‣*\-–—\s]+|第?[一二三四五六七八九十]{1,3}[、.．]\s*|[(（][一二三四五六七八九十\d]{1,3}[)）]\s*|\d{1,2}[.)、．]\s*)+"
)
PLURAL_MARK = re.compile(r"[(（]e?s[)）]", re.IGNORECASE)


class Label(NamedTuple):
    """A label at the start of a line: as printed, its field, the rest of the line, whether a colon stood there."""

    printed: str
    field: str
    value: str
    has_colon: bool


def label_of(line: str) -> Label | None:
    """The known label that a line starts with or consists of, or None."""
    line = _without_marks(line.strip())
    found = FRAMED.match(line) or COLON.match(line)
    if found:
        return _known(found[1], found[2], has_colon=True)
    whole = _known(line, "", has_colon=False) if len(line) <= 80 else None
    if whole:
        return whole
    column = COLUMN.match(line)
    return _known(column[1], column[2], has_colon=False) if column else None


def is_about_heading(text: str) -> bool:
    """Whether the line only announces the brief ("About the Forum", "论坛简介")."""
    return bool(ABOUT.fullmatch(_key(_without_marks(text).rstrip(":：﹕"))))


def _without_marks(line: str) -> str:
    if line.startswith(("**", "__")):
        line = line.replace(line[:2], "", 2)
    return NUMBERING.sub("", line, count=1)


def _known(printed: str, value: str, *, has_colon: bool) -> Label | None:
    field = _field(_key(printed))
    if field is None:
        return None
    return Label(tidy(printed).strip("【】[]"), field, tidy(value), has_colon)


def _key(printed: str) -> str:
    text = unicodedata.normalize("NFKC", PLURAL_MARK.sub("s", printed)).casefold().replace("&", " and ")
    text = re.sub(r"[【】\[\]()\-‐‑–_*]+", " ", text).replace("/", " / ")
    if HAN.search(text) and not re.search("[a-z]", text):
        return re.sub(r"\s+", "", text)
    return tidy(text)


def _field(key: str) -> str | None:
    direct = _lookup(key)
    if direct or not HAN.search(key):
        return direct
    # A label in both languages, as in 主题 Theme: both halves must say the same.
    chinese = _lookup("".join(HAN.findall(key)))
    english = _lookup(tidy(HAN.sub(" ", key).replace("/", " ")))
    return chinese if chinese == english else None


def _lookup(key: str) -> str | None:
    return next((field for field, pattern in PATTERNS if pattern.fullmatch(key)), None)
