"""What people narrow a list by: keys, choices and validation of the address, once.

`InitiativeFilter.read()` is the way of the public pages: it takes an address apart with the
filters' own fields, without a form and without SQL. A whole filter set (`.qs`) is for the admin,
exports and tests. A property test holds the two equal.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from innovation import catalogue, snapshot
from innovation.facets import FACETS, STATED_BY
from innovation.list_address import ListAddress
from innovation.models import Initiative, SlugRedirect
from innovation.models.initiative import MONEY_MAX_SEK, YEAR_MAX, YEAR_MIN
from innovation.snapshot import Snapshot

# Of a hostile address with 10 000 values, the first few are read.
MAX_VALUES_PER_KEY, MAX_VALUES_READ = 60, 200
MAX_SEARCH_LENGTH = 200
# Each is told of with a link that holds all the others.
MAX_UNKNOWN = 10
SHAPES = ("cards", "list", "table")
_FLAGS = ("open_for_schools", "stated", "examples")
_NUMBERS = ("budget_min", "budget_max", "year")


@dataclass(frozen=True)
class Asked(ListAddress):
    """What one address of the catalogue asks for; `choices` are `catalogue.Choices`."""

    shape: str = SHAPES[0]

    facet_keys = tuple(FACETS)
    plain_keys = (*_NUMBERS, *_FLAGS, "sort")
    shapes = SHAPES

    def default(self, key: str) -> str:
        return catalogue.known_sort("", self.choices.q) if key == "sort" else super().default(key)


def _put_in_order(numbers: dict) -> None:
    """Whoever writes the larger limit first means the same."""
    limits = [numbers.get(key) for key in ("budget_min", "budget_max")]
    if None not in limits:
        numbers["budget_min"], numbers["budget_max"] = sorted(limits)


def one_line(text: str) -> str:
    """Without control characters and halves of characters, which neither page nor URL can hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def unknown_looks(query: QueryDict, **known: Iterable[str]) -> list[tuple[str, str]]:
    """Of the keys that say how the list looks, those with a value that none of `known` is."""
    asked = ((key, one_line(query.get(key, "")[:40])) for key in known)
    return [(key, value) for key, value in asked if value and value not in known[key]]


def split_slugs(values) -> list[str]:
    """At most MAX_VALUES_PER_KEY different values, in order, each as short as a slug can be."""
    clean = (one_line(value[:120]) for value in (values or [])[:MAX_VALUES_READ])
    return list(dict.fromkeys(value for value in clean if value))[:MAX_VALUES_PER_KEY]


def unfolded_in(query: QueryDict, groups: Iterable[str]) -> tuple[str, ...]:
    """Which of the panel's `groups` are to be shown whole: "unfold" without what is to "fold"."""
    if "unfold" not in query:
        return ()
    wanted = {*query.getlist("unfold")[:MAX_VALUES_READ]} - {*query.getlist("fold")}
    return tuple(key for key in groups if key in wanted)


class SlugsField(forms.ModelMultipleChoiceField):
    """Slugs from the address, also those of before a renaming. Unknown ones narrow nothing; a
    page says so (`Asked.unknown`)."""

    def clean(self, value):
        wanted = split_slugs(value)
        known = set(self.queryset.filter(slug__in=wanted).values_list("slug", flat=True))
        if others := set(wanted) - known:
            redirects = SlugRedirect.objects.filter(
                model=self.queryset.model._meta.model_name, old_slug__in=others
            )
            renamed = self.queryset.filter(pk__in=redirects.values("object_id"))
            known |= set(renamed.values_list("slug", flat=True))
        return super().clean(sorted(known))


class SlugsFilter(django_filters.ModelMultipleChoiceFilter):
    """The options of one of the FACETS."""

    field_class = SlugsField

    def __init__(self, *, key: str, **kwargs):
        facet = FACETS[key]
        super().__init__(
            to_field_name="slug",
            field_name=f"{facet.field}__slug",
            queryset=lambda request: facet.options(),
            **kwargs,
        )


class KronorField(forms.IntegerField):
    """As people write money: 500 000, 500.000 kr, SEK 500,000."""

    def to_python(self, value):
        if isinstance(value, str):
            value = re.sub(r"\s|kr(?:onor)?\b\.?|sek\b|:-", "", value.casefold())
            value = re.sub(r"(?<=\d)[.,](?=\d{3}(?:\D|$))", "", value)
        return super().to_python(value)


class KronorFilter(django_filters.NumberFilter):
    field_class = KronorField


class WholeNumberFilter(django_filters.NumberFilter):
    field_class = forms.IntegerField


class FlagFilter(django_filters.BooleanFilter):
    """Ticked or not: "0" and "false" are not, as a box that isn't there."""

    field_class = forms.BooleanField

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.TextInput, **kwargs)


