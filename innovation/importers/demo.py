"""The demo data in `innovation/demo/`: facts about Helsingborg's work, and invented examples.

Its README says where the facts come from. Here they only get the catalogue's own names.
"""

import json
from pathlib import Path
from typing import Any

from innovation.choices import FundingKind
from innovation.importers import demo_examples
from innovation.importers.parts import (
    FigurePart,
    FundingPart,
    ImpactTargetPart,
    InitiativeContactPart,
    InvolvementPart,
    StatusChangePart,
)
from innovation.importers.rows import (
    CategoryRow,
    ChallengeRow,
    CollectionRow,
    ExampleRow,
    ExpectedImpactRow,
    FocalPointRow,
    GlobalGoalRow,
    InitiativeRow,
    InnovationHeightRow,
    KeyFigureRow,
    MilestoneRow,
    OperationDomainRow,
    OperationRow,
    OrganisationRow,
    Row,
    SectorRow,
    StatusRow,
    TechnologyRow,
    TermRow,
    ThemeRow,
)
from innovation.importers.stated import KEEP, Keep

NAME = "demo"
FOLDER = Path(__file__).resolve().parent.parent / "demo"
# What the vocabularies of example_vocabularies.json become.
VOCABULARIES: dict[str, type[TermRow]] = {
    "focal_points": FocalPointRow,
    "operations": OperationRow,
    "operation_domains": OperationDomainRow,
    "expected_impacts": ExpectedImpactRow,
    "innovation_heights": InnovationHeightRow,
}

# What `inferred_fields` calls our fields by the names of the files.
OUR_NAMES = {
    "sdgs": "global_goals",
    "key_figures": "figures",
    "resident_involvement_sv": "involvements",
    "resident_involvement_en": "involvements",
    "behaviour": "theme",
}

Record = dict[str, Any]
# Shape: {"initiatives": [{…}, …], "crisis_collection": {…}, …}: the files by their names.
Data = dict[str, Any]


def read(folder: Path = FOLDER) -> Data:
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.json"))
    }


def parse(data: Data) -> list[Row]:
    """All rows, in the order in which they can be written."""
    places = {place["key"]: place for place in data["places"]}
    progress = {status["key"]: status["progress"] for status in data["statuses"]}
    focal_points = {
        term["label_sv"]: term["key"] for term in data["example_vocabularies"]["focal_points"]
    }
    return [
        *_terms(CategoryRow, data["categories"], ("band",)),
        *_terms(SectorRow, data["sectors"]),
        *_terms(TechnologyRow, data["technologies"]),
        *[_global_goal(record) for record in data["global_goals"]],
        *[_status(record) for record in data["statuses"]],
        *[
            row
            for name, row_type in VOCABULARIES.items()
            for row in _terms(row_type, data["example_vocabularies"][name])
        ],
        *[_organisation(record) for record in data["organisations"]],
        *[_organisation(record) for record in data["example_organisations"]],
        *[_challenge(r, order, focal_points) for order, r in enumerate(data["challenges"], 1)],
        *[demo_examples.platform(r, n) for n, r in enumerate(data["example_platforms"], 1)],
        *[_initiative(record, places, progress) for record in data["initiatives"]],
        *[
            demo_examples.initiative(record, _drawings(data["examples"], data["categories"]))
            for record in data["examples"]
        ],
        *_facts(data["facts"]),
        *_collection(data["crisis_collection"]),
    ]


def stated(record: Record, name: str) -> Any:
    """The value of `name`, or KEEP when the record has none: null and empty mean "not known"
    in these files, and what isn't known must not erase what an editor has found out."""
    value = record.get(name)
    return KEEP if value in (None, "", []) else value


def _same_names(record: Record, *names: str) -> dict[str, Any]:
    return {name: stated(record, name) for name in names}


def _renamed(record: Record, **names: str) -> dict[str, Any]:
    """`_renamed(record, lead="summary")`: both languages of `summary` as those of `lead`."""
    return {
        f"{ours}_{language}": stated(record, f"{theirs}_{language}")
        for ours, theirs in names.items()
        for language in ("sv", "en")
    }


