"""Load the demo data: facts about Helsingborg's work, and eight invented examples."""

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from innovation import demo_sign_ins
from innovation.choices import Visibility
from innovation.importers import demo
from innovation.importers.base import Action, Plan, described, plan
from innovation.importers.demo_synonyms import add_synonyms
from innovation.importers.writing import apply
from innovation.models import Initiative


class Command(BaseCommand):
    help = "Loads the demo data. Loading twice changes nothing; nothing is ever deleted."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would change and write nothing"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are initiatives"
        )
        parser.add_argument(
            "--with-users",
            action="store_true",
            help="also make an editor, a moderator and an administrator (always with DEMO=true)",
        )

    def handle(self, *, dry_run, if_empty, with_users, **options):
        # A command speaks English, whatever the site's first language is.
        with translation.override("en"):
            if not (if_empty and Initiative.objects.exists()):
                self._load(dry_run=dry_run)
            if not dry_run and (settings.DEMO or with_users):
                self._make_sign_ins()

    def _load(self, *, dry_run: bool) -> None:
        self.stdout.write("Looking at the demo data …")
        data = demo.read()
        proposed = plan(demo.parse(data))
        if dry_run:
            self._tell_changes(proposed)
        else:
            apply(
                proposed,
                source=demo.NAME,
                visibility=Visibility.PUBLISHED,
                on_progress=self._tell_progress,
            )
            if added := add_synonyms(data.get("synonyms", [])):
                self.stdout.write(f"  {added} groups of synonyms")
        self._tell_counts(proposed, "would be " if dry_run else "")
        for problem in proposed.problems:
            self.stderr.write(f"Problem: {problem}")

    def _tell_progress(self, name: str, done: int, total: int) -> None:
        """One line per kind: counting on a terminal, only its last state in a log."""
        is_terminal = self.stdout.isatty()
        if is_terminal or done == total:
            start, end = ("\r", "") if is_terminal and done < total else ("\r", "\n")
            plural = str(apps.get_model("innovation", name)._meta.verbose_name_plural)
            line = f"  {plural:<20} {done:>4} of {total}"
            self.stdout.write((start if is_terminal else "") + line, ending=end)
            self.stdout.flush()

    def _tell_changes(self, proposed: Plan) -> None:
        for change in proposed.changes:
            if change.action is not Action.UNCHANGED:
                self.stdout.write(f"  {change.action:<9} {change.name}")
            if change.action is Action.UPDATE:
                for diff in map(described, change.diffs):
                    self.stdout.write("      {field}: {before!r} → {after!r}".format(**diff))

    def _tell_counts(self, proposed: Plan, mood: str) -> None:
        totals = dict.fromkeys(Action, 0)
        for counts in proposed.counts().values():
            for action, count in counts.items():
                totals[action] += count
        self.stdout.write(
            f"{totals[Action.CREATE]} {mood}created, {totals[Action.UPDATE]} {mood}updated, "
            f"{totals[Action.UNCHANGED]} unchanged, {totals[Action.SKIP]} {mood}skipped."
        )

    def _make_sign_ins(self) -> None:
        """Outside DEMO the site may be reached by others: there the passwords are random."""
        if settings.DEMO:
            sign_ins = demo_sign_ins.make_sign_ins(lambda: demo_sign_ins.DEMO_PASSWORD)
        else:
            sign_ins = demo_sign_ins.make_sign_ins()
        self.stdout.write("Sign-ins for the admin:")
        for sign_in in sign_ins:
            password = sign_in.password or "(was there already, with its own password)"
            self.stdout.write(f"  {sign_in.title:<14} {sign_in.email:<24} {password}")
