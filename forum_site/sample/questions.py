"""The questions of a sample edition."""

from __future__ import annotations

from typing import Any

from events.models import Event
from forum_site.sample.files import spread
from registrations.models import Question, QuestionOption

#: What an entry may say beside its texts, as the model calls it.
PLAIN = ("is_required", "is_sensitive", "is_internal", "erase_after_days", "condition", "least", "most", "longest")


def create_questions(event: Event, entries: list[dict[str, Any]]) -> None:
    """Ask them in the order of the file; each is checked as an organizer's would be."""
    types = {one.slug: one for one in event.ticket_types.all()}
    for position, entry in enumerate(entries, start=1):
        texts = spread(entry, section="section", label="label", help_text="help_text")
        fixed = {name: entry[name] for name in PLAIN if name in entry}
        question = Question(event=event, slug=entry["slug"], kind=entry["kind"], position=position, **fixed, **texts)
        question.full_clean()
        question.save()
        question.ticket_types.set(types[slug] for slug in entry.get("tickets", []))
        for number, option in enumerate(entry.get("options", []), start=1):
            words, capacity = spread(option, label="label"), option.get("capacity")
            QuestionOption.objects.create(
                question=question, key=option["key"], capacity=capacity, position=number, **words
            )
