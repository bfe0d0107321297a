"""Ages, languages and days in words, in both languages."""

from datetime import date

import pytest
from django.utils import translation

from expo import wording
from expo.models import Event, Expo
from expo.strip import week_days, weeks_of


@pytest.mark.parametrize(
    ("youngest", "oldest", "words"),
    [
        (None, None, ""),
        (6, 12, "6–12 years"),
        (6, None, "from 6 years"),
        (None, 12, "up to 12 years"),
        (7, 7, "7 years"),
        (0, 3, "0–3 years"),
    ],
)
def test_ages_are_told_as_far_as_they_are_known(youngest, oldest, words):
    with translation.override("en"):
        assert wording.ages(Event(min_age=youngest, max_age=oldest)) == words


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "svenska, engelska"), ("en", "Swedish, English")]
)
def test_languages_are_named_and_unknown_codes_left_out(language, words):
    with translation.override(language):
        assert wording.languages(Event(languages=["sv", "en", "xx"])) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2022, 5, 30), date(2022, 7, 3), "30 May – 3 July 2022"),
        (date(2020, 11, 2), date(2020, 11, 6), "2–6 November 2020"),
        (date(2022, 5, 30), date(2022, 5, 30), "30 May 2022"),
        (date(2026, 12, 14), date(2027, 1, 17), "14 December 2026 – 17 January 2027"),
    ],
)
def test_days_repeat_no_month_or_year_that_is_the_same(first, last, words):
    with translation.override("en"):
        assert wording.days_between(first, last) == words


@pytest.mark.parametrize(("days", "words"), [(1, "tomorrow"), (2, "in 2 days"), (35, "in 35 days")])
def test_days_left_are_counted(days, words):
    with translation.override("en"):
        assert wording.days_left(days) == words


# ── The days as weeks ─────────────────────────────────────────────────────────
def weeks(first: date, last: date, totals=None, today=date(2022, 1, 1)):
    filled = dict.fromkeys(Expo(starts_on=first, ends_on=last).days, 0) | (totals or {})
    return weeks_of(Expo(starts_on=first, ends_on=last), filled, today)


def test_weeks_begin_on_monday_and_leave_the_days_outside_empty():
    (week,) = weeks(date(2022, 6, 1), date(2022, 6, 3))

    assert [day and day.date.day for day in week] == [None, None, 1, 2, 3, None, None]


@pytest.mark.parametrize(
    ("last", "count"), [(date(2022, 6, 5), 1), (date(2022, 6, 6), 2), (date(2022, 7, 3), 5)]
)
def test_weeks_are_as_many_as_are_touched(last, count):
    assert len(weeks(date(2022, 5, 30), last)) == count


def test_day_is_measured_against_the_fullest():
    first, second = date(2022, 5, 30), date(2022, 5, 31)

    (week,) = weeks(first, second, {first: 5, second: 20}, today=second)

    assert [(day.total, day.share, day.is_today, day.is_past) for day in week if day] == [
        (5, 25, False, True),
        (20, 100, True, False),
    ]


def test_edition_without_occasions_has_days_all_the_same():
    (week,) = weeks(date(2022, 5, 30), date(2022, 5, 31))

    assert [day.share for day in week if day] == [0, 0]


def test_week_days_begin_with_monday():
    with translation.override("en"):
        assert week_days()[0] == ("Monday", "Mon")
        assert week_days()[6] == ("Sunday", "Sun")
