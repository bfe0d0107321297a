"""The filters of a list as its page shows them: the panel to choose from, the chips to remove."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from innovation import catalogue
from innovation.filters import split_slugs

# The keys that are typed or ticked, and are shown as a chip when they are set.
_SINGLE = ("q", "budget_min", "budget_max", "year", "open_for_schools", "stated", "examples")


@dataclass(frozen=True)
class Option:
    slug: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    key: str
    label: str
    options: list[Option]

    @property
    def chosen_count(self) -> int:
        return sum(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Chip:
    """A chosen filter; `rest` is the query string without it."""

    text: str
    rest: str
    is_unknown: bool = False


def panel_groups(filterset, query) -> list[Group]:
    groups = []
    for key in catalogue.FACETS:
        chosen = set(query.getlist(key))
        field = filterset.form.fields[key]
        options = [Option(row.slug, str(row), row.slug in chosen) for row in field.queryset]
        if options:
            groups.append(Group(key, filterset.filters[key].label, options))
    return groups


def chosen_filters(filterset, query) -> list[Chip]:
    chips = []
    for key in catalogue.FACETS:
        known = {row.slug: str(row) for row in filterset.form.cleaned_data.get(key) or []}
        label = filterset.filters[key].label
        for slug in split_slugs(query.getlist(key)):
            rest = _without(query, key, slug)
            if slug in known:
                chips.append(Chip(f"{label}: {known[slug]}", rest))
            else:
                text = _("%(label)s: “%(value)s” doesn’t exist")
                chips.append(Chip(text % {"label": label, "value": slug[:40]}, rest, True))
    for key in _SINGLE:
        value = filterset.form.cleaned_data.get(key)
        if value not in (None, "", False):
            label = filterset.filters[key].label
            text = str(label) if value is True else f"{label}: {value}"
            chips.append(Chip(text, _without(query, key)))
    return chips


def _without(query, key: str, value: str | None = None) -> str:
    """The query string without `key`, or without one of its values; a new set starts at page 1."""
    rest = query.copy()
    rest.pop("page", None)
    kept = [other for other in rest.getlist(key) if value is not None and other != value]
    rest.setlist(key, kept) if kept else rest.pop(key, None)
    return rest.urlencode()
