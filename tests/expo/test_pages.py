"""The pages of an edition: what they show by time, what they count, and where they lead."""

import re
from datetime import date, timedelta

import pytest
from django.utils import translation

from expo.choices import OccasionStatus
from innovation.choices import Visibility
from tests.builders import make_initiative, make_organisation
from tests.expo.builders import (
    at,
    make_access_feature,
    make_area,
    make_event,
    make_expo,
    make_occasion,
    make_theme,
    make_venue,
)

pytestmark = pytest.mark.django_db

BEFORE, DURING, AFTER = (
    "2022-05-20 12:00+02:00",
    "2022-06-01 13:20+02:00",
    "2022-07-04 12:00+02:00",
)


def html_of(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def text_of(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub("<[^>]+>", " ", main).replace("\xad", "").replace("\xa0", " ").split())


def path_of(row) -> str:
    with translation.override("en"):
        return row.get_absolute_url()


# ── Which editions there are ──────────────────────────────────────────────────
def test_list_shows_what_comes_first_and_the_archive_below(client, time_machine):
    time_machine.move_to(DURING)
    years = {2019: "old", 2022: "now", 2023: "next", 2020: "older"}
    for year, slug in years.items():
        make_expo(slug=slug, starts_on=date(year, 5, 30), ends_on=date(year, 7, 3))

    html = html_of(client, "/en/expo/")

    assert re.findall(r'<h2><a href="/en/expo/(\w+)/"', html) == ["now", "next", "older", "old"]


@pytest.mark.parametrize("visibility", [Visibility.DRAFT, Visibility.IN_REVIEW])
def test_edition_that_is_not_public_is_nowhere(client, visibility):
    expo = make_expo(visibility=visibility)

    assert client.get(path_of(expo)).status_code == 404
    assert path_of(expo) not in html_of(client, "/en/expo/")


# ── A demonstration says so ───────────────────────────────────────────────────
def pages_of(expo) -> list[str]:
    """One page of each kind that an edition has."""
    area = make_area(order=1)
    expo.areas.add(area)
    venue, host, theme = make_venue(area=area), make_organisation(), make_theme()
    event = make_event(expo=expo, organiser=host, theme=theme, is_example=expo.is_example)
    make_occasion(event=event, venue=venue)
    root = path_of(expo)
    return [
        root,
        f"{root}areas/",
        f"{root}areas/{area.slug}/",
        f"{root}venues/{venue.slug}/",
        f"{root}hosts/",
        f"{root}hosts/{host.slug}/",
        f"{root}themes/{theme.slug}/",
        path_of(event),
    ]


def test_every_page_of_a_demonstration_says_so_and_is_not_indexed(client):
    for path in pages_of(make_expo(is_example=True)):
        html = html_of(client, path)
        assert html.count("An invented programme in real places") == 1
        assert html.count('<meta name="robots" content="noindex">') == 1


def test_no_page_of_a_real_edition_speaks_of_an_example(client):
    for path in pages_of(make_expo()):
        html = html_of(client, path)
        assert "example-mark" not in html
        assert "noindex" not in html


def test_every_page_has_one_data_block_of_its_way(client):
    for path in pages_of(make_expo()):
        assert html_of(client, path).count('"@type":"BreadcrumbList"') == 1


def test_invented_event_of_a_real_edition_is_counted_and_listed_nowhere(client):
    expo, venue, theme, host = make_expo(), make_venue(), make_theme(), make_organisation()
    make_occasion(event=make_event(expo=expo), venue=venue)
    paths = [path_of(expo), f"{path_of(expo)}venues/{venue.slug}/", f"{path_of(expo)}hosts/"]
    before = [html_of(client, path) for path in paths]

    invented = make_event(expo=expo, is_example=True, theme=theme, organiser=host)
    make_occasion(event=invented, venue=venue)

    assert [html_of(client, path) for path in paths] == before
    assert "This event is invented" in html_of(client, path_of(invented))


# ── Before, during, after ─────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("moment", "words", "has_boards", "asks_to_build"),
    [
        (BEFORE, "Begins in 10 days", False, True),
        ("2022-05-29 23:00+02:00", "Begins tomorrow", False, True),
        (DURING, "On now", True, True),
        (AFTER, "It is over", False, False),
    ],
)
def test_start_page_follows_the_time(
    client, time_machine, moment, words, has_boards, asks_to_build
):
    time_machine.move_to(moment)
    expo = make_expo()
    expo.areas.add(make_area())
    make_occasion(event=make_event(expo=expo))

    text = text_of(html_of(client, path_of(expo)))

    assert words in text
    assert ("Right now, at 13:20" in text) == has_boards
    assert ("Build your programme" in text) == asks_to_build


