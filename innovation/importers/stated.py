"""The ground of rows and parts: what a source says, and what it says nothing of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Final

from django.db import models


class Keep:
    """The source says nothing: whatever the database holds stays."""

    def __repr__(self):
        return "KEEP"


KEEP: Final = Keep()
Text = str | Keep
Number = int | None | Keep
Flag = bool | Keep
Names = Sequence[str] | Keep  # of fields, or other words
Link = str | None | Keep  # the key of another row
Links = Sequence[str] | Keep


@dataclass(frozen=True)
class AttachedFile:
    """A file to be stored as `name`; `make` gives its bytes and is called only when it is needed.

    Two files with the same name are taken to be the same: a source that changes the content
    changes the name.
    """

    name: str
    make: Callable[[], bytes]


class Stated:
    """What rows and parts share: the fields that the source says something of."""

    model: ClassVar[type[models.Model]]

    def stated(self) -> dict[str, Any]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not KEEP}