def _source(record: Record, **renamed: str) -> dict[str, Any]:
    """`renamed` are the texts that are called otherwise here, as in `_renamed()`."""
    names = OUR_NAMES | {
        f"{theirs}_{language}": f"{ours}_{language}"
        for ours, theirs in renamed.items()
        for language in ("sv", "en")
    }
    inferred = [names.get(name, name) for name in record.get("inferred_fields", [])]
    return {
        "inferred_fields": list(dict.fromkeys(inferred)) or KEEP,
        **_same_names(record, "source_url", "source_url_exact", "source_ref"),
    }


# ── Vocabularies, organisations, challenges ───────────────────────────────────
def _terms(row_type: type[TermRow], records: list[Record], extra: tuple[str, ...] = ()):
    return [
        row_type(**_term(record, order), **_same_names(record, *extra))
        for order, record in enumerate(records, start=1)
    ]


def _term(record: Record, order: int) -> dict[str, Any]:
    aliases = [*record.get("aliases_sv", []), *record.get("aliases_en", [])]
    return {
        "slug": record["key"],
        **_renamed(record, name="label"),
        "aliases": list(dict.fromkeys(aliases)) or KEEP,
        "order": order,
    }


def _global_goal(record: Record) -> GlobalGoalRow:
    number = record["number"]
    return GlobalGoalRow(
        slug=str(number), number=number, order=number, **_renamed(record, name="title")
    )


def _status(record: Record) -> StatusRow:
    return StatusRow(
        **_term(record, record["order"]),
        **_same_names(record, "explanation_sv", "explanation_en", "step", "light"),
        progress_percent=record["progress"],
        keeps_progress=record["key"] in ("paused", "cancelled"),
        asks_for_lessons=record["asks_for_lessons"],
    )


def _organisation(record: Record) -> OrganisationRow:
    return OrganisationRow(
        slug=record["key"],
        is_example=record.get("is_example", False),
        is_h22_partner=record["h22_partner"],
        short_name=stated(record, "short"),
        note=stated(record, "note_en"),
        # "INT" is what the data calls those of no single country.
        country=KEEP if record["country"] == "INT" else record["country"],
        **_same_names(record, "name_sv", "name_en", "kind", "parent", "administration"),
        **_source(record),
    )


def _challenge(record: Record, order: int, focal_points: dict[str, str]) -> ChallengeRow:
    return ChallengeRow(
        slug=record["key"],
        order=order,
        global_goals=_goals(record),
        # An unknown label is passed on as it is: the plan then says that there is none such.
        focal_points=[focal_points.get(label, label) for label in record["focal_points"]] or KEEP,
        **_same_names(record, "title_sv", "title_en", "alternative_titles", "report_number"),
        **_same_names(record, "category"),
        **_renamed(record, lead="description"),
        **_source(record, lead="description"),
    )


def _goals(record: Record) -> list[str] | Keep:
    return [str(number) for number in record["sdgs"]] or KEEP


# ── Initiatives ───────────────────────────────────────────────────────────────
def _initiative(record: Record, places: dict[str, Record], progress: dict) -> InitiativeRow:
    names = ("title", "what", "why", "how", "status_comment")
    return InitiativeRow(
        slug=record["slug"],
        is_example=False,
        **_renamed(record, lead="summary", **{name: name for name in names}),
        **_same_names(record, "status", "challenge", "category", "driven_by"),
        **_same_names(record, "sectors", "technologies", "partners"),
        **_same_names(record, "start_year", "end_year", "source_type", "source_slug"),
        global_goals=_goals(record),
        impact_targets=[_impact_target(target) for target in record["impact_targets"]] or KEEP,
        involvements=_involvements(record),
        figures=figures(record.get("key_figures", [])),
        contacts=_contacts(record),
        **_money(record),
        **_stopped_at(record, progress),
        **_place(record, places),
        **_source(record, lead="summary"),
    )


def _impact_target(record: Record) -> ImpactTargetPart:
    return ImpactTargetPart(
        **_renamed(record, goal="goal", outcome="outcome"), is_reached=record["completed"]
    )


