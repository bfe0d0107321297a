"""What initiatives can be narrowed by: the keys of the catalogue's address that have options."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from innovation.models import (
    Category,
    Challenge,
    GlobalGoal,
    Organisation,
    Sector,
    Status,
    Technology,
)


@dataclass(frozen=True)
class Facet:
    """`relations`: the initiative's fields whose rows are the options. The first one's name
    stands in `inferred_fields` when its value was concluded and not stated."""

    relations: tuple[str, ...]
    options: Callable[[], QuerySet]

    @property
    def field(self) -> str:
        return self.relations[0]


FACETS = {
    "status": Facet(("status",), Status.objects.all),
    "category": Facet(("category",), Category.objects.all),
    "challenge": Facet(("challenge",), lambda: Challenge.objects.visible()),
    "driven_by": Facet(("driven_by",), lambda: Organisation.objects.visible()),
    "sector": Facet(("sectors",), Sector.objects.all),
    "technology": Facet(("technologies",), Technology.objects.all),
    "goal": Facet(("global_goals",), GlobalGoal.objects.all),
    "partner": Facet(("partners", "participants"), lambda: Organisation.objects.visible()),
}
# By key: the field that stands in `inferred_fields` when its value was concluded.
STATED_BY = {**{key: facet.field for key, facet in FACETS.items()}, "year": "start_year"}
