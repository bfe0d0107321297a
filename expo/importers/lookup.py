"""What sources name by its words: organisations, access features, audiences and venues we hold."""

from dataclasses import dataclass, field

from expo.models import AccessFeature, Audience, Venue
from innovation.models import Organisation


@dataclass(frozen=True)
class Names:
    """Slugs by name, whatever its capitals; `Names()` knows nothing."""

    organisations: dict[str, str] = field(default_factory=dict)
    access_features: dict[str, str] = field(default_factory=dict)
    audiences: dict[str, str] = field(default_factory=dict)
    venues: dict[str, str] = field(default_factory=dict)

    @classmethod
    def held(cls) -> "Names":
        """Four queries."""
        return cls(
            organisations=_by_words(Organisation, "name_sv", "name_en", "short_name"),
            access_features=_by_words(AccessFeature, "name_sv", "name_en", "aliases"),
            audiences=_by_words(Audience, "name_sv", "name_en"),
            venues=_by_words(Venue, "name_sv", "name_en"),
        )


def named(known: dict[str, str], name: str) -> str | None:
    return known.get(" ".join(str(name).split()).casefold())


def _by_words(model, *fields: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for slug, *values in model._default_manager.order_by("pk").values_list("slug", *fields):
        for value in values:
            for word in value if isinstance(value, list) else [value]:
                if word:
                    found.setdefault(" ".join(word.split()).casefold(), slug)
    return found