def test_last_day_is_still_during(client, time_machine):
    time_machine.move_to("2022-07-03 23:30+02:00")

    assert "On now" in text_of(html_of(client, path_of(make_expo())))


def test_numbers_of_an_edition_that_is_on_are_of_what_is_left(client, time_machine):
    time_machine.move_to(DURING)
    expo = make_expo()
    for day in ("2022-05-31", "2022-06-01", "2022-06-02"):
        make_occasion(event=make_event(expo=expo), starts_at=at(f"{day} 10:00"))

    assert "2 occasions are left" in text_of(html_of(client, path_of(expo)))


def test_archive_says_how_many_stand_without_hours(client, time_machine):
    time_machine.move_to(AFTER)
    expo = make_expo()
    event = make_event(expo=expo)
    make_occasion(event=event)
    make_occasion(event=event, starts_at=None, first_day=date(2022, 6, 2))
    make_occasion(
        event=event, starts_at=None, first_day=expo.starts_on, last_day=expo.ends_on, venue=None
    )

    text = text_of(html_of(client, path_of(expo)))

    assert "Of 3 occasions 2 stand without hours, since no source states them." in text
    assert "1 lasts the whole expo, and is counted on every day." in text


def test_day_counts_what_takes_place_on_it_but_not_what_is_cancelled(client):
    expo = make_expo()
    event = make_event(expo=expo)
    make_occasion(event=event)
    make_occasion(event=event, status=OccasionStatus.CANCELLED, reason_sv="Regn.")
    make_occasion(
        event=event, starts_at=None, first_day=date(2022, 5, 31), last_day=date(2022, 6, 2)
    )

    html = html_of(client, path_of(expo))

    days = dict(re.findall(r'days/([\d-]+)/".*?<strong>(\d+)', html, re.DOTALL))
    assert len(days) == len(expo.days) == 35
    counted = {day: total for day, total in days.items() if total != "0"}
    assert counted == {"2022-05-31": "1", "2022-06-01": "2", "2022-06-02": "1"}


# ── Places, hosts and themes ──────────────────────────────────────────────────
def test_area_of_another_edition_has_no_page_here(client):
    expo, area = make_expo(), make_area()

    assert client.get(f"{path_of(expo)}areas/{area.slug}/").status_code == 404


def test_venue_tells_how_to_get_in_and_what_is_not_known(client):
    expo = make_expo()
    known = make_venue(
        getting_in_en="Ring the bell.",
        street_address="Torget 1",
        access_features=[make_access_feature(name_en="Step-free")],
    )
    unknown = make_venue(area=None, latitude=None, longitude=None)
    for venue in (known, unknown):
        make_occasion(event=make_event(expo=expo), venue=venue)

    told, untold = (
        text_of(html_of(client, f"{path_of(expo)}venues/{venue.slug}/"))
        for venue in (known, unknown)
    )

    assert all(words in told for words in ("Ring the bell.", "Torget 1", "Step-free"))
    assert "Position Not known" in untold
    assert "Access Not known. Ask the host before you go." in untold


def test_venue_tells_the_walks_the_nearest_first_as_estimates(client):
    expo = make_expo()
    here = make_venue(latitude=56.0464, longitude=12.692, name_en="Here")
    for name, latitude in (("Far", 56.0664), ("Near", 56.0474), ("Middle", 56.0514)):
        venue = make_venue(latitude=latitude, longitude=12.692, name_en=name)
        make_occasion(event=make_event(expo=expo), venue=venue)
    make_occasion(event=make_event(expo=expo), venue=here)

    html = html_of(client, f"{path_of(expo)}venues/{here.slug}/")

    walks = html[html.index('class="walks"') :]
    assert re.findall(r"about (\d+) min</span> <a[^>]*>(\w+)", walks) == [
        ("8", "Near"),
        ("16", "Middle"),
        ("47", "Far"),
    ]


