"""What is accepted as a name or an address, shared by models, forms and importers."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_WEB_ADDRESS = re.compile(r"https?:|://|\bwww\.", re.IGNORECASE)


def email_key(address: str) -> str:
    """The address by which a person is recognised: without blanks around it, in one width and in small letters."""
    return unicodedata.normalize("NFKC", address.strip()).casefold()[:254]


def one_line(text: str) -> str:
    """The text without control signs and with single blanks."""
    visible = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    return " ".join(visible.split())


def validate_no_web_address(text: str) -> None:
    """Refuse a name that would carry somebody's advertisement into our mails."""
    if _WEB_ADDRESS.search(text):
        raise ValidationError(_("Leave out the web address."))
