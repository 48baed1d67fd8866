"""From data to the element of a page."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

Data = dict[str, Any]
#: Signs that could end the element, or that JavaScript once read as ends of lines.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def json_ld(data: Data) -> SafeString:
    """Return the script element, a block of data that no browser executes; safe for any text inside."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text.translate(_ESCAPES)))


def known(**facts: Any) -> Data:
    """Return the facts that are known, with ``type_`` and ``id_`` as their JSON-LD names; lists of one as the one."""
    names = {"type_": "@type", "id_": "@id"}
    found = {names.get(name, name): _single(fact) for name, fact in facts.items()}
    return {name: fact for name, fact in found.items() if fact not in (None, "", [], {})}


def absolute(path: str) -> str:
    """Return the whole address of a page or file of this site."""
    return path if "://" in path else f"{settings.SITE_URL}{path}"


def _single(fact: Any) -> Any:
    return fact[0] if isinstance(fact, list) and len(fact) == 1 else fact
