"""Organizations of an edition of the sample content, in the order of its file."""

from __future__ import annotations

from collections import Counter
from typing import Any

from events.enums import SlugKind
from events.models import Event, OldSlug, Session
from forum_site.sample.files import both_languages, spread
from partners.models import Partner, Partnership


def create_partnerships(event: Event, edition: dict[str, Any], *, sessions: dict[str, Session]) -> None:
    """Create the groups as printed, and link each organization to the sessions that it co-hosts."""
    positions: Counter[str] = Counter()
    for group in edition["partnerships"]:
        for entry in group["partners"]:
            positions[group["role"]] += 1
            partner = find_or_create_partner(entry["partner"], edition["partners"][entry["partner"]])
            partnership = Partnership.objects.create(
                event=event,
                partner=partner,
                role=group["role"],
                position=positions[group["role"]],
                **both_languages("label", group["label"]),
                **both_languages("printed_name", entry.get("printed")),
            )
            partnership.sessions.set(_cohosted(entry["partner"], edition["sessions"], sessions))


def find_or_create_partner(slug: str, entry: dict[str, Any]) -> Partner:
    """Return the organization of this address, present or former, or of this very name; else create it."""
    former = OldSlug.objects.filter(kind=SlugKind.PARTNER, slug=slug).values("target")
    for known in ({"slug": slug}, {"pk__in": former}, {"name_en": entry["name"]["en"]}):
        if partner := Partner.objects.filter(**known).first():
            return partner
    columns = spread(entry, name="name", short_name="short_name", parent="parent_name")
    return Partner.objects.create(slug=slug, aliases="\n".join(_aliases(entry)), **columns)


def _aliases(entry: dict[str, Any]) -> list[str]:
    """Return other names in which briefs print the organization: with its parent, and as the file says."""
    parent = entry.get("parent", {}).get("en")
    with_parent = [f"{entry['name']['en']}, {parent}"] if parent else []
    return [*with_parent, *entry.get("aliases", [])]


def _cohosted(slug: str, entries: list[dict[str, Any]], sessions: dict[str, Session]) -> list[Session]:
    return [sessions[entry["slug"]] for entry in entries if slug in entry.get("cohosts", [])]
