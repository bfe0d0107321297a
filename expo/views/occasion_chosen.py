"""The chips of the programme: each choice that narrows it, as a link to what there is without."""

from expo.filters import LABELS, Asked
from expo.finding import FACETS, Choices
from expo.snapshot import Snapshot
from expo.times import short_day_name
from innovation.views.chosen import LOOKS, Chip, chips_of
from innovation.views.panel_groups import name_at

_FLAGS = ("age_unknown", "open_now", "drop_in", "online", "past")


def label_of(key: str) -> str:
    return str(LOOKS.get(key) or LABELS[key])


def chips(asked: Asked, snap: Snapshot, language: str) -> list[Chip]:
    choices = asked.choices
    days = (("from", choices.first_day), ("to", choices.last_day))
    told = [(key, short_day_name(day)) for key, day in days if day]
    company = (("age", choices.age), ("seats", choices.seats))
    told += [(key, value) for key, value in company if value is not None]
    return chips_of(asked, snap.options, label_of, told, _FLAGS, language)


def dropped(key: str, choices: Choices, snap: Snapshot, language: str) -> str:
    """What a choice that is taken away from an empty answer is called."""
    if key in FACETS:
        return ", ".join(name_at(snap.options, key, slug, language) for slug in choices.facets[key])
    if key == "dates":
        days = [day for day in (choices.first_day, choices.last_day) if day]
        return " – ".join(map(short_day_name, days))
    value = getattr(choices, key)
    if value is True:
        return label_of(key)
    return value if key == "q" else f"{label_of(key)}: {value}"
