"""Shows the HTML of a mail under a policy that allows exactly its own styles and nothing else.

Mails carry their styles in attributes, as mail programs want it; a policy without exceptions would drop them. Here they
become one style sheet, which the policy names by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re

from django.conf import settings
from django.http import HttpResponse

STYLE_ATTRIBUTE = re.compile(r'\sstyle="([^"]*)"')
STYLE_ELEMENT = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
POLICY = "default-src 'none'; img-src 'self' data:; style-src {styles}; frame-ancestors 'self'; sandbox allow-popups"

#: The pages around such a frame may show frames of this site.
WITH_FRAME = {"frame-src": ["'self'"]}


def preview_response(mail: str) -> HttpResponse:
    """Return the mail's HTML alone, for a frame: no script, no form, no request to anywhere else."""
    document = with_one_style_sheet(mail)
    hashes = [f"'sha256-{_hash(css)}'" for css in STYLE_ELEMENT.findall(document)]
    response = HttpResponse(document, content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = POLICY.format(styles=" ".join(hashes) or "'none'")
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def allow_frames(response: HttpResponse) -> HttpResponse:
    """Let the page around show frames of this site, and nothing else beyond the policy of all pages."""
    policy = settings.SECURE_CSP | WITH_FRAME
    response["Content-Security-Policy"] = "; ".join(" ".join([name, *of]) for name, of in policy.items())
    return response


def with_one_style_sheet(mail: str) -> str:
    """Turn style attributes into rules of a style element at the start of the head."""
    rules: list[str] = []

    def named(found: re.Match[str]) -> str:
        rules.append(f'[data-style="{len(rules)}"]{{{html.unescape(found[1])}}}')
        return f' data-style="{len(rules) - 1}"'

    marked = STYLE_ATTRIBUTE.sub(named, mail)
    sheet = f"<style>{''.join(rules)}</style>" if rules else ""
    return marked.replace("<head>", f"<head>{sheet}", 1) if "<head>" in marked else sheet + marked


def _hash(css: str) -> str:
    return base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
