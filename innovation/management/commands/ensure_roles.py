"""Give the groups of editors and moderators their permissions."""

from django.core.management.base import BaseCommand

from innovation.permissions import ensure_roles


class Command(BaseCommand):
    help = "Makes the groups Editors and Moderators, or puts their permissions right."

    def handle(self, *args, **options):
        for name, group in ensure_roles().items():
            self.stdout.write(f"{name}: {group.permissions.count()} permissions")