def test_place_lists_what_happens_by_day_and_by_time(client):
    expo, venue = make_expo(), make_venue()
    for start in ("2022-06-02 09:00", "2022-06-01 14:00", "2022-06-01 10:00"):
        make_occasion(event=make_event(expo=expo), venue=venue, starts_at=at(start))

    html = html_of(client, f"{path_of(expo)}venues/{venue.slug}/")

    days = re.findall(r'<time datetime="(\d{4}-\d\d-\d\d)">\w+ \d+ June 2022', html)
    assert days == ["2022-06-01", "2022-06-02"]
    assert text_of(html).index("10:00") < text_of(html).index("14:00")


def test_long_list_leads_on_to_all_of_it(client):
    expo, venue, event = make_expo(), make_venue(), make_event()
    event.expo = expo
    event.save()
    start = at("2022-06-01 10:00")
    for number in range(32):
        make_occasion(event=event, venue=venue, starts_at=start + timedelta(hours=number))

    html = html_of(client, f"{path_of(expo)}venues/{venue.slug}/")

    assert "See all 32 occasions in the programme" in text_of(html)
    assert f'href="{path_of(expo)}programme/?venue={venue.slug}"' in html


def test_host_page_shows_what_it_organises_and_where_it_meets_visitors(client):
    expo, host = make_expo(), make_organisation()
    organised, hosted, other = (
        make_event(expo=expo, organiser=host),
        make_event(expo=expo, hosts=[host]),
        make_event(expo=expo, organiser=make_organisation()),
    )
    for event in (organised, hosted, other):
        make_occasion(event=event)

    html = html_of(client, f"{path_of(expo)}hosts/{host.slug}/")

    assert all(path_of(event) in html for event in (organised, hosted))
    assert path_of(other) not in html
    assert "2 events in the programme" in text_of(html)
    assert f'href="{path_of(host)}"' in html


def test_organisation_without_a_part_in_the_edition_has_no_page_in_it(client):
    expo, idle, hidden = make_expo(), make_organisation(), make_organisation(visibility="draft")
    make_event(organiser=idle)
    make_event(expo=expo, organiser=hidden)

    for organisation in (idle, hidden):
        assert client.get(f"{path_of(expo)}hosts/{organisation.slug}/").status_code == 404
    assert hidden.slug not in html_of(client, f"{path_of(expo)}hosts/")


def test_theme_page_tells_of_events_whose_day_is_not_known(client):
    expo, theme = make_expo(), make_theme()
    event = make_event(expo=expo, theme=theme, title_en="Some day")

    text = text_of(html_of(client, f"{path_of(expo)}themes/{theme.slug}/"))

    assert "Day not known Some day" in text
    event.theme = None
    event.save()
    assert client.get(f"{path_of(expo)}themes/{theme.slug}/").status_code == 404


def test_organisation_in_the_catalogue_leads_to_its_page_at_the_expo(client):
    expo, host = make_expo(name_en="City Expo"), make_organisation()
    for _ in range(2):
        make_event(expo=expo, organiser=host, hosts=[host])
    make_event(expo=expo, organiser=host, visibility=Visibility.DRAFT)

    html = html_of(client, path_of(host))

    assert f'<a href="{path_of(expo)}hosts/{host.slug}/">City Expo</a>' in html
    assert "At the expo City Expo 2 events" in text_of(html)


# ── Queries ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("page", "queries"),
    [("", 10), ("areas/", 5), ("area", 10), ("venue", 9), ("hosts/", 5), ("host", 9), ("theme", 9)],
)
@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(
    client, django_assert_max_num_queries, time_machine, page, queries, count
):
    time_machine.move_to(DURING)
    expo, area, host, theme = make_expo(), make_area(), make_organisation(), make_theme()
    expo.areas.set([area, *(make_area() for _ in range(count))])
    venue = make_venue(area=area)
    for _ in range(count):
        event = make_event(expo=expo, organiser=host, theme=theme, initiatives=[make_initiative()])
        make_occasion(event=event, venue=venue, starts_at=at("2022-06-01 14:00"))
        make_occasion(
            event=make_event(expo=expo, organiser=make_organisation(), theme=make_theme()),
            venue=make_venue(),
            starts_at=at("2022-06-01 14:00"),
        )
    rows = {"area": area, "venue": venue, "host": host, "theme": theme}
    path = f"{page}s/{rows[page].slug}/" if page in rows else page

    with django_assert_max_num_queries(queries):
        html_of(client, f"{path_of(expo)}{path}")
