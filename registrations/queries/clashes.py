"""Which sessions nobody can attend both of."""

from __future__ import annotations

from collections.abc import Iterable

from events.models import Session


def overlap(one: Session, other: Session) -> bool:
    """Whether the two run at the same time. They may touch; what has no start, or does not take place, never clashes.

    A session whose end is not known clashes where it starts during the other, or together with it.
    """
    if not (one.starts_at and other.starts_at) or one.is_cancelled or other.is_cancelled:
        return False
    if one.starts_at == other.starts_at:
        return True
    return one.starts_at < (other.ends_at or other.starts_at) and other.starts_at < (one.ends_at or one.starts_at)


def clash_of(session: Session, others: Iterable[Session]) -> Session | None:
    """Return the first of the others that runs at the same time; a session does not clash with itself."""
    return next((other for other in others if other.pk != session.pk and overlap(session, other)), None)
