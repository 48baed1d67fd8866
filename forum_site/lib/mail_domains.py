"""To which domain an address belongs."""

from __future__ import annotations

from collections.abc import Container


def is_at(address: str, domains: Container[str]) -> bool:
    """Whether the address is at one of these domains, or below one; both are written in small letters."""
    labels = address.rpartition("@")[2].rstrip(".").split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))
