"""Small data that travels through other hands and comes back unread and unchanged."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class SealBroken(Exception):  # noqa: N818
    """The token is too old, was changed, or was sealed with a key that is no longer known."""


def seal(data: dict[str, Any]) -> str:
    """An encrypted and signed token of JSON data; safe in addresses and hidden fields."""
    return _fernet(_secrets()).encrypt(json.dumps(data, separators=(",", ":")).encode()).decode()


def unseal(token: str, *, max_age: int | timedelta) -> dict[str, Any]:
    """The data of a token that is at most `max_age` (seconds) old; raises SealBroken."""
    from cryptography.fernet import InvalidToken

    seconds = max_age.total_seconds() if isinstance(max_age, timedelta) else max_age
    try:
        return json.loads(_fernet(_secrets()).decrypt(token.encode(), ttl=int(seconds)))
    except InvalidToken as error:
        raise SealBroken from error


def _secrets() -> tuple[str, ...]:
    """The secret of the site first, then those it had before."""
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _fernet(secrets: tuple[str, ...]) -> MultiFernet:
    from cryptography.fernet import Fernet, MultiFernet  # large, and few pages need it

    keys = (hashlib.sha256(f"forum_site.sealed{secret}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
