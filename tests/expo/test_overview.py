"""Every number on the pages of an edition is of what its programme shows under the same choice."""

import random
from datetime import date, timedelta

import pytest

from expo import overview
from expo.choices import OccasionKind, OccasionStatus
from expo.finding import Choices, find
from tests.expo.builders import at, make_area, make_event, make_expo, make_occasion, make_theme
from tests.expo.builders import make_venue as make_place

pytestmark = pytest.mark.django_db

MOMENTS = {"before": "2022-05-20 12:00", "during": "2022-06-03 12:00", "after": "2022-08-01 12:00"}


@pytest.fixture
def edition():
    """Forty occasions of all kinds, on all days, in places with and without an area."""
    chance = random.Random(22)
    areas, themes = [make_area(), make_area()], [make_theme(), make_theme(), None]
    expo = make_expo(areas=areas)
    venues = [make_place(area=area) for area in (*areas, areas[0], None)] + [None]
    for number in range(40):
        event = make_event(expo=expo, theme=chance.choice(themes), is_example=number % 13 == 7)
        _make_some_occasion(chance, event, chance.choice(venues), number)
    return expo


def _make_some_occasion(chance, event, venue, number):
    day = event.expo.starts_on + timedelta(days=chance.randrange(12))
    fields = {"event": event, "venue": venue, "kind": chance.choice(OccasionKind.values)}
    if number % 5 == 0:
        last = day + timedelta(days=chance.choice((0, 4)))
        fields |= {"starts_at": None, "first_day": day, "last_day": last}
    else:
        fields["starts_at"] = at(f"{day} {chance.randrange(9, 20):02}:00")
    if number % 7 == 3:
        fields |= {"status": OccasionStatus.CANCELLED, "reason_sv": "Regn."}
    make_occasion(**fields)


@pytest.mark.parametrize("phase", MOMENTS)
def test_numbers_are_those_of_the_programme(edition, phase):
    now = at(MOMENTS[phase])
    since = overview.since_of(edition, now.date())

    numbers = overview.of(edition, since=since)

    def total(**facets):
        chosen = Choices(facets={key: (row.slug,) for key, row in facets.items()})
        return find(chosen, expo=edition, now=now).total

    assert overview.phase_of(edition, now.date()) == phase
    assert numbers.total == total()
    assert {area.pk: numbers.areas[area.pk] for area in edition.areas.all()} == {
        area.pk: total(area=area) for area in edition.areas.all()
    }
    venues = {venue.pk: venue for area in edition.areas.all() for venue in area.venues.all()}
    assert {pk: numbers.venues[pk] for pk in venues} == {
        pk: total(venue=venue) for pk, venue in venues.items()
    }


@pytest.mark.parametrize("phase", MOMENTS)
def test_number_of_a_day_is_that_of_its_page(edition, phase):
    now = at(MOMENTS[phase])

    days = overview.of(edition, since=overview.since_of(edition, now.date())).days

    found = {day: find(Choices(), expo=edition, now=now, on_day=day).total for day in edition.days}
    assert {day: days[day] for day in edition.days} == found
    assert sum(found.values()) > 20


def test_what_is_cancelled_or_invented_is_in_no_number():
    expo = make_expo()
    event = make_event(expo=expo)
    make_occasion(event=event)
    make_occasion(event=event, status=OccasionStatus.CANCELLED, reason_sv="Regn.")
    make_occasion(event=make_event(expo=expo, is_example=True))

    numbers = overview.of(expo)

    assert (numbers.total, numbers.days.total()) == (1, 1)


def test_numbers_take_one_query(edition, django_assert_num_queries):
    with django_assert_num_queries(1):
        overview.of(edition, since=date(2022, 6, 3))
