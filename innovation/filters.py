"""What people narrow a list by: keys, choices and validation of the address, once."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from innovation import catalogue, search
from innovation.models import (
    Category,
    Challenge,
    GlobalGoal,
    Initiative,
    Organisation,
    Sector,
    Status,
    Technology,
)
from innovation.models.initiative import MONEY_MAX_SEK, YEAR_MAX, YEAR_MIN

MAX_VALUES_PER_KEY = 60
MAX_SEARCH_LENGTH = 200


class SlugsField(forms.ModelMultipleChoiceField):
    """Slugs from the address. Unknown ones narrow nothing; `unknown_slugs()` names them, so that
    the page can say so instead of failing."""

    def clean(self, value):
        wanted = split_slugs(value)
        known = set(self.queryset.filter(slug__in=wanted).values_list("slug", flat=True))
        return super().clean([slug for slug in wanted if slug in known])


class SlugsFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = SlugsField

    def __init__(self, **kwargs):
        super().__init__(to_field_name="slug", **kwargs)


def split_slugs(values) -> list[str]:
    """At most MAX_VALUES_PER_KEY different values, in order, without what can't be a slug."""
    clean = (value.replace("\x00", "")[:120] for value in values or [])
    return list(dict.fromkeys(value for value in clean if value))[:MAX_VALUES_PER_KEY]


def visible_drivers(request):
    driving = Initiative.objects.visible().values("driven_by")
    return Organisation.objects.visible().filter(pk__in=driving)


def visible_partners(request):
    visible = Initiative.objects.visible()
    partners = Initiative.partners.through.objects.filter(initiative__in=visible)
    participants = Initiative.participants.through.objects.filter(initiative__in=visible)
    return Organisation.objects.visible().filter(
        Q(pk__in=partners.values("organisation")) | Q(pk__in=participants.values("organisation"))
    )


def visible_challenges(request):
    return Challenge.objects.visible()


class InitiativeFilter(django_filters.FilterSet):
    """The keys of the catalogue's address. Repeated keys are OR, different keys AND."""

    q = django_filters.CharFilter(label=_("Search"), method="search", max_length=MAX_SEARCH_LENGTH)
    status = SlugsFilter(
        label=_("Status"), queryset=Status.objects.all(), field_name="status__slug"
    )
    challenge = SlugsFilter(
        label=_("Challenge"), queryset=visible_challenges, field_name="challenge__slug"
    )
    category = SlugsFilter(
        label=_("Category"), queryset=Category.objects.all(), field_name="category__slug"
    )
    sector = SlugsFilter(
        label=_("Sector"), queryset=Sector.objects.all(), field_name="sectors__slug"
    )
    technology = SlugsFilter(
        label=_("Technology"), queryset=Technology.objects.all(), field_name="technologies__slug"
    )
    goal = SlugsFilter(
        label=_("Global Goal"), queryset=GlobalGoal.objects.all(), field_name="global_goals__slug"
    )
    driven_by = SlugsFilter(
        label=_("Driven by"), queryset=visible_drivers, field_name="driven_by__slug"
    )
    partner = SlugsFilter(
        label=_("Partner or taking part"), queryset=visible_partners, method="joined_by"
    )
    budget_min = django_filters.NumberFilter(
        label=_("Estimated budget from, SEK"),
        field_name="estimated_budget_sek",
        lookup_expr="gte",
        min_value=0,
        max_value=MONEY_MAX_SEK,
    )
    budget_max = django_filters.NumberFilter(
        label=_("Estimated budget to, SEK"),
        field_name="estimated_budget_sek",
        lookup_expr="lte",
        min_value=0,
        max_value=MONEY_MAX_SEK,
    )
    year = django_filters.NumberFilter(
        label=_("Started in"), field_name="start_year", min_value=YEAR_MIN, max_value=YEAR_MAX
    )
    open_for_schools = django_filters.BooleanFilter(
        label=_("Open for schools"), method="only_open_for_schools", widget=forms.CheckboxInput
    )
    stated = django_filters.BooleanFilter(
        label=_("Only what a source states"), method="decided_elsewhere", widget=forms.CheckboxInput
    )
    examples = django_filters.BooleanFilter(
        label=_("Show the invented examples too"),
        method="decided_elsewhere",
        widget=forms.CheckboxInput,
    )

    class Meta:
        model = Initiative
        fields = []

    @property
    def choices(self) -> catalogue.Choices:
        """The valid part of the address, for `catalogue.find()`."""
        self.form.is_valid()
        data = self.form.cleaned_data
        return catalogue.Choices(
            q=data.get("q", ""),
            facets={
                key: tuple(row.slug for row in data[key])
                for key in catalogue.FACETS
                if data.get(key)
            },
            budget_min=data.get("budget_min"),
            budget_max=data.get("budget_max"),
            year=data.get("year"),
            open_for_schools=bool(data.get("open_for_schools")),
            stated=bool(data.get("stated")),
            examples=bool(data.get("examples")),
            sort=catalogue.known_sort(self.data.get("sort", ""), data.get("q", "")),
            page=catalogue.known_page(self.data.get("page", "")),
        )

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("stated"):
            for key in catalogue.FACETS:
                if self.form.cleaned_data.get(key):
                    found = found.with_stated(catalogue.FACETS[key].field)
        if not self.form.cleaned_data.get("examples"):
            found = found.without_examples()
        return found

    def search(self, queryset, name, value):
        return queryset.filter(pk__in=search.matching_ids(value))

    def joined_by(self, queryset, name, value):
        return queryset.joined_by([row.slug for row in value]) if value else queryset

    def only_open_for_schools(self, queryset, name, value):
        return queryset.filter(open_for_schools=True) if value else queryset

    def decided_elsewhere(self, queryset, name, value):
        """`stated` and `examples` depend on the other keys: see `filter_queryset`."""
        return queryset
