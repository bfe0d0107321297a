"""The invented examples of the demo data: every field of an initiative and a platform, filled."""

from typing import Any

from innovation.importers import demo_files
from innovation.importers.parts import (
    FeaturePart,
    FigurePart,
    FundingPart,
    ImpactTargetPart,
    InitiativeContactPart,
    InitiativeDocumentPart,
    InitiativeLinkPart,
    InvolvementPart,
    PicturePart,
    PlatformContactPart,
    PlatformDocumentPart,
    PlatformLinkPart,
    RoadmapPart,
    StatusChangePart,
    UpdatePart,
)
from innovation.importers.rows import InitiativeRow, PlatformRow
from innovation.importers.stated import AttachedFile

Record = dict[str, Any]
INITIATIVE_TEXTS = (
    "title",
    "lead",
    "what",
    "why",
    "how",
    "delimitations",
    "lessons_learned",
    "collaboration_wanted",
    "status_comment",
    "budget_note",
)
PLATFORM_TEXTS = ("title", "lead", "text", "get_started_heading", "get_started")


def initiative(record: Record, drawings: dict[str, dict[str, str]]) -> InitiativeRow:
    """`drawings` says, by slug, what a picture of each example is drawn from."""
    place = record["location"] or {"name_sv": "", "name_en": "", "lat": None, "lon": None}
    same = ("status", "challenge", "category", "sectors", "technologies", "platforms")
    more = ("driven_by", "partners", "operations", "operation_domain", "expected_impact")
    flags = ("is_example", "internal", "open_for_schools", "innovation_heights", "video_url")
    stopped = {} if record["progress"] is None else {"progress_percent": record["progress"]}
    return InitiativeRow(
        slug=record["slug"],
        **_texts(record, *INITIATIVE_TEXTS),
        **{name: record[name] for name in (*same, *more, *flags)},
        **stopped,
        participants=record["participating"],
        global_goals=[str(number) for number in record["global_goals"]],
        is_city_wide=record["city_wide"],
        challenges_core=record["core_challenging"],
        estimated_budget_sek=record["estimated_budget_sek"],
        place_sv=place["name_sv"],
        place_en=place["name_en"],
        latitude=place["lat"],
        longitude=place["lon"],
        starts_on=record["start_date"],
        ends_on=record["end_date"],
        review_on=record["review_date"],
        **_parts(record),
        gallery=[_picture(picture, drawings) for picture in record["gallery"]],
    )


def _parts(record: Record) -> dict[str, list]:
    return {
        "status_changes": _history(record["status_history"]),
        "impact_targets": [
            ImpactTargetPart(
                **_texts(target, "goal", "target_value", "outcome"), is_reached=target["reached"]
            )
            for target in record["impact_targets"]
        ],
        "involvements": [
            InvolvementPart(**_texts(r, "text")) for r in record["resident_involvement"]
        ],
        "funding": [_funding(entry) for entry in record["funding"]],
        "figures": [
            FigurePart(**_texts(figure, "label"), value=str(figure["value"]))
            for figure in record["key_figures"]
        ],
        "contacts": [InitiativeContactPart(**_contact(r)) for r in record["contacts"]],
        "links": [InitiativeLinkPart(**_texts(r, "title"), url=r["url"]) for r in record["links"]],
        "documents": [InitiativeDocumentPart(**_document(r, record)) for r in record["files"]],
        "updates": [
            UpdatePart(dated_on=update["date"], **_texts(update, "text"))
            for update in record["updates"]
        ],
    }


def platform(record: Record, order: int) -> PlatformRow:
    return PlatformRow(
        slug=record["slug"],
        is_example=record["is_example"],
        order=order,
        video_url=record["video_url"],
        partners=record["partners"],
        **_texts(record, *PLATFORM_TEXTS),
        features=[FeaturePart(**_feature(feature)) for feature in record["features"]],
        roadmap=[
            RoadmapPart(**_feature(item), planned_on=item["date"], status=item["status"])
            for item in record["roadmap"]
        ],
        contacts=[
            PlatformContactPart(**_contact(contact), **_texts(contact, "role"))
            for contact in record["contacts"]
        ],
        links=[PlatformLinkPart(**_texts(r, "title"), url=r["url"]) for r in record["links"]],
        documents=[PlatformDocumentPart(**_document(r, record)) for r in record["files"]],
    )


def _texts(record: Record, *names: str) -> dict[str, str]:
    return {
        f"{name}_{language}": record[f"{name}_{language}"]
        for name in names
        for language in ("sv", "en")
    }


def _history(records: list[Record]) -> list[StatusChangePart]:
    """Each status with the one before it."""
    befores = [None, *(record["status"] for record in records)]
    return [
        StatusChangePart(
            from_status=before,
            to_status=record["status"],
            changed_on=record["date"],
            **_texts(record, "comment"),
        )
        for before, record in zip(befores, records, strict=False)
    ]


def _funding(record: Record) -> FundingPart:
    return FundingPart(
        kind=record["kind"],
        amount_sek=record["amount_sek"],
        dated_on=record["date"],
        **_texts(record, "note"),
    )


def _contact(record: Record) -> dict[str, Any]:
    return {
        **_texts(record, "function"),
        "email": record["email"],
        "notified_on": record["notice_date"],
    }


def _feature(record: Record) -> dict[str, str]:
    return {
        **_texts(record, "title", "text"),
        "group_sv": record["category_sv"],
        "group_en": record["category_en"],
    }


def _document(record: Record, owner: Record) -> dict[str, Any]:
    titles = [record["title_sv"], record["title_en"], owner["title_sv"], owner["title_en"]]
    file = AttachedFile(record["filename"], lambda: demo_files.leaflet(*titles))
    return {**_texts(record, "title"), "file": file}


def _picture(record: Record, drawings: dict[str, dict[str, str]]) -> PicturePart:
    slug = record["cover_of"]
    file = AttachedFile(f"{slug}.png", lambda: demo_files.harbour(slug, **drawings[slug]))
    return PicturePart(
        picture=file,
        creator=record["creator"],
        licence=record["licence"],
        **_texts(record, "alt", "caption"),
    )
