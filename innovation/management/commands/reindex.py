"""Writes what the search reads of every initiative anew."""

from django.core.management.base import BaseCommand
from django.db import transaction

from innovation.models import Initiative


class Command(BaseCommand):
    help = (
        "Writes what the search reads anew: after raw SQL or loaddata, and after an upgrade that "
        "changed how words are read. Anything else keeps it itself."
    )

    @transaction.atomic
    def handle(self, *args, **options):
        keys = Initiative.objects.order_by("pk").values_list("pk", flat=True)
        Initiative.write_search_texts(keys)
        self.stdout.write(f"{len(keys)} initiatives")
