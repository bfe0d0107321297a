"""The personal data that the catalogue keeps of contacts, and how it is erased."""

import logging

from django.apps import apps
from django.db import models, transaction

from innovation.models import OutboxMessage
from innovation.models.base import Contact

log = logging.getLogger(__name__)


def contact_models() -> list[type[models.Model]]:
    """Every table of contacts, those of later apps too."""
    return [model for model in apps.get_models() if issubclass(model, Contact)]


@transaction.atomic
def erase_contact(email: str, *, dry_run: bool = False) -> list[str]:
    """Delete every contact with `email`, whatever its capitals, and mail to it in the outbox.

    Returns a line for each row, such as "initiative contact: lugna-bussen", to show once; the
    log keeps the count alone. With `dry_run` nothing is deleted.
    """
    erased = []
    for model in contact_models():
        for contact in _with_email(model.objects.all(), email, "email"):
            erased.append(_line(contact))
            if not dry_run:
                contact.delete()
    for message in _with_email(OutboxMessage.objects.filter(kind="mail"), email, "payload__to"):
        erased.append(_line(message))
        if not dry_run:
            message.delete()
    if erased and not dry_run:
        log.warning("erased %s rows about one contact, on request", len(erased))
    return erased


def _with_email(rows: models.QuerySet, email: str, field: str) -> list[models.Model]:
    # Compared here: SQLite knows the capitals of a–z alone.
    wanted = email.strip().casefold()
    if not wanted:  # many contacts have no address
        return []
    pairs = rows.values_list("pk", field)
    found = [pk for pk, address in pairs.iterator() if (address or "").casefold() == wanted]
    return list(rows.filter(pk__in=found))


def _line(row: models.Model) -> str:
    owners = [
        getattr(row, field.name)
        for field in row._meta.fields
        if isinstance(field, models.ForeignKey) and getattr(row, field.name) is not None
    ]
    where = ", ".join(owner.slug for owner in owners) or f"number {row.pk}"
    return f"{row._meta.verbose_name} ({row._meta.model_name}): {where}"
