"""Statements that are put together once for each connection, not each time that they are sent.

The ORM needs several times as long to put together what reads a few rows as the database needs to
read them; whoever asks for the first page after a change waits for it.
"""

from collections.abc import Callable, Collection, Iterable

from django.db import connection
from django.db.models import Model, QuerySet

_IN = "IN (%s)"
_KEPT = "innovation_prepared"


class ByKeys:
    """A queryset that is narrowed to some keys. `read` gives all of it; `column` has the keys."""

    def __init__(self, read: Callable[[], QuerySet], column: str = "pk"):
        self._read, self._column = read, column

    def values(self, keys: Collection[int]) -> list[Iterable]:
        """The rows with these keys, in any order: the values of `values_list()`, of all fields
        without it."""
        if not keys:
            return []
        compiler, sql, params, converters = self._statement()
        sql = sql.replace(_IN, f"IN ({', '.join(['%s'] * len(keys))})")
        with connection.cursor() as cursor:
            cursor.execute(sql, [*params, *keys])
            rows = cursor.fetchall()
        return list(compiler.apply_converters(rows, converters)) if converters else rows

    def objects(self, keys: Collection[int]) -> dict[int, Model]:
        """By key, for a queryset without `values_list()`."""
        model = self._read().model
        names = [field.attname for field in model._meta.concrete_fields]
        rows = (model.from_db(connection.alias, names, row) for row in self.values(keys))
        return {row.pk: row for row in rows}

    def _statement(self) -> tuple:
        # With the connection, which the converters belong to.
        kept = getattr(connection, _KEPT, None)
        if kept is None:
            kept = {}
            setattr(connection, _KEPT, kept)
        if self not in kept:
            query = self._read().filter(**{f"{self._column}__in": [0]}).query
            compiler = query.get_compiler(connection=connection)
            sql, (*params, _) = compiler.as_sql()
            if not sql.rstrip(")").endswith(_IN.rstrip(")")) or sql.count(_IN) != 1:
                raise ValueError(f"the keys are not the last parameter: {sql}")
            converters = compiler.get_converters([column for column, *_ in compiler.select])
            kept[self] = compiler, sql, params, converters
        return kept[self]
