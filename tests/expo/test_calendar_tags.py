from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.urls import reverse

from expo.models import Expo

LINKS = "{% load calendar %}{% calendar_links '/sv/expo/massan/program.ics' %}"
FEEDS = "{% load calendar %}{% feed_links expo query %}"
ALTERNATES = "{% load calendar %}{% feed_alternates expo query %}"


@pytest.fixture
def expo():
    return Expo(slug="massan", name_sv="Mässan <b>")


class Addresses(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name == "href"]


def hrefs(template: str, **context) -> list[str]:
    return Addresses(Template(template).render(Context(context))).found


def test_calendar_links_open_the_calendar_and_show_the_address(settings):
    settings.SITE_URL = "https://innovation.example.org"

    assert hrefs(LINKS) == [
        "webcal://innovation.example.org/sv/expo/massan/program.ics",
        "https://innovation.example.org/sv/expo/massan/program.ics",
    ]


def path(name: str) -> str:
    return reverse(f"expo:{name}", kwargs={"edition": "massan"})


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", ""),
        ("area=hamnen", "?area=hamnen"),
        ("?view=map&area=hamnen&page=2&open_now=1&utm_source=x", "?area=hamnen"),
    ],
)
def test_feed_links_are_narrowed_as_the_list_is(expo, query, asked):
    found = hrefs(FEEDS, expo=expo, query=query)

    assert found[1].endswith(path("list-calendar") + asked)
    assert found[2:] == [
        path("list-table") + asked,
        path("changes"),
        path("schedule-xml"),
        path("schedule-json"),
    ]


def test_head_names_what_programs_can_read(expo):
    assert hrefs(ALTERNATES, expo=expo, query="area=hamnen") == [
        f"{path('list-calendar')}?area=hamnen",
        f"{path('list-table')}?area=hamnen",
        path("changes"),
    ]
