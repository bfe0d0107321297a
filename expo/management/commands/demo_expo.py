"""Move the invented edition when it has passed."""

from django.core.management.base import BaseCommand

from expo.demonstration import moving


class Command(BaseCommand):
    help = "Moves the invented edition to the first Monday at least 21 days ahead, once it is over."

    def handle(self, **options):
        expo, days = moving.move_when_passed()
        if expo is None:
            self.stdout.write("There is no invented edition: load it with load_demo_expo.")
        elif days:
            self.stdout.write(f"Moved by {days} days: {expo.starts_on} to {expo.ends_on}.")
        else:
            self.stdout.write(f"It lasts until {expo.ends_on}: nothing to move.")
