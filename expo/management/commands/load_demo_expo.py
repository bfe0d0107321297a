"""Load the demo data of the expo; `load_demo` comes first, for organisations and initiatives."""

from django.core.management.base import BaseCommand
from django.utils import translation

from expo.demonstration import writing
from expo.importers import base, demo
from expo.models import Expo
from innovation.choices import Visibility
from innovation.importers.base import Action


class Command(BaseCommand):
    help = (
        "Loads the expo of 2022, the summit of 2020 and an invented edition. Twice changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there is an expo"
        )

    def handle(self, *, if_empty, **options):
        if if_empty and Expo.objects.exists():
            return
        with translation.override("en"):
            self._load()

    def _load(self) -> None:
        self.stdout.write("Looking at the demo data of the expo …")
        data = demo.read()
        proposed = base.plan(demo.parse(data))
        totals = proposed.totals
        if totals[Action.CREATE] or totals[Action.UPDATE]:
            base.apply(proposed, source=demo.NAME, visibility=Visibility.PUBLISHED)
        self.stdout.write(
            f"{totals[Action.CREATE]} created, {totals[Action.UPDATE]} updated, "
            f"{totals[Action.UNCHANGED]} unchanged, {totals[Action.SKIP]} skipped."
        )
        for problem in proposed.problems:
            self.stderr.write(f"Problem: {problem}")
        if made := writing.load(data["demonstration_topics"]):
            self.stdout.write(f"The invented edition begins on {made.starts_on}.")
