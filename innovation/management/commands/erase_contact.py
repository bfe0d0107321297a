"""Erases a contact's personal data, as the person may ask for."""

from django.core.management.base import BaseCommand

from innovation.contacts import erase_contact


class Command(BaseCommand):
    help = "Erases every contact with this e-mail address, and the mail to it, and says where."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be erased")

    def handle(self, *args, email, dry_run, **options):
        erased = erase_contact(email, dry_run=dry_run)
        for line in erased:
            self.stdout.write(line)
        self.stdout.write(f"{len(erased)} {'would be erased' if dry_run else 'erased'}")
