"""Writes an edition as static files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.models import Event
from forum_site.lib.errors import DomainError
from forum_site.pages.archive.write import write_archive


class Command(BaseCommand):
    """Writes pages, files and calendars of one edition in all languages; the same edition gives the same bytes."""

    help = "Write a public edition as static files, which open from a disk or any file server without the application."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the edition and where to write it."""
        parser.add_argument("event", metavar="EVENT", help="address of the edition, such as forum-2026")
        parser.add_argument("folder", metavar="DIR", type=Path, help="new or empty folder, or an archive to be renewed")
        parser.add_argument("--no-cards", action="store_true", help="without the pictures that other sites show")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the archive, or say why not; whatever goes wrong, an archive that exists stays as it is."""
        event = _event(options["event"])
        try:
            written = write_archive(
                event, options["folder"], has_cards=not options["no_cards"], progress=self._progress
            )
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        for address in written.dead:
            self.stderr.write(f"Left without a link: {address} does not exist.")
        size = f"{written.size / 1_000_000:.1f} MB"
        words = f"{written.pages} pages, {written.files} files, {size}, in {options['folder']}"
        self.stdout.write(self.style.SUCCESS(f"Archived {event.slug}: {words}"))

    def _progress(self, count: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{count} files", ending="")
            self.stdout.flush()


def _event(slug: str) -> Event:
    event = Event.objects.filter(slug=slug).first()
    if event is None:
        known = ", ".join(Event.objects.public().order_by("-starts_on").values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no edition “{slug}”. Known: {known}.")
    return event
