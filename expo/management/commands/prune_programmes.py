"""Deletes programmes without an account, 90 days after their expo; the worker does so too."""

from django.core.management.base import BaseCommand

from expo import programmes


class Command(BaseCommand):
    help = "Deletes the programmes whose expo ended more than 90 days ago."

    def handle(self, *args, **options):
        self.stdout.write(f"{programmes.prune()} programmes deleted")
