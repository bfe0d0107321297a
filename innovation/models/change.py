"""How often each machine has changed the content, for the other machines."""

from django.db import models


class ContentVersion(models.Model):
    """One row a machine. `innovation/changes.py` alone reads and writes it."""

    machine = models.CharField(max_length=200, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return f"{self.machine}: {self.number}"
