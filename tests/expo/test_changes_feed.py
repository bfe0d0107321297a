from xml.etree import ElementTree

import pytest
from django.utils import translation

from expo.changes_feed import as_atom, changes_of
from expo.choices import OccasionStatus
from innovation.choices import Visibility
from tests.expo.builders import at, make_event, make_expo, make_occasion, make_venue

pytestmark = pytest.mark.django_db

ADDRESS = "https://example.org/en/expo/massan/changes.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def expo():
    return make_expo()


@pytest.fixture
def occasion(expo):
    return make_occasion(event=make_event(expo=expo, title_en="Sailing"))


def feed(expo) -> ElementTree.Element:
    return ElementTree.fromstring(as_atom(expo, changes_of(expo), address=ADDRESS))


def titles(expo) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in feed(expo).findall(f"{ATOM}entry")]


def change(occasion, **fields) -> None:
    for name, value in fields.items():
        setattr(occasion, name, value)
    occasion.save()


MOVED = {"starts_at": at("2022-06-02 14:00"), "ends_at": at("2022-06-02 15:30")}
CANCELLED = {"status": OccasionStatus.CANCELLED, "reason_sv": "Storm.", "reason_en": "A gale."}


def test_what_is_new_is_no_change(expo, occasion):
    found = feed(expo)

    assert found.findall(f"{ATOM}entry") == []
    assert found.findtext(f"{ATOM}updated") == expo.created_at.isoformat(timespec="seconds")


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        (MOVED, "New time: Sailing"),
        (CANCELLED, "Cancelled: Sailing"),
        ({**MOVED, **CANCELLED}, "Cancelled: Sailing"),
        ({"status": OccasionStatus.MOVED}, "Moved: Sailing"),
        ({"venue": None}, "New venue: Sailing"),
        ({**MOVED, "venue": None}, "New time and venue: Sailing"),
    ],
)
def test_change_is_told_in_its_title(expo, occasion, fields, title):
    change(occasion, **fields)

    assert titles(expo) == [title]


def test_newest_change_comes_first_and_one_back_on_is_told(expo, occasion):
    change(occasion, **CANCELLED)
    change(occasion, status=OccasionStatus.SCHEDULED)

    assert titles(expo) == ["Takes place after all: Sailing", "Cancelled: Sailing"]


def test_entry_says_how_it_is_and_how_it_was(expo, occasion):
    before = occasion.venue.name_en
    change(occasion, **MOVED, venue=make_venue(name_en="The quay"))

    (entry,) = feed(expo).findall(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}content") == (
        "When: Thursday 2 June 2022, 14:00–15:30. Before: Wednesday 1 June 2022, 10:00–11:00. "
        f"Where: The quay. Before: {before}."
    )


def test_reason_is_told_of_the_latest_change_alone(expo, occasion):
    change(occasion, **MOVED)
    change(occasion, **CANCELLED)

    told = [entry.findtext(f"{ATOM}content") for entry in feed(expo).findall(f"{ATOM}entry")]

    assert [text.endswith("Why: A gale.") for text in told] == [True, False]


def test_entries_keep_their_identity_when_more_is_changed(expo, occasion):
    change(occasion, **MOVED)
    (first,) = feed(expo).findall(f"{ATOM}entry")
    change(occasion, **CANCELLED)

    second, again = feed(expo).findall(f"{ATOM}entry")

    assert again.findtext(f"{ATOM}id") == first.findtext(f"{ATOM}id")
    assert second.findtext(f"{ATOM}id") != first.findtext(f"{ATOM}id")
    assert again.findtext(f"{ATOM}updated") == first.findtext(f"{ATOM}updated")


def test_feed_names_itself_its_page_and_when_it_changed(expo, occasion):
    change(occasion, **MOVED)

    found = feed(expo)

    links = {link.get("rel"): link.get("href") for link in found.findall(f"{ATOM}link")}
    assert links["self"] == ADDRESS
    assert links["alternate"].endswith(expo.get_absolute_url())
    assert found.findtext(f"{ATOM}updated") == occasion.revised_at.isoformat(timespec="seconds")
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_change_of_what_is_hidden_is_not_told(expo, occasion):
    change(occasion, **MOVED)
    occasion.event.visibility = Visibility.WITHDRAWN
    occasion.event.save()

    assert titles(expo) == []


@pytest.mark.parametrize("count", [1, 3])
def test_changes_query_count_does_not_grow(expo, count, django_assert_num_queries):
    for _ in range(count):
        change(make_occasion(event=make_event(expo=expo)), venue=make_venue())

    # Revisions, their occasions, events, expo and venues; how it was before, and those venues.
    with django_assert_num_queries(7):
        found = changes_of(expo)

    assert len(found) == count
