"""Import a programme from a file: the city's event API, or schema.org Event."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from expo.importers import base, city_events, schema_org
from expo.importers.lookup import Names
from expo.importers.reading import Unreadable, read_json
from expo.models import Expo
from innovation.importers.base import Action

SOURCES = {source.NAME: source for source in (city_events, schema_org)}


class Command(BaseCommand):
    help = (
        "Imports events and occasions as drafts. Importing twice changes nothing; nothing is ever "
        "deleted."
    )

    def add_arguments(self, parser):
        parser.add_argument("source", choices=SOURCES, help="the kind of file")
        parser.add_argument("file", help="a JSON file, or - for what is piped in")
        parser.add_argument("--expo", required=True, help="the address of the edition, its slug")
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would change and write nothing"
        )

    def handle(self, *, source, file, expo, dry_run, **options):
        if not Expo.objects.filter(slug=expo).exists():
            known = ", ".join(Expo.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no expo {expo!r}. There are: {known}.")
        with translation.override("en"):
            self._import(SOURCES[source], _content(file), expo, dry_run=dry_run)

    def _import(self, source, content: bytes, expo: str, *, dry_run: bool) -> None:
        try:
            programme = source.parse(read_json(content), expo=expo, names=Names.held())
        except Unreadable as reason:
            raise CommandError(str(reason)) from reason
        proposed = base.plan(base.with_kept_addresses(programme))
        totals = proposed.totals
        if not dry_run and (totals[Action.CREATE] or totals[Action.UPDATE]):
            base.apply(proposed, source=source.NAME)
        mood = "would be " if dry_run else ""
        self.stdout.write(
            f"{totals[Action.CREATE]} {mood}created, {totals[Action.UPDATE]} {mood}updated, "
            f"{totals[Action.UNCHANGED]} unchanged, {totals[Action.SKIP]} {mood}skipped."
        )
        for problem in proposed.problems:
            self.stderr.write(f"Problem: {problem}")


def _content(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"{file} can't be read: {error.strerror}.") from error
