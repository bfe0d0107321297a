"""The programme as a list, a timetable and a map; one day of it; what htmx puts in place."""

import re
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from expo.choices import Attendance, OccasionKind, OccasionStatus
from expo.models import Occasion
from innovation.choices import Visibility
from tests.expo.builders import (
    at,
    make_area,
    make_event,
    make_expo,
    make_occasion,
    make_programme,
    make_venue,
)
from tests.list_html import links, option, page_of, said
from tests.visitor import ask, wsgi

pytestmark = pytest.mark.django_db

BEFORE = at("2022-05-01 12:00")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def expo():
    return make_expo(slug="massan")


LIST, DAY = "/en/expo/massan/programme/", "/en/expo/massan/days/2022-06-01/"
SUGGESTIONS = "/en/expo/massan/suggestions/"


def make(expo, title, when="2022-06-01 10:00", **fields) -> Occasion:
    names = ("slug", "min_age", "attendance", "languages", "price_sek")
    own = {name: fields.pop(name) for name in names if name in fields}
    event = make_event(expo=expo, title_en=title, **own)
    return make_occasion(event=event, starts_at=at(when) if when else None, **fields)


def titles(html: str) -> list[str]:
    found = re.findall(r'<p class="occasion-title">(.*?)</p>', html, re.S)
    return [words(title) for title in found]


