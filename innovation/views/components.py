"""Every component of the pages in every state, from rows that are never saved. Development only.

`tests/browser/` looks at this page as well as at the real ones: what is hard to come by in the
data (a roadmap item that is done, a picture with a credit, a fault in a form) stands here.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from innovation import cards, models, money
from innovation.catalogue import Choices
from innovation.changes import Version
from innovation.choices import Band, FundingKind, Light, OrganisationKind, RoadmapStatus, Visibility
from innovation.facets import FACETS, STATED_BY
from innovation.films import find_film
from innovation.filters import Asked
from innovation.models.fields import LocalText, reader_language
from innovation.snapshot import Option, Snapshot
from innovation.views import chosen, errors, list_panel, list_results
from innovation.views.pages import Shown

PROSE = (
    "<p>Ett stycke med <strong>tyngd</strong>, <em>betoning</em> och "
    '<a href="https://example.org/">en länk</a>.</p><h3>En rubrik</h3>'
    "<ul><li>Ett</li><li>Två</li></ul><h4>En mindre rubrik</h4><ol><li>Först</li><li>Sedan</li>"
    "</ol><blockquote>Ett citat som någon har sagt.</blockquote>"
)
LEAD = (
    "Vi prövar om bussen kan vara en lugn plats på väg till skolan, för den som blir trött av ljud."
)
LONG_TITLE = (
    "Innovationsdatabasen för samhällsbyggnadsförvaltningens tillgänglighetsanpassade "
    "kollektivtrafiklösningar"
)
# slug, name, step's progress, whether it stopped, and the light on its cover.
STATUSES = (
    ("idea", "Idé utforskas", 25, False, Light.DAWN),
    ("pilot", "Testas som pilot", 50, False, Light.MORNING),
    ("live-test", "Testas skarpt", 75, False, Light.DAY),
    ("scaling", "Skalas upp", 75, False, Light.DAY),
    ("realised", "Realiserad", 100, False, Light.NOON),
    ("paused", "Pausad", 50, True, Light.DUSK),
    ("cancelled", "Avbruten", 50, True, Light.NIGHT),
    ("not-stated", "Ej angiven", None, False, Light.HAZE),
)
ERRORS = {
    400: errors.bad_request,
    403: errors.forbidden,
    404: errors.not_found,
    410: errors.gone,
    500: errors.server_error,
    503: errors.unavailable,
}


@never_cache
@require_safe
def components(request):
    initiatives = [_initiative(*status) for status in STATUSES]
    whole = _whole_initiative(initiatives[6])
    context = {
        "bands": Band.values,
        "initiatives": initiatives,
        "cards": [*initiatives, *_odd_initiatives()],
        "whole": whole,
        "history": _history(whole),
        "money": money.picture(whole),
        "film": find_film("https://vimeo.com/123456789"),
        "platform": _platform(),
        "rows": Shown(initiatives[:2], total=40),
        "fallback": LocalText(LEAD, "en", is_fallback=True),
        "prose": PROSE,
        "parts": _list_parts([*initiatives, *_odd_initiatives()]),
        "visibility": Visibility.DRAFT.label,
        "errors": list(ERRORS),
    }
    return render(request, "dev/components.html", context)


@never_cache
@require_safe
def error_page(request, status):
    """The page of an error, to look at without making the error."""
    if status not in ERRORS:
        raise Http404
    return ERRORS[status](request)


# ── Rows that are never saved ─────────────────────────────────────────────────
def _with(row, **lists):
    """`row` with the lists that its templates read, as if prefetched. It needs a key for that."""
    row.pk = row.pk or 1
    row._prefetched_objects_cache = lists
    return row


def _term(model, slug: str, sv: str, en: str, **fields):
    return model(slug=slug, name_sv=sv, name_en=en, **fields)


def _organisation(slug="exempel", **fields):
    values = {
        "slug": slug,
        "name_sv": "Exempelförvaltningen",
        "name_en": "The Example Administration",
        "kind": OrganisationKind.ADMINISTRATION,
        "visibility": Visibility.PUBLISHED,
    }
    return models.Organisation(**(values | fields))


def _initiative(slug, name, progress, has_stopped, light, **fields):
    category = _term(models.Category, "klimat", "Klimat och miljö", "Climate & environment")
    category.pk, category.band = 1, Band.CLIMATE
    values = {
        "slug": slug,
        "title_sv": f"Lugna bussen ({name.lower()})",
        "title_en": f"The calm bus ({slug})",
        "lead_sv": LEAD,
        "lead_en": "We try whether the bus can be a calm place on the way to school.",
        "progress_percent": progress,
        "status": _term(
            models.Status,
            slug,
            name,
            slug.capitalize().replace("-", " "),
            keeps_progress=has_stopped,
            light=light,
            explanation_sv="Vad statusen betyder.",
            explanation_en="What the status means.",
        ),
        "category": category,
        "driven_by": _organisation(),
        "visibility": Visibility.PUBLISHED,
        "start_year": 2020,
        "end_year": 2022,
    }
    return models.Initiative(**(values | fields))


def _odd_initiatives() -> list[models.Initiative]:
    """An invented one, one with a long title and no lead, one in the other language alone."""
    idea = STATUSES[0]
    return [
        _initiative(*idea, is_example=True),
        _initiative(
            *idea, title_sv=LONG_TITLE, title_en=LONG_TITLE, lead_sv="", lead_en="", category=None
        ),
        _initiative(*idea, title_en="", lead_en="", driven_by=None, estimated_budget_sek=1_503_240),
    ]


def _whole_initiative(initiative) -> models.Initiative:
    """With everything in it, facts and parts."""
    initiative.status_comment_sv = "Pandemin stängde skolorna innan piloten var klar."
    initiative.status_comment_en = "The pandemic closed the schools before the pilot was done."
    initiative.challenge = models.Challenge(
        slug="resa", title_sv="Hur reser vi lugnare?", visibility=Visibility.PUBLISHED
    )
    initiative.place_sv = "Drottninghög"
    initiative.is_city_wide = initiative.challenges_core = initiative.open_for_schools = True
    initiative.estimated_budget_sek = 1_503_240
    initiative.source_url, initiative.source_ref = "https://example.org/", "Rapport 2022"
    initiative.inferred_fields = ["status", "category", "sectors"]
    initiative.published_at = initiative.updated_at = datetime(2022, 6, 1, tzinfo=UTC)
    company = _organisation("bolaget", name_sv="Bolaget", kind=OrganisationKind.COMPANY)
    none = {name: [] for name in ("platforms", "documents")}
    return _with(
        initiative,
        sectors=[_term(models.Sector, "skola", "Skola", "School")],
        technologies=[_term(models.Technology, "ai", "AI", "AI")],
        global_goals=[_term(models.GlobalGoal, "4", "God utbildning", "Education", number=4)],
        participants=[_organisation("annan")],
        partners=[company],
        operations=[_term(models.Operation, "buss", "Buss", "Bus")],
        innovation_heights=[_term(models.InnovationHeight, "ny", "Ny för staden", "New here")],
        contacts=[models.InitiativeContact(function_sv="Projektledare", email="a@example.org")],
        links=[models.InitiativeLink(title_sv="Mer att läsa", url="https://example.org/")],
        impact_targets=_targets(),
        involvements=[models.ResidentInvolvement(text_sv="Resenärerna är med i varje möte.")],
        figures=_figures(),
        funding=_funding(),
        updates=[models.InitiativeUpdate(dated_on=date(2022, 5, 1), text_sv="Bussen går igen.")],
        **none,
    )


def _targets() -> list[models.ImpactTarget]:
    states = ((True, "Reached"), (False, "Not reached"), (None, "Not known"))
    targets = [
        models.ImpactTarget(
            goal_sv=f"Fler reser lugnt ({words})",
            target_value_sv="500 resor",
            outcome_sv="450 resor" if is_reached is not None else "",
            is_reached=is_reached,
        )
        for is_reached, words in states
    ]
    return [*targets, models.ImpactTarget(goal_sv="Ett mål utan mått")]


def _figures() -> list[models.InitiativeFigure]:
    return [
        models.InitiativeFigure(label_sv="Resor", value=Decimal("30000.00")),
        models.InitiativeFigure(label_sv="Decibel", value=Decimal("41.50")),
    ]


def _funding() -> list[models.FundingEntry]:
    return [
        models.FundingEntry(kind=FundingKind.GRANTED, amount_sek=900_000, note_sv="Bidrag"),
        models.FundingEntry(
            kind=FundingKind.USED, amount_sek=400_000, dated_on=date(2021, 3, 1), note_sv="År ett"
        ),
        models.FundingEntry(kind=FundingKind.USED, amount_sek=50_000),
    ]


def _history(initiative) -> list[models.StatusChange]:
    statuses = [_initiative(*row).status for row in (STATUSES[0], STATUSES[1], STATUSES[6])]
    days = (None, date(2021, 1, 1), date(2022, 3, 1))
    return [
        models.StatusChange(
            to_status=status, changed_on=day, comment_sv="Så blev det." if day else ""
        )
        for status, day in zip(statuses, days, strict=True)
    ]


def _platform() -> models.Platform:
    platform = models.Platform(slug="plattform", title_sv="Sensornätet", title_en="The sensor net")
    roadmap = [
        models.RoadmapItem(title_sv=f"Steg {status.label}", planned_on=date(2022, 5, 1),
                           status=status, group_sv="Grund", text_sv="Vad steget är.")
        for status in RoadmapStatus
    ]  # fmt: skip
    features = [
        models.PlatformFeature(title_sv="Mäter ljud", group_sv="Sensorer", text_sv="Var minut."),
        models.PlatformFeature(title_sv="Öppna data"),
    ]
    return _with(platform, roadmap=roadmap, features=features)


# ── The list's own parts ──────────────────────────────────────────────────────
def _list_parts(initiatives) -> dict:
    """Every part of the list, from an answer that nobody asked for."""
    language = reader_language()
    snap = Snapshot(Version(), {key: _options() for key in FACETS})
    choices = Choices(q="livboj", facets={"status": ("val-1",)}, page=6)
    faults = (("partner", "ingen"), ("budget_min", "mycket"))
    asked = Asked(choices, "list", faults)
    counts = {key: dict.fromkeys(options, 40) for key, options in snap.options.items()}
    counts |= {"year": {2021: 12, 2020: 3}, "open_for_schools": {True: 2}}
    concluded = dict.fromkeys(STATED_BY, (12, 41))
    found = SimpleNamespace(total=280, page=6, pages=12, counts=counts, concluded=concluded)
    chips = chosen.chips(asked, snap, language)
    return {
        "panel": _safe(list_panel.panel(asked, found, snap, language)),
        "tools": _safe(list_results.tools(asked, language)),
        "chips": _safe(chosen.html_of(chips, asked, language)),
        "pages": _safe(list_results.pages(asked, found, language)),
        "corrected": _safe(list_results.corrected("livboj", language)),
        "empty": _safe(list_results.empty([("Utan ”Pausad”: 12 initiativ", "")], language)),
        "rows": _filled(initiatives, "table"),
        "lines": _filled(initiatives[:2], "list"),
    }


def _options() -> dict[str, Option]:
    """More than are shown at once, one of them with a name in Swedish alone."""
    names = {f"val-{number}": f"Val {number}" for number in range(1, 13)}
    return {
        slug: Option(number, slug, name, "" if number == 2 else f"Choice {number}")
        for number, (slug, name) in enumerate(names.items(), 1)
    }


def _filled(initiatives, shape: str) -> SafeString:
    excerpt = SafeString('<p class="excerpt">… en <mark>livboj</mark> vid kajen …</p>')
    shells = [cards.shell_of(initiative, shape) for initiative in initiatives]
    return SafeString("".join(shell.fill(excerpt=excerpt) for shell in shells))


def _safe(html: bytes) -> SafeString:
    """For a template, what a shell gave."""
    return SafeString(html.decode())
