"""Draws the status machine of registrations into docs/registration.md: ``python docs/registration.py``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "registration.md"
BEGIN, END = "<!-- drawn by docs/registration.py from registrations/domain/status.py -->\n", "<!-- until here -->\n"


def drawn(page: str) -> str:
    """Return the page with the diagram and the table of the steps as the code has them."""
    head, rest = page.split(BEGIN)
    return head + BEGIN + diagram() + "\n" + table() + END + rest.split(END)[1]


def diagram() -> str:
    """Return the machine as a Mermaid diagram; each arrow names who may take the step."""
    from registrations.domain.status import STEPS

    lines = [f"    {old or '[*]'} --> {new}: {', '.join(step.by)}" for (old, new), step in STEPS.items()]
    ends = sorted({new for _, new in STEPS} - {old for old, _ in STEPS})
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, *(f"    {end} --> [*]" for end in ends), "```", ""])


def table() -> str:
    """Return the same steps as a table, with the mail of each."""
    from registrations.domain.status import STEPS

    rows = [
        f"| {old or 'new'} | {new} | {', '.join(step.by)} | {step.letter or 'none'} |"
        for (old, new), step in STEPS.items()
    ]
    return "\n".join(["| from | to | by | mail |", "|---|---|---|---|", *rows, ""])


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum_site.settings")
    os.environ.setdefault("DEBUG", "1")
    import django

    django.setup()
    PAGE.write_text(drawn(PAGE.read_text()))
