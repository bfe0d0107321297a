"""What the pages may say: the invented apart, the concluded marked, money apart, texts labelled."""

import re

import pytest
from django.utils import translation

from innovation.choices import FundingKind
from tests import site_map
from tests.builders import (
    make_category,
    make_challenge,
    make_document,
    make_funding,
    make_global_goal,
    make_initiative,
    make_organisation,
    make_platform,
    make_sector,
    make_status,
    make_technology,
)
from tests.full_site import make_full_site
from tests.site_map import LANGUAGES, body

pytestmark = pytest.mark.django_db


def html_of(client, row, language: str = "en", query: str = "") -> str:
    with translation.override(language):
        return client.get(row.get_absolute_url() + query).content.decode()


def text_of(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub("<[^>]+>", " ", main).replace("\xad", "").split())


# ── The invented ──────────────────────────────────────────────────────────────
def make_invented(site) -> None:
    """Invented rows of every kind, linked to all that is real."""
    real = site.initiative
    make_initiative(
        is_example=True,
        challenge=real.challenge,
        category=real.category,
        sectors=real.sectors.all(),
        technologies=real.technologies.all(),
        global_goals=real.global_goals.all(),
        platforms=real.platforms.all(),
        driven_by=site.organisation,
        participants=[site.organisation],
        partners=[site.organisation],
    )
    make_challenge(is_example=True, category=real.category, global_goals=real.global_goals.all())
    make_organisation(is_example=True, parent=site.organisation)


def test_invented_rows_change_no_page(client):
    site = make_full_site()
    paths = [
        address.path(language)
        for address in site_map.PAGES + [site_map.Address("sitemap")]
        for language in LANGUAGES
    ]
    before = {path: body(client.get(path)) for path in paths}

    make_invented(site)

    changed = [path for path in paths if body(client.get(path)) != before[path]]
    assert changed == []


@pytest.mark.parametrize("view", ["cards", "list", "table"])
def test_invented_initiative_is_marked_wherever_it_is_asked_for(client, view):
    make_initiative(is_example=True, title_en="Invented")

    html = client.get(f"/en/initiatives/?examples=1&view={view}").content.decode()

    assert html.count('<span class="example-mark">Example</span>') == 1


@pytest.mark.parametrize(
    "make", [make_initiative, make_challenge, make_platform, make_organisation]
)
def test_page_of_something_invented_says_so_and_is_not_indexed(client, make):
    html = html_of(client, make(is_example=True))

    assert 'class="example-mark"' in html
    assert '<meta name="robots" content="noindex">' in html


# ── The concluded ─────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("status", {}),
        ("category", {"category": make_category}),
        ("challenge", {"challenge": make_challenge}),
        ("driven_by", {}),
        ("sectors", {"sectors": lambda: [make_sector()]}),
        ("technologies", {"technologies": lambda: [make_technology()]}),
        ("global_goals", {"global_goals": lambda: [make_global_goal()]}),
        ("start_year", {"start_year": lambda: 2021}),
    ],
)
def test_concluded_value_is_marked_where_it_stands_and_named_below(client, field, values):
    row = make_initiative(
        inferred_fields=[field], **{name: make() for name, make in values.items()}
    )

    html = html_of(client, row)

    assert html.count('<a class="concluded" href="#about-data">concluded by us</a>') == 1
    assert "No source states the following" in html
    row.inferred_fields = []
    row.save()
    assert "concluded" not in text_of(html_of(client, row))


@pytest.mark.parametrize(
    ("make", "key", "field"),
    [(make_category, "category", "category"), (make_sector, "sectors", "sectors")],
)
def test_number_that_rests_on_conclusions_says_how_many(client, make, key, field):
    term = make()
    for inferred in ([], [field], [field]):
        make_initiative(**{key: term if key == "category" else [term]}, inferred_fields=inferred)

    assert "3 initiatives , 2 of 3 concluded by us" in text_of(html_of(client, term)).replace(
        "initiatives,", "initiatives ,"
    )


# ── Two languages ─────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("language", "other"), [("sv", "en"), ("en", "sv")])
def test_every_text_in_the_other_language_is_marked_with_it(client, language, other):
    texts = {
        f"{name}_{side}": f"<p>{name}</p>" if side == other else ""
        for name in ("what", "why", "how", "lessons_learned")
        for side in LANGUAGES
    }
    texts |= {f"title_{other}": "Rubriken", f"title_{language}": ""}
    texts |= {f"lead_{other}": "Ingressen", f"lead_{language}": ""}
    row = make_initiative(**texts)

    html = html_of(client, row, language)

    assert html.count(f'<div class="prose" lang="{other}">') == 4
    assert f'<span lang="{other}">Rubriken</span>' in html
    assert f'<p class="lead"><span lang="{other}">Ingressen</span></p>' in html
    assert html.count('class="fallback-note"') == 1


def test_text_in_both_languages_has_no_note(client):
    assert 'class="fallback-note"' not in html_of(client, make_initiative())


# ── Status, money, files ──────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("before", "after", "states"),
    [
        ("idea", "cancelled", ["stopped", "ahead", "ahead", "ahead"]),
        ("live-test", "paused", ["done", "done", "stopped", "ahead"]),
        ("pilot", "realised", ["done", "done", "done", "done"]),
        ("not-stated", "cancelled", []),
        ("pilot", "not-stated", []),
    ],
)
def test_steps_show_how_far_it_came_and_where_it_stopped(client, before, after, states):
    row = make_initiative(status=make_status(before))
    row.status = make_status(after)
    row.save()

    html = html_of(client, row)

    assert re.findall(r'<li data-state="(\w+)"', html) == states
    assert html.count("stopped here") == states.count("stopped")


def test_history_of_the_status_is_dated_and_whole(client, time_machine):
    time_machine.move_to("2021-03-01 12:00+01:00", tick=False)
    row = make_initiative(status=make_status("idea"))
    for day, slug in (("2021-09-01", "pilot"), ("2022-02-01", "cancelled")):
        time_machine.move_to(f"{day} 12:00+01:00", tick=False)
        row.status = make_status(slug)
        row.save()

    html = html_of(client, row)

    history = html[html.index('class="history"') : html.index("</details>")]
    assert re.findall(r'datetime="([\d-]+)"', history) == ["2021-09-01", "2022-02-01"]
    assert re.findall("<strong>(.*?)</strong>", history) == ["Pilot", "Cancelled"]


def test_kinds_of_money_stand_apart_and_no_sum_is_anywhere(client):
    row = make_initiative(estimated_budget_sek=1_000_001)
    make_funding(row, amount_sek=200_020)
    make_funding(row, kind=FundingKind.USED, amount_sek=30_300)

    text = text_of(html_of(client, row)).replace("\xa0", " ")

    amounts = set(re.findall(r"SEK ([\d,]+)", text))
    assert amounts == {"1,000,001", "200,020", "30,300"}


def test_file_is_told_with_its_kind_and_size(client):
    row = make_initiative()
    make_document(row)

    assert "Report PDF, 9 bytes" in text_of(html_of(client, row))
