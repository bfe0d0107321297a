"""Every page, in every state, is valid HTML: for a strict parser, and by the rules it can't see."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from justhtml import JustHTML

from tests import site_map
from tests.full_site import make_full_site
from tests.site_map import LANGUAGES, by_name, state_path

pytestmark = pytest.mark.django_db

# Attributes that name the id of something else on the page.
_POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form")


class Markup(HTMLParser):
    """Ids, what points at them, headings, and images without a size or words."""

    def __init__(self, html: str):
        super().__init__()
        self.ids, self.pointers, self.levels, self.faults = Counter(), set(), [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if repeated := [name for name, times in Counter(n for n, _ in attrs).items() if times > 1]:
            self.faults.append(f"<{tag}> says {repeated} twice")
        if "id" in given:
            self.ids[given["id"]] += 1
        for name in _POINTERS:
            self.pointers |= set((given.get(name) or "").split())
        if tag == "a" and (given.get("href") or "").startswith("#"):
            self.pointers.add(given["href"][1:])
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "img" and not {"alt", "width", "height"} <= given.keys():
            self.faults.append(f"<img src={given.get('src')}> lacks alt, width or height")


def faults_of(html: str) -> list[str]:
    """What is wrong with a page, in words; nothing when all is well."""
    markup = Markup(html)
    steps = zip([0, *markup.levels], markup.levels, strict=False)
    return [
        *[f"{fault.code} at line {fault.line}" for fault in JustHTML(html, strict=False,
                                                                      collect_errors=True).errors],
        *markup.faults,
        *[f"the id {name} stands {times} times" for name, times in markup.ids.items() if times > 1],
        *[f"nothing has the id {name}" for name in markup.pointers - markup.ids.keys()],
        *[f"h{level} follows h{before}" for before, level in steps if level > before + 1],
        *([] if markup.levels.count(1) == 1 else [f"{markup.levels.count(1)} h1"]),
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", site_map.PAGES, ids=by_name)
def test_page_with_every_field_filled_is_valid(client, address, language):
    make_full_site()

    assert faults_of(client.get(address.path(language)).content.decode()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", site_map.STATES, ids=lambda state: state[0])
def test_page_in_every_state_is_valid(client, state, language):
    make_full_site()

    assert faults_of(client.get(state_path(state, language)).content.decode()) == []


@pytest.mark.parametrize("path", ["/sv/", "/sv/initiativ/", "/sv/organisationer/", "/en/nowhere/"])
def test_page_of_an_empty_catalogue_is_valid(client, path):
    assert faults_of(client.get(path).content.decode()) == []


@pytest.mark.parametrize(
    ("html", "faults"),
    [
        ("<h1>A</h1><h3>B</h3>", ["h3 follows h1"]),
        ("<h1>A</h1><h1>B</h1>", ["2 h1"]),
        ("<h1 id=a>A</h1><p id=a>B</p>", ["the id a stands 2 times"]),
        ('<h1>A</h1><label for="b">B</label>', ["nothing has the id b"]),
        ('<h1>A</h1><a href="#c">B</a>', ["nothing has the id c"]),
        (
            '<h1>A</h1><img src="x.png" alt="">',
            ["<img src=x.png> lacks alt, width or height"],
        ),
    ],
)
def test_faults_are_found(html, faults):
    page = f"<!doctype html><html><head><title>T</title></head><body>{html}</body></html>"

    assert faults_of(page) == faults


def test_faults_of_the_parser_are_found():
    page = "<!doctype html><html><head><title>T</title></head><body><h1>A</h1><p></div></body>"

    assert faults_of(page) != []
