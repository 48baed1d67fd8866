"""The files of the sample content and how they are put together.

An edition is one mapping: ``series``, ``event``, ``people``, ``partners``, ``partnerships``, ``sessions`` and, where
there are any, ``venue``, ``tracks``, ``quotas``, ``tickets``, ``codes``, ``delegations``, ``groups``, ``questions``,
``pages``, ``news``, ``documents``, ``announcements`` and ``versions``. What exists in two languages is written
``{en: …, zh: …}``; text that was printed in English only may stand alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
SHARED = ["real-series.yaml", "real-people.yaml", "real-partners.yaml"]
EDITIONS = {
    "real": [[*SHARED, "real-2020.yaml"], [*SHARED, "real-2021.yaml"], [*SHARED, "real-2022.yaml"]],
    "invented": [["invented.yaml", "invented-people.yaml", "invented-programme.yaml", "invented-pages.yaml"]],
}


def read_editions(only: str = "") -> list[dict[str, Any]]:
    """Read the ``real`` or the ``invented`` editions, or all of them, in the order in which they took place."""
    kinds = [only] if only else list(EDITIONS)
    return [_read_together(names) for kind in kinds for names in EDITIONS[kind]]


def both_languages(field: str, value: str | dict[str, str] | None) -> dict[str, str]:
    """Spread ``{en: …, zh: …}``, or English text alone, over the columns of a bilingual field; no value, no columns."""
    texts = {"en": value} if isinstance(value, str) else value or {}
    columns = {"en": f"{field}_en", "zh": f"{field}_zh_hans"}
    return {columns[language]: text.strip() for language, text in texts.items()}


def spread(entry: dict[str, Any], **fields: str) -> dict[str, str]:
    """Spread several bilingual values at once; ``fields`` names the model's field for each key of the file."""
    return {
        column: text for key, field in fields.items() for column, text in both_languages(field, entry.get(key)).items()
    }


def _read_together(names: list[str]) -> dict[str, Any]:
    edition: dict[str, Any] = {}
    for name in names:
        edition |= yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return edition
