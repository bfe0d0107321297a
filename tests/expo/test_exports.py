import csv
from datetime import date
from io import StringIO

import pytest

from expo.choices import Attendance, OccasionStatus
from expo.exports import COLUMNS, RELATIONS, as_csv
from expo.feed_rows import rows
from expo.models import Occasion
from tests.builders import make_organisation
from tests.expo.builders import (
    make_access_feature,
    make_audience,
    make_event,
    make_expo,
    make_occasion,
    make_theme,
    make_venue,
)

pytestmark = pytest.mark.django_db


def written() -> bytes:
    return as_csv(rows(Occasion.objects.all(), *RELATIONS))


def table() -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(written().decode("utf-8-sig"), newline="")))


def test_table_begins_with_the_mark_and_the_names_of_its_columns():
    assert written() == b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n"


def test_row_has_every_fact():
    one, two = make_access_feature(slug="hiss"), make_access_feature(slug="slinga")
    venue = make_venue(slug="kajen", access_features=[one], street_address="Kajen 1")
    event = make_event(
        expo=make_expo(is_example=True),
        title_sv='Segla, "ro"; paddla\npå sundet',
        theme=make_theme(slug="hav"),
        organiser=make_organisation(slug="staden"),
        hosts=[make_organisation(slug="hamnen"), make_organisation(slug="bolaget")],
        audiences=[make_audience(slug="familjer")],
        access_features=[one, two],
        languages=["sv", "en"],
        attendance=Attendance.BOTH,
        online_url="https://example.org/strom",
        min_age=6,
        price_sek=0,
    )
    occasion = make_occasion(event=event, venue=venue, capacity=20, seats_held=5)

    (row,) = table()

    facts = {
        "uid": str(occasion.uid),
        "title_sv": 'Segla, "ro"; paddla\npå sundet',
        "theme": "hav",
        "first_day": "2022-06-01",
        "starts_at": "2022-06-01T10:00:00+02:00",
        "ends_at": "2022-06-01T11:00:00+02:00",
        "organiser": "staden",
        "hosts": "bolaget;hamnen",
        "audiences": "familjer",
        "access_features": "hiss;slinga",
        "languages": "sv;en",
        "online_url": "https://example.org/strom",
        "min_age": "6",
        "max_age": "",
        "price_sek": "0",
        "venue": "kajen",
        "area": venue.area.slug,
        "latitude": "56.0464",
        "capacity": "20",
        "seats_left": "15",
        "is_example": "true",
    }
    assert {name: row[name] for name in facts} == facts
    assert row["url"].endswith(occasion.get_absolute_url())


def test_unknown_facts_are_empty():
    make_occasion(starts_at=None, first_day=date(2022, 6, 1), venue=None)

    (row,) = table()

    unknown = ("starts_at", "ends_at", "venue", "area", "latitude", "price_sek", "seats_left")
    assert {row[name] for name in unknown} == {""}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n", "＝"])
def test_text_is_never_a_formula(start):
    make_occasion(event=make_event(title_sv=f"{start}cmd|' /C calc'!A0"))

    (row,) = table()

    assert row["title_sv"] == f"'{start}cmd|' /C calc'!A0"


def test_number_below_zero_stays_a_number():
    make_occasion(venue=make_venue(latitude=-33.9, longitude=-70.5))

    (row,) = table()

    assert (row["latitude"], row["longitude"]) == ("-33.9", "-70.5")


def test_cancelled_occasion_has_its_reason():
    make_occasion(status=OccasionStatus.CANCELLED, reason_sv="Storm.")

    (row,) = table()

    assert (row["status"], row["reason_sv"]) == ("cancelled", "Storm.")


def test_organisation_that_is_not_shown_is_not_named():
    hidden = make_organisation(visibility="draft")
    make_occasion(event=make_event(organiser=hidden, hosts=[hidden]))

    (row,) = table()

    assert (row["organiser"], row["hosts"]) == ("", "")