def words(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def headings(html: str) -> list[str]:
    results = html[html.index('id="results"') :]
    return [words(text) for text in re.findall(r"<h[23][^>]*>(.*?)</h[23]>", results, re.S)]


def table(html: str) -> list[list[str]]:
    body = html[html.index("<table") : html.index("</table>")]
    rows = re.findall(r"<tr.*?</tr>", body, re.S)
    return [[words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in rows]


# ── The list ──────────────────────────────────────────────────────────────────
def test_list_is_grouped_by_day_and_time(client, expo):
    make(expo, "Sent", "2022-06-01 15:30")
    make(expo, "Tidigt")
    make(expo, "Öppet", kind=OccasionKind.DROP_IN)
    make(expo, "Dagen efter", "2022-06-02 10:00")
    make(expo, "När?", None)

    html = page_of(client, LIST)

    assert headings(html) == [
        "Wednesday 1 June", "Drop in", "10:00", "15:30", "Time not known", "Thursday 2 June",
        "10:00",
    ]  # fmt: skip
    assert titles(html) == ["Öppet", "Tidigt", "Sent", "När?", "Dagen efter"]


def test_day_has_only_what_is_on_then(client, expo):
    make(expo, "Den dagen")
    make(expo, "Dagen efter", "2022-06-02 10:00")

    html = page_of(client, DAY)

    assert titles(html) == ["Den dagen"]
    assert re.findall("<h1>(.*?)</h1>", html) == ["Wednesday 1 June"]
    assert said(html, "total") == "1 occasion"


def test_days_beside_a_day_are_linked_with_the_same_filters(client, expo):
    make(expo, "Den dagen")

    html = page_of(client, f"{DAY}?time=morning&day=2022-06-03")

    nav = re.search(r'class="day-nav".*?</nav>', html, re.S)[0]
    assert re.findall(r'<a [^>]*href="([^"]*)"', nav) == [
        "/en/expo/massan/days/2022-05-31/?time=morning",
        "/en/expo/massan/days/2022-06-02/?time=morning",
    ]


def test_strip_counts_what_each_day_has_under_the_other_choices(client, expo):
    make(expo, "Morgon")
    make(expo, "Kväll", "2022-06-01 19:00")
    make(expo, "Inställt", "2022-06-01 11:00", status=OccasionStatus.CANCELLED, reason_sv="Regn.")

    html = page_of(client, f"{LIST}?time=morning&day=2022-06-02")

    strip = re.search(r'class="strip".*?</nav>', html, re.S)[0]
    assert re.findall(r"<small>(\d+)</small>", strip)[:4] == ["0", "0", "1", "0"]
    assert re.findall(r'<a href="([^"]*)"', strip) == [
        "/en/expo/massan/programme/?time=morning",
        "/en/expo/massan/days/2022-06-01/?time=morning",
    ]


def test_cancelled_occasion_is_struck_told_and_not_counted(client, expo):
    make(expo, "Kvar")
    make(
        expo, "Borta", "2022-06-01 11:00", status=OccasionStatus.CANCELLED, reason_sv="För blåsigt."
    )

    html = page_of(client, LIST)

    assert said(html, "total") == "1 occasion , 1 cancelled"
    assert re.findall("<s>(.*?)</s>", html) == ["Borta"]
    assert said(html, "occasion-status") == "Cancelled: För blåsigt."


def test_line_says_what_is_not_known_in_words(client, expo):
    make(expo, "Var?", venue=None)
    make(expo, "På nätet", "2022-06-01 12:00", venue=None, attendance=Attendance.ONLINE)
    make(expo, "Plats", "2022-06-01 13:00", venue=make_venue(name_en="Torget", area=None))

    html = page_of(client, LIST)

    places = re.findall(r'class="occasion-where">(.*?)</p>', html, re.S)
    assert [words(place) for place in places] == [
        "Venue not known · to 11:00", "Online · to 13:00", "Torget · to 14:00",
    ]  # fmt: skip


def test_line_says_for_whom_and_at_what_price(client, expo):
    make(
        expo,
        "Verkstad",
        min_age=6,
        languages=["sv", "en"],
        price_sek=120,
        capacity=12,
        seats_taken=2,
    )

    html = page_of(client, LIST)

    assert said(html, "occasion-facts") == (
        "Session · from 6 years · Swedish, English · SEK 120 · 10 seats left"
    )


def test_what_lasts_for_days_stands_once_and_first(client, expo):
    make(expo, "Utställning", ends_at=at("2022-06-05 18:00"))
    make(expo, "Samtal", "2022-06-02 10:00")

    html = page_of(client, LIST)

    assert titles(html) == ["Utställning", "Samtal"]
    assert headings(html)[0] == "Several days"


def test_long_list_is_cut_between_days(client, expo):
    for day in range(1, 5):
        for number in range(15):
            make(expo, f"Punkt {day}.{number}", f"2022-06-0{day} 10:00")

    first, second = page_of(client, LIST), page_of(client, f"{LIST}?page=2")

    assert (len(titles(first)), len(titles(second))) == (30, 30)
    assert said(first, "total") == "60 occasions . Here: 1–2 June"
    assert links(first, "pages") == [("Fri 3 Jun – Sat 4 Jun", "page=2")]
    assert links(second, "pages") == [("Wed 1 Jun – Thu 2 Jun", "")]


# ── Filters ───────────────────────────────────────────────────────────────────
def test_panel_counts_what_each_choice_would_give(client, expo):
    harbour = make_venue(area=make_area(slug="hamnen", name_en="Hamnen"))
    make(expo, "Morgon", venue=harbour)
    make(expo, "Kväll", "2022-06-01 19:00", venue=harbour)
    make(expo, "Annat", venue=make_venue(area=make_area(slug="torget", name_en="Torget")))

    html = page_of(client, f"{LIST}?time=morning")

    assert option(html, "area", "hamnen") == "Hamnen (1)"
    assert option(html, "area", "torget") == "Torget (1)"
    assert option(html, "time", "morning").startswith("x ")
    assert option(html, "time", "evening").endswith("(1)")


def test_chips_are_links_to_the_programme_without_each_choice(client, expo):
    make(expo, "Morgon", venue=make_venue(area=make_area(slug="hamnen", name_en="Hamnen")))

    html = page_of(client, f"{LIST}?area=hamnen&area=nowhere&seats=5&view=timetable")

    assert [query for _, query in links(html, "chips")] == [
        "area=nowhere&seats=5&view=timetable",
        "area=hamnen&area=nowhere&view=timetable",
        "area=hamnen&seats=5&view=timetable",
        "view=timetable",
    ]


def test_empty_answer_says_what_to_drop(client, expo):
    make(expo, "Kväll", "2022-06-01 19:00")

    html = page_of(client, f"{LIST}?time=morning&q=kväll")

    assert [query for _, query in links(html, "reliefs")] == ["q=kv%C3%A4ll"]


def test_edition_without_occasions_says_so(client, expo):
    html = page_of(client, LIST)

    assert words(re.search(r'class="empty">(.*?)</div>', html, re.S)[1]) == (
        "Nothing has been published yet. Come back soon."
    )


def test_what_has_been_is_one_press_away_while_the_edition_is_on(client, expo):
    make(expo, "Igår")
    make(expo, "I morgon", "2022-06-03 10:00")

    with time_machine.travel(at("2022-06-02 12:00"), tick=False):
        html = page_of(client, LIST)
        everything = page_of(client, f"{LIST}?past=1")

    assert titles(html) == ["I morgon"]
    assert links(html, "occasions-note") == [("Show that too", "past=1")]
    assert titles(everything) == ["Igår", "I morgon"]


def test_open_now_is_not_kept_for_others(client, expo):
    make(expo, "Nu", "2022-05-01 11:30")

    response = client.get(f"{LIST}?open_now=1")

    assert titles(response.content.decode()) == ["Nu"]
    assert response["Cache-Control"] == "no-cache"


# ── The timetable and the map ─────────────────────────────────────────────────
def test_timetable_has_a_row_for_each_start_and_a_column_for_each_area(client, expo):
    harbour = make_venue(area=make_area(name_en="Hamnen", order=1), name_en="Kajen")
    square = make_venue(area=make_area(name_en="Torget", order=2), name_en="Scenen")
    make(expo, "Öppet", venue=square, kind=OccasionKind.DROP_IN)
    make(expo, "Ett", venue=harbour)
    make(expo, "Två", venue=square)
    make(expo, "Tre", "2022-06-01 11:30", venue=square)
    make(expo, "Annan dag", "2022-06-02 10:00", venue=None)

    rows = table(page_of(client, f"{LIST}?view=timetable"))

    first_words = [[row[0], *("".join(cell.split()[:1]) for cell in row[1:])] for row in rows]
    assert first_words == [
        ["Begins", "Hamnen", "Torget"],
        ["Drop in", "", "Öppet"],
        ["10:00", "Ett", "Två"],
        ["11:30", "", "Tre"],
    ]


def test_timetable_shows_a_day_a_page(client, expo):
    make(expo, "Ett")
    make(expo, "Två", "2022-06-03 10:00")

    html = page_of(client, f"{LIST}?view=timetable&page=2")

    assert table(html)[1][1].startswith("Två")
    assert links(html, "pages") == [("Wednesday 1 June", "view=timetable")]


def test_map_counts_what_each_venue_has(client, expo):
    venue = make_venue(name_en="Kajen")
    make(expo, "Ett", venue=venue)
    make(expo, "Två", "2022-06-01 19:00", venue=venue)

    html = page_of(client, f"{LIST}?view=map&time=morning")

    assert re.findall(r'class="map-total">(\d+)<', html) == ["1"]


# ── Answers ───────────────────────────────────────────────────────────────────
def test_update_is_what_the_page_shows(client, expo):
    make(expo, "Ett")

    page = page_of(client, f"{LIST}?time=morning")
    response = client.get(f"{LIST}?time=morning", headers={"hx-target": "results"})

    update = response.content.decode()
    assert titles(update) == titles(page)
    assert option(update, "time", "morning") == option(page, "time", "morning")
    assert response["Content-Location"] == f"{LIST}?time=morning"
    assert "<html" not in update


@pytest.mark.parametrize(
    "path",
    [
        "/en/expo/ingen/programme/",
        "/en/expo/ingen/suggestions/",
        "/en/expo/massan/days/2022-01-01/",
        "/en/expo/massan/days/i-morgon/",
    ],
)
def test_what_does_not_exist_is_not_found(client, expo, path):
    assert client.get(path).status_code == 404


def test_programme_of_a_draft_is_not_found_and_of_a_withdrawn_edition_gone(client):
    make_expo(slug="utkast", visibility=Visibility.DRAFT)
    make_expo(slug="borttagen", visibility=Visibility.WITHDRAWN)

    assert client.get("/en/expo/utkast/programme/").status_code == 404
    assert client.get("/en/expo/borttagen/programme/").status_code == 410


def test_old_address_of_an_edition_leads_on(client, expo):
    expo.slug = "nya-massan"
    expo.save()

    response = client.get(DAY)

    assert (response.status_code, response["Location"]) == (
        301,
        "/en/expo/nya-massan/days/2022-06-01/",
    )


@pytest.mark.parametrize("path", [LIST, DAY, f"{LIST}?view=timetable", f"{LIST}?q=ett"])
def test_warm_request_asks_the_database_nothing(client, expo, path):
    make(expo, "Ett")
    page_of(client, path)

    with CaptureQueriesContext(connection) as queries:
        page_of(client, path)

    assert len(queries) == 0


def test_page_is_kept_and_made_anew_when_an_occasion_changes(transactional_db):
    occasion = make(make_expo(slug="massan"), "Ett")
    first = ask(wsgi.application, LIST)

    occasion.status, occasion.reason_sv = OccasionStatus.CANCELLED, "Regn."
    occasion.save()
    second = ask(wsgi.application, LIST)

    assert "<s>" not in first.text
    assert re.findall("<s>(.*?)</s>", second.text) == ["Ett"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda row: Occasion.objects.update(seats_taken=9), "1 seat left"),
        (lambda row: Occasion.objects.update(reason_sv="Nytt skäl"), "Nytt skäl"),
        (lambda row: type(row.event).objects.update(title_en="New name"), "New name"),
        (lambda row: type(row.venue).objects.update(name_en="New venue"), "New venue"),
        (lambda row: type(row.venue.area).objects.update(name_en="New area"), "New area"),
        (lambda row: type(row.venue.area).objects.update(band="moss"), 'data-band="moss"'),
        (lambda row: type(row.event).objects.update(price_sek=50), "SEK\xa050"),
        (lambda row: type(row.event).objects.update(languages=["ar"]), "Arabic"),
    ],
    ids=["seats", "reason", "title", "venue", "area", "band", "price", "languages"],
)
def test_line_is_made_anew_when_what_it_says_has_changed(client, expo, change, told):
    occasion = make(
        expo, "Ett", capacity=10, status=OccasionStatus.MOVED, venue=make_venue(area=make_area())
    )
    before = page_of(client, LIST)

    change(occasion)

    assert (told in before, told in page_of(client, LIST)) == (False, True)