class OneLineField(forms.CharField):
    def clean(self, value):
        return one_line(value or "")[:MAX_SEARCH_LENGTH]


class OneLineFilter(django_filters.CharFilter):
    field_class = OneLineField


class InitiativeFilter(django_filters.FilterSet):
    """The keys of the catalogue's address. Repeated keys are OR, different keys AND."""

    q = OneLineFilter(label=_("Search"), method="search")
    status = SlugsFilter(label=_("Status"), key="status")
    challenge = SlugsFilter(label=_("Challenge"), key="challenge")
    category = SlugsFilter(label=_("Category"), key="category")
    sector = SlugsFilter(label=_("Sector"), key="sector")
    technology = SlugsFilter(label=_("Technology"), key="technology")
    goal = SlugsFilter(label=_("Global Goal"), key="goal")
    driven_by = SlugsFilter(label=_("Driven by"), key="driven_by")
    partner = SlugsFilter(label=_("Partner or taking part"), key="partner", method="joined_by")
    budget_min = KronorFilter(
        label=_("Estimated budget from, SEK"),
        field_name="estimated_budget_sek",
        lookup_expr="gte",
        min_value=0,
        max_value=MONEY_MAX_SEK,
    )
    budget_max = KronorFilter(
        label=_("Estimated budget to, SEK"),
        field_name="estimated_budget_sek",
        lookup_expr="lte",
        min_value=0,
        max_value=MONEY_MAX_SEK,
    )
    year = WholeNumberFilter(
        label=_("Started in"), field_name="start_year", min_value=YEAR_MIN, max_value=YEAR_MAX
    )
    open_for_schools = FlagFilter(label=_("Open for schools"), method="only_open_for_schools")
    stated = FlagFilter(label=_("Count only what a source states"), method="decided_elsewhere")
    examples = FlagFilter(label=_("Show the invented examples too"), method="decided_elsewhere")

    class Meta:
        model = Initiative
        fields = []

    @classmethod
    def read(cls, query: QueryDict, snap: Snapshot | None = None) -> Asked:
        """What the address asks for, never an error: what can't be understood is named."""
        snap = snap or snapshot.current()
        options = snap.options
        unknown = []
        facets = {}
        for key in FACETS:
            wanted = split_slugs(query.getlist(key)) if key in query else ()
            wanted = list(dict.fromkeys(snap.called_now(key, slug) for slug in wanted))
            known = tuple(sorted(slug for slug in wanted if slug in options[key]))
            unknown += [(key, slug) for slug in wanted if slug not in options[key]]
            if known:
                facets[key] = known
        numbers = {key: cls._number(key, query[key], unknown) for key in _NUMBERS if key in query}
        _put_in_order(numbers)
        q = cls.base_filters["q"].field.clean(query.get("q"))
        choices = catalogue.Choices(
            q=q,
            facets=facets,
            **numbers,
            **{
                key: cls.base_filters[key].field.clean(query[key]) for key in _FLAGS if key in query
            },
            sort=catalogue.known_sort(query.get("sort", ""), q),
            page=catalogue.known_page(query.get("page", "")),
        )
        unknown += unknown_looks(query, sort=catalogue.SORTS, view=SHAPES)
        shape = query.get("view")
        shape = shape if shape in SHAPES else SHAPES[0]
        unfolded = unfolded_in(query, FACETS)
        return Asked(choices, shape, tuple(unknown[:MAX_UNKNOWN]), unfolded)

    @classmethod
    def _number(cls, key: str, value: str, unknown: list) -> int | None:
        """The whole number of the field `key`; what is none is added to `unknown`."""
        # Before it is read: what can't be must not look like what can, in an address or a key.
        value = one_line(value[:40])
        try:
            return cls.base_filters[key].field.clean(value)
        except forms.ValidationError:
            unknown.append((key, value))
            return None

    @property
    def choices(self) -> catalogue.Choices:
        self.form.is_valid()
        return self.read(self.data).choices

    def filter_queryset(self, queryset):
        _put_in_order(self.form.cleaned_data)
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("stated"):
            for key, field in STATED_BY.items():
                if self.form.cleaned_data.get(key):
                    found = found.with_stated(field)
        if not self.form.cleaned_data.get("examples"):
            found = found.without_examples()
        return found

    def search(self, queryset, name, value):
        examples = bool(self.form.cleaned_data.get("examples"))
        return queryset.filter(pk__in=catalogue.matching_ids(value, examples=examples))

    def joined_by(self, queryset, name, value):
        return queryset.joined_by([row.slug for row in value]) if value else queryset

    def only_open_for_schools(self, queryset, name, value):
        return queryset.filter(open_for_schools=True) if value else queryset

    def decided_elsewhere(self, queryset, name, value):
        """`stated` and `examples` depend on the other keys: see `filter_queryset`."""
        return queryset