def _involvements(record: Record) -> list[InvolvementPart] | Keep:
    text = record["resident_involvement_sv"]
    return [InvolvementPart(**_renamed(record, text="resident_involvement"))] if text else KEEP


def figures(records: list[Record]) -> list[FigurePart] | Keep:
    # By way of text: 33.5 as a float would drag its binary tail along.
    return [
        FigurePart(**_renamed(record, label="label"), value=str(record["value"]))
        for record in records
    ] or KEEP


def _contacts(record: Record) -> list[InitiativeContactPart] | Keep:
    return [
        InitiativeContactPart(**_renamed(contact, function="function"), email=contact["email"])
        for contact in record.get("contacts", [])
    ] or KEEP


def _money(record: Record) -> dict[str, Any]:
    """A grant is only the funder's share, so it is no budget; its date is not known."""
    amount, kind = record["budget_sek"], record["budget_kind"]
    note = stated(record, "budget_note_en")
    if amount is None:
        return {}
    if kind == "grant":
        return {"funding": [FundingPart(kind=FundingKind.GRANTED, amount_sek=amount, note_en=note)]}
    if kind in ("estimated_budget", "project_budget"):
        return {"estimated_budget_sek": amount, "budget_note_en": note}
    raise ValueError(f"{record['slug']}: budget_kind={kind!r} is not known; add it to _money()")


def _stopped_at(record: Record, progress: dict[str, int | None]) -> dict[str, Any]:
    """What a stopped initiative had reached, where the source names the status before."""
    previous = record.get("previous_status")
    if previous is None:
        return {}
    change = StatusChangePart(from_status=previous, to_status=record["status"], changed_on=None)
    return {"progress_percent": progress[previous], "status_changes": [change]}


def _place(record: Record, places: dict[str, Record]) -> dict[str, Any]:
    if record["place"] is None:
        return {}
    place = places[record["place"]]
    return {
        **_renamed(place, place="name"),
        "latitude": stated(place, "lat"),
        "longitude": stated(place, "lon"),
    }


def _drawings(examples: list[Record], categories: list[Record]) -> dict[str, dict[str, str]]:
    """What a picture of each example is drawn from: its band and its status."""
    bands = {category["key"]: category["band"] for category in categories}
    return {
        example["slug"]: {"band": bands[example["category"]], "status": example["status"]}
        for example in examples
    }


# ── Facts and the collection ──────────────────────────────────────────────────
def _facts(records: list[Record]) -> list[KeyFigureRow | MilestoneRow]:
    """Figures first, then milestones; each numbered as in the file."""
    rows = [_fact(record, order) for order, record in enumerate(records, start=1)]
    return sorted(rows, key=lambda row: isinstance(row, MilestoneRow))


def _fact(record: Record, order: int) -> KeyFigureRow | MilestoneRow:
    common = {
        "slug": record["key"],
        "order": order,
        "is_source_precise": record["source_precise"],
        # A page that is known is the page itself; otherwise only the kind of page is.
        "source_url_exact": record["source_precise"],
        "source_ref": stated(record, "source"),
        **_same_names(record, "group", "label_sv", "label_en", "note_en", "source_url"),
    }
    if record["unit"] == "year":
        return MilestoneRow(**common, year=record["value"])
    return KeyFigureRow(
        **common, value=str(record["value"]), **_same_names(record, "unit", "as_of")
    )


def _collection(record: Record) -> list[Row]:
    head = record["collection"]
    themes = [
        ThemeRow(
            collection=head["key"],
            slug=theme["key"],
            order=theme["order"],
            **_renamed(theme, title="label", text="description"),
        )
        for theme in record["behaviours"]
    ]
    examples = [
        ExampleRow(
            theme=f"{head['key']}/{example['behaviour']}",
            slug=example["key"],
            order=order,
            **_renamed(example, title="title", text="summary"),
            **_same_names(example, "organisations", "place", "year"),
            **_source(example, text="summary"),
        )
        for order, example in enumerate(record["examples"], start=1)
    ]
    collection = CollectionRow(slug=head["key"], **_renamed(head, title="title"), **_source(head))
    return [collection, *themes, *examples]
