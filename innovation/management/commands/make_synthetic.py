"""Fill the catalogue with synthetic initiatives, for measuring and for trying out."""

from django.core.management.base import BaseCommand, CommandError

from innovation.models import Initiative
from innovation.synthetic import writing

BAR_WIDTH = 40


class Command(BaseCommand):
    help = "Makes synthetic initiatives: texts in both languages, facets, dates, money."

    def add_arguments(self, parser):
        parser.add_argument("count", type=int, help="how many initiatives")
        parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same rows")
        parser.add_argument(
            "--add", action="store_true", help="also when the catalogue holds initiatives already"
        )

    def handle(self, *, count, seed, add, **options):
        if count < 1:
            raise CommandError(f"count={count}: make at least 1 initiative")
        held = Initiative.objects.count()
        if held and not add:
            raise CommandError(
                f"The catalogue holds {held} initiatives. To put synthetic ones beside them, "
                "give --add; to begin anew, point DATABASE_URL at an empty database."
            )
        writing.make(count, seed=seed, on_progress=self._tell_progress)
        self.stdout.write(f"{count} synthetic initiatives made, seed {seed}.")

    def _tell_progress(self, done: int, total: int) -> None:
        """A bar that is drawn over, on a terminal only: a log needs no thousand lines."""
        if self.stderr.isatty():
            bar = "█" * (BAR_WIDTH * done // total)
            end = "\n" if done == total else ""
            # Past `self.stderr`, which paints what it is given red.
            self.stderr._out.write(f"\r  {bar:·<{BAR_WIDTH}} {done:>7} of {total}{end}")
            self.stderr.flush()
