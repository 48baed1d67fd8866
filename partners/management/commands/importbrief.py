"""Makes a draft edition from a text brief."""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from events.models import EventSeries
from forum_site.lib.brief import Brief, decode_brief, read_brief
from forum_site.lib.errors import DomainError
from partners.importers.brief import ImportChoices, ImportPlan, PlannedPartner, apply_plan, plan_import


class Command(BaseCommand):
    """Reads the brief, prints what was understood, and stores it."""

    help = "Makes a draft edition with its partners from the text brief of a forum."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and what is to be decided beforehand."""
        parser.add_argument("file", type=Path, metavar="FILE", help="text of the brief (UTF-8 or GB18030)")
        parser.add_argument("--series", default="", metavar="SLUG", help="series the edition belongs to")
        parser.add_argument("--zone", default="", metavar="NAME", help="time zone, such as Asia/Shanghai")
        known = parser.add_mutually_exclusive_group()
        known.add_argument(
            "--reuse-partners", action="store_true", help="take the organizations that are known already"
        )
        known.add_argument("--new-partners", action="store_true", help="make new organizations, also of known names")
        parser.add_argument("--update", action="store_true", help="let an edition that exists take what the brief says")
        parser.add_argument("--dry-run", action="store_true", help="print only, store nothing")
        parser.add_argument("--yes", action="store_true", help="ask nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the brief, or say why not; whatever goes wrong, nothing is stored."""
        try:
            self._import(options)
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error

    def _import(self, options: dict[str, Any]) -> None:
        brief = read_brief(decode_brief(options["file"].read_bytes()), default_zone=settings.DEFAULT_EVENT_ZONE)
        asks = self._asks(options)
        plan = plan_import(brief, series=_series(options["series"]), zone=options["zone"] or self._zone(brief, asks))
        self._print_plan(plan)
        if options["dry_run"]:
            self.stdout.write("Nothing was stored (dry run).")
        elif plan.existing and not options["update"]:
            self.stdout.write("Nothing was changed. With --update the edition takes what the brief says.")
        elif asks and input("Store this? [y/N] ").strip().lower() not in {"y", "yes"}:
            self.stdout.write("Nothing was stored.")
        else:
            self._store(plan, options)

    def _asks(self, options: dict[str, Any]) -> bool:
        import sys

        return not (options["yes"] or options["dry_run"]) and sys.stdin.isatty()

    def _zone(self, brief: Brief, asks: bool) -> str:
        if not (asks and brief.timezone_is_preset):
            return ""
        return input(f"The brief prints no time zone. Time zone [{brief.timezone_name}]: ").strip()

    def _store(self, plan: ImportPlan, options: dict[str, Any]) -> None:
        partners = _decided(plan, options)
        event = apply_plan(plan, choices=ImportChoices(partners=partners, update_existing=options["update"]))
        word = "Updated" if plan.existing else "Stored as a draft"
        self.stdout.write(self.style.SUCCESS(f"{word}: {event.slug} with {event.partnerships.count()} partners."))

    def _print_plan(self, plan: ImportPlan) -> None:
        brief = plan.brief
        self.stdout.write("Labels: " + ", ".join(f"{one.label} (line {one.line})" for one in brief.labels))
        for planned in plan.fields:
            self._row(str(planned.label), planned.shown, planned.line)
        if brief.timezone_is_preset and plan.zone == brief.timezone_name:
            self._row("", "(time zone preset; the brief prints none)")
        self._row("series", f"{plan.series}{'' if plan.series.pk else ' (new)'}")
        for (_role, label), group in groupby(plan.partners, key=lambda one: (one.role, one.label)):
            self._print_partners(label, list(group))
        count = len(brief.background)
        self._row("background", f"{count} paragraph{'' if count == 1 else 's'}")
        self._print_leftover(plan.leftover)
        self._print_differences(plan)

    def _print_partners(self, label: str, partners: list[PlannedPartner]) -> None:
        self.stdout.write(f"{label} ({partners[0].role_label}): {len(partners)}")
        for one in partners:
            self.stdout.write(f"{one.position:4}. {one.name} (line {one.line})")
            for known in one.candidates:
                self.stdout.write(f"      known: {known} [{known.slug}]")

    def _print_leftover(self, leftover: str) -> None:
        lines = leftover.splitlines()
        self._row("not understood", f"{len(lines)} line{'' if len(lines) == 1 else 's'}" if lines else "nothing")
        for line in lines:
            self.stdout.write(f"    {line}")

    def _print_differences(self, plan: ImportPlan) -> None:
        if not plan.existing:
            return
        self.stdout.write(f"The edition exists already: {plan.existing.slug} ({plan.existing.get_status_display()}).")
        if not plan.differences:
            self.stdout.write("It says what the brief says.")
        for one in plan.differences:
            self.stdout.write(f"    {one.label}: {one.old or '(nothing)'} -> {one.new or '(not in the brief)'}")

    def _row(self, label: str, value: str, line: int | None = None) -> None:
        self.stdout.write(f"{label:18} {value}" + (f" (line {line})" if line else ""))


def _series(slug: str) -> EventSeries | None:
    if not slug:
        return None
    series = EventSeries.objects.filter(slug=slug).first()
    if not series:
        known = ", ".join(EventSeries.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no series “{slug}”. Known: {known}.")
    return series


def _decided(plan: ImportPlan, options: dict[str, Any]) -> dict[int, int | None]:
    known = [one for one in plan.partners if one.candidates]
    if known and not (options["reuse_partners"] or options["new_partners"]):
        raise CommandError(
            f"{len(known)} organizations seem to be known already (see above). "
            "Say --reuse-partners or --new-partners. Nothing was stored."
        )
    return {one.number: one.candidates[0].pk if options["reuse_partners"] else None for one in known}
