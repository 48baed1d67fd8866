"""Loads the sample content."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from forum_site.sample.files import EDITIONS
from forum_site.sample.loader import load_sample


class Command(BaseCommand):
    """Creates the editions of the sample content that are missing; calling it again changes nothing."""

    help = "Create the missing editions of the sample content. What exists is left as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the caller choose some of the editions."""
        parser.add_argument("--only", choices=list(EDITIONS), default="", help="load these editions and no others")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print a line for every edition."""
        for outcome in load_sample(only=options["only"]):
            word = "created" if outcome.is_created else "is there already, left as it is"
            self.stdout.write(f"{outcome.slug}: {word}")
