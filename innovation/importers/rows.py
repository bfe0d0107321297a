"""What a source can say, in the catalogue's own words: one row type per aggregate, in the order
in which they can be written: what others link to comes first.

Fields are called what the model's fields are called, and hold plain values: text, numbers, ISO
dates, the key of another row for a link, a list of keys for several links, a list of parts for
what belongs to the row alone. A field left at KEEP is one that the source says nothing of; it
is never touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.db import models

from innovation.importers.parts import (
    ChallengeContactPart,
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
from innovation.importers.stated import KEEP, Flag, Keep, Link, Links, Names, Number, Stated, Text
from innovation.models import (
    Category,
    Challenge,
    Collection,
    CollectionExample,
    CollectionTheme,
    ExpectedImpact,
    FocalPoint,
    GlobalGoal,
    Initiative,
    InnovationHeight,
    KeyFigure,
    Milestone,
    Operation,
    OperationDomain,
    Organisation,
    Platform,
    Sector,
    Status,
    Technology,
)

# By model; another app's rows come in when their module is imported.
ROW_OF: dict[type[models.Model], type["Row"]] = {}


@dataclass(frozen=True, kw_only=True)
class Row(Stated):
    """`within` names the link to the row that this one's slug is unique in, when it is not
    unique in the whole catalogue."""

    within: ClassVar[str] = ""

    slug: str

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "model" in vars(cls):
            ROW_OF[cls.model] = cls

    @property
    def model_name(self) -> str:
        return self.model._meta.model_name

    @property
    def key(self) -> str:
        return f"{getattr(self, self.within)}/{self.slug}" if self.within else self.slug


@dataclass(frozen=True, kw_only=True)
class SourcedRow(Row):
    source_url: Text = KEEP
    source_url_exact: Flag = KEEP
    source_ref: Text = KEEP
    inferred_fields: Names = KEEP


# ── Vocabularies ──────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class TermRow(Row):
    name_sv: Text = KEEP
    name_en: Text = KEEP
    aliases: Names = KEEP
    order: int | Keep = KEEP


@dataclass(frozen=True, kw_only=True)
class CategoryRow(TermRow):
    model = Category
    band: Text = KEEP


@dataclass(frozen=True, kw_only=True)
class SectorRow(TermRow):
    model = Sector
    parent: Link = KEEP


@dataclass(frozen=True, kw_only=True)
class TechnologyRow(TermRow):
    model = Technology
    parent: Link = KEEP


@dataclass(frozen=True, kw_only=True)
class GlobalGoalRow(TermRow):
    model = GlobalGoal
    number: int


@dataclass(frozen=True, kw_only=True)
class StatusRow(TermRow):
    model = Status
    explanation_sv: Text = KEEP
    explanation_en: Text = KEEP
    progress_percent: Number = KEEP
    keeps_progress: Flag = KEEP
    step: Number = KEEP
    asks_for_lessons: Flag = KEEP
    light: Text = KEEP


@dataclass(frozen=True, kw_only=True)
class FocalPointRow(TermRow):
    model = FocalPoint
    url: Text = KEEP


class OperationRow(TermRow):
    model = Operation


class OperationDomainRow(TermRow):
    model = OperationDomain


class ExpectedImpactRow(TermRow):
    model = ExpectedImpact


class InnovationHeightRow(TermRow):
    model = InnovationHeight


# ── Organisations and challenges ──────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class OrganisationRow(SourcedRow):
    model = Organisation
    is_example: Flag = KEEP
    name_sv: Text = KEEP
    name_en: Text = KEEP
    short_name: Text = KEEP
    kind: Text = KEEP
    country: Text = KEEP
    parent: Link = KEEP
    administration: Link = KEEP
    website: Text = KEEP
    is_h22_partner: Flag = KEEP
    note: Text = KEEP


@dataclass(frozen=True, kw_only=True)
class ChallengeRow(SourcedRow):
    model = Challenge
    is_example: Flag = KEEP
    title_sv: Text = KEEP
    title_en: Text = KEEP
    source_slug: Text = KEEP
    alternative_titles: Names = KEEP
    lead_sv: Text = KEEP
    lead_en: Text = KEEP
    text_sv: Text = KEEP
    text_en: Text = KEEP
    category: Link = KEEP
    global_goals: Links = KEEP
    focal_points: Links = KEEP
    report_number: Number = KEEP
    order: int | Keep = KEEP
    contacts: Sequence[ChallengeContactPart] | Keep = KEEP


# ── Platforms ─────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class PlatformRow(SourcedRow):
    model = Platform
    is_example: Flag = KEEP
    title_sv: Text = KEEP
    title_en: Text = KEEP
    lead_sv: Text = KEEP
    lead_en: Text = KEEP
    text_sv: Text = KEEP
    text_en: Text = KEEP
    get_started_heading_sv: Text = KEEP
    get_started_heading_en: Text = KEEP
    get_started_sv: Text = KEEP
    get_started_en: Text = KEEP
    video_url: Text = KEEP
    partners: Links = KEEP
    order: int | Keep = KEEP
    features: Sequence[FeaturePart] | Keep = KEEP
    roadmap: Sequence[RoadmapPart] | Keep = KEEP
    contacts: Sequence[PlatformContactPart] | Keep = KEEP
    links: Sequence[PlatformLinkPart] | Keep = KEEP
    documents: Sequence[PlatformDocumentPart] | Keep = KEEP


# ── Initiatives ───────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class InitiativeRow(SourcedRow):
    model = Initiative
    is_example: Flag = KEEP
    title_sv: Text = KEEP
    title_en: Text = KEEP
    lead_sv: Text = KEEP
    lead_en: Text = KEEP
    what_sv: Text = KEEP
    what_en: Text = KEEP
    why_sv: Text = KEEP
    why_en: Text = KEEP
    how_sv: Text = KEEP
    how_en: Text = KEEP
    delimitations_sv: Text = KEEP
    delimitations_en: Text = KEEP
    lessons_learned_sv: Text = KEEP
    lessons_learned_en: Text = KEEP
    collaboration_wanted_sv: Text = KEEP
    collaboration_wanted_en: Text = KEEP
    status: Link = KEEP
    progress_percent: Number = KEEP
    status_comment_sv: Text = KEEP
    status_comment_en: Text = KEEP
    start_year: Number = KEEP
    end_year: Number = KEEP
    starts_on: str | None | Keep = KEEP
    ends_on: str | None | Keep = KEEP
    challenge: Link = KEEP
    category: Link = KEEP
    sectors: Links = KEEP
    technologies: Links = KEEP
    global_goals: Links = KEEP
    platforms: Links = KEEP
    operations: Links = KEEP
    operation_domain: Link = KEEP
    expected_impact: Link = KEEP
    innovation_heights: Links = KEEP
    is_city_wide: Flag = KEEP
    challenges_core: Flag = KEEP
    open_for_schools: Flag = KEEP
    internal: Flag = KEEP
    driven_by: Link = KEEP
    participants: Links = KEEP
    partners: Links = KEEP
    estimated_budget_sek: Number = KEEP
    budget_note_sv: Text = KEEP
    budget_note_en: Text = KEEP
    video_url: Text = KEEP
    place_sv: Text = KEEP
    place_en: Text = KEEP
    latitude: float | None | Keep = KEEP
    longitude: float | None | Keep = KEEP
    source_type: Text = KEEP
    source_slug: Text = KEEP
    review_on: str | None | Keep = KEEP
    status_changes: Sequence[StatusChangePart] | Keep = KEEP
    impact_targets: Sequence[ImpactTargetPart] | Keep = KEEP
    involvements: Sequence[InvolvementPart] | Keep = KEEP
    funding: Sequence[FundingPart] | Keep = KEEP
    figures: Sequence[FigurePart] | Keep = KEEP
    contacts: Sequence[InitiativeContactPart] | Keep = KEEP
    links: Sequence[InitiativeLinkPart] | Keep = KEEP
    documents: Sequence[InitiativeDocumentPart] | Keep = KEEP
    gallery: Sequence[PicturePart] | Keep = KEEP
    updates: Sequence[UpdatePart] | Keep = KEEP


# ── Figures, milestones, collections ──────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class FactRow(SourcedRow):
    group: Text = KEEP
    label_sv: Text = KEEP
    label_en: Text = KEEP
    note_en: Text = KEEP
    is_source_precise: Flag = KEEP
    order: int | Keep = KEEP


@dataclass(frozen=True, kw_only=True)
class KeyFigureRow(FactRow):
    model = KeyFigure
    value: str
    unit: Text = KEEP
    as_of: Text = KEEP


@dataclass(frozen=True, kw_only=True)
class MilestoneRow(FactRow):
    model = Milestone
    year: int


@dataclass(frozen=True, kw_only=True)
class CollectionRow(SourcedRow):
    model = Collection
    is_example: Flag = KEEP
    title_sv: Text = KEEP
    title_en: Text = KEEP
    text_sv: Text = KEEP
    text_en: Text = KEEP


@dataclass(frozen=True, kw_only=True)
class ThemeRow(Row):
    model = CollectionTheme
    within = "collection"
    collection: str
    title_sv: Text = KEEP
    title_en: Text = KEEP
    text_sv: Text = KEEP
    text_en: Text = KEEP
    order: int | Keep = KEEP


@dataclass(frozen=True, kw_only=True)
class ExampleRow(SourcedRow):
    model = CollectionExample
    within = "theme"
    theme: str
    title_sv: Text = KEEP
    title_en: Text = KEEP
    text_sv: Text = KEEP
    text_en: Text = KEEP
    organisations: Links = KEEP
    place: Text = KEEP
    year: Number = KEEP
    order: int | Keep = KEEP
