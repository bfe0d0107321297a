"""Tells the site that the content has been changed by something else than Django."""

from django.core.management.base import BaseCommand

from innovation import changes


class Command(BaseCommand):
    help = "Tells the running site that its content was changed by hand, as with psql."

    def handle(self, *args, **options):
        changes.content_changed()
        self.stdout.write("The pages are made anew from now on.")