def test_page_knows_the_visitors_programme(client, expo):
    chosen = make(expo, "Valt")
    make(expo, "Inte valt", "2022-06-01 11:00")
    client.cookies["programme"] = make_programme(occasions=[chosen]).edit_token

    html = page_of(client, LIST)

    assert re.findall(r'name="(add|remove)"', html) == ["remove", "add"]


def test_button_of_what_stands_twice_has_an_id_of_its_own(client, expo):
    make(expo, "Tre dagar", ends_at=at("2022-06-03 18:00"))

    html = page_of(client, f"{LIST}?day=2022-06-01&day=2022-06-02")

    ids = re.findall(r' id="(choose-[^"]*)"', html)
    assert len(ids) == len(set(ids)) > 0


def test_text_that_holds_markup_is_escaped(client, expo):
    make(expo, "<b>Fet</b> & 'x'")

    html = page_of(client, LIST)

    assert titles(html) == ["<b>Fet</b> & 'x'"]
    assert "<b>Fet" not in html


# ── Suggestions ───────────────────────────────────────────────────────────────
def test_suggestions_are_events_and_ways_to_narrow(client, expo):
    harbour = make_area(slug="hamnen", name_en="Hamnen")
    make(expo, "Hamnens dag", slug="hamnens-dag", venue=make_venue(area=harbour))
    make(expo, "Annat")

    html = page_of(client, "/en/expo/massan/suggestions/?q=hamn")

    assert re.findall(r'data-address="([^"]*)"[^>]*>(.*?)<', html) == [
        ("/en/expo/massan/events/hamnens-dag/", "Hamnens dag"),
        ("/en/expo/massan/programme/?area=hamnen", "Hamnen"),
        ("/en/expo/massan/programme/?q=hamn", "Search all texts for “hamn”"),
    ]


def test_suggestions_for_too_few_letters_are_none(client, expo):
    make(expo, "Hamnens dag")

    assert 'role="option"' not in page_of(client, "/en/expo/massan/suggestions/?q=h")


# ── The header ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("visibility", "count"), [(Visibility.PUBLISHED, 1), (Visibility.DRAFT, 0)]
)
def test_header_leads_to_the_expo_once_one_is_published(client, visibility, count):
    make_expo(visibility=visibility)

    html = page_of(client, "/sv/utmaningar/")

    nav = re.search(r'class="site-nav".*?</nav>', html, re.S)[0]
    assert nav.count('href="/sv/expo/"') == count
