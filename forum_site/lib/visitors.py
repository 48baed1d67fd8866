"""Where a visitor comes from, for limits only."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's network address; X-Forwarded-For is believed only as far as our own proxies have written it.

    ``TRUSTED_PROXY_COUNT`` says how many entries, counted from the end, are theirs.
    """
    count = settings.TRUSTED_PROXY_COUNT
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if count and len(forwarded) >= count:
        return forwarded[-count]
    return str(request.META.get("REMOTE_ADDR", ""))


def limit_key(request: HttpRequest) -> str:
    """What is counted as one visitor: an IPv4 address, or the 64 bits of an IPv6 network, which belong to one house."""
    address = client_address(request)
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network(f"{parsed}/64", strict=False))
    return str(parsed)
