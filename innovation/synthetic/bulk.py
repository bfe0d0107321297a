"""Many rows at once, three times as fast as `bulk_create()`: no objects, one statement.

Nothing of what `save()` does is done: dates, cleaning and keys are those of the rows.
"""

from collections.abc import Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

from innovation.changes import content_changed


def insert(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> None:
    """Insert `rows`, which name the model's columns as attributes (`status_id`); what they leave
    out gets its default. All rows name the same."""
    if not rows:
        return
    named = [f for f in model._meta.concrete_fields if f.attname in rows[0] or not f.primary_key]
    defaults = {field.attname: field.get_default() for field in named}
    # Text and numbers go as they are, the rest in the form of the database.
    prepared = [
        (field.attname, None if isinstance(field, _PLAIN) else field.get_db_prep_save)
        for field in named
    ]
    parameters = [
        tuple(
            prepare(values[name], connection) if prepare else values[name]
            for name, prepare in prepared
        )
        for values in (defaults | row for row in rows)
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in named)
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in parameters:
                    copy.write_row(row)
            # Copying passes what notices other writes.
            content_changed()
        else:
            places = ", ".join(["%s"] * len(named))
            into = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - our own names
            cursor.executemany(into, parameters)


_PLAIN = (
    models.BooleanField,
    models.CharField,
    models.FloatField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)


def count_on(*tables: type[models.Model]) -> None:
    """Let the database go on from the keys that were given to it (PostgreSQL asks for that)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
