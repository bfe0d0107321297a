"""The rows of lists that belong to one row, such as the links of an initiative."""

from dataclasses import dataclass
from decimal import Decimal

from innovation.importers.stated import KEEP, AttachedFile, Keep, Link, Stated, Text
from innovation.models import (
    ChallengeContact,
    FundingEntry,
    GalleryPicture,
    ImpactTarget,
    InitiativeContact,
    InitiativeDocument,
    InitiativeFigure,
    InitiativeLink,
    InitiativeUpdate,
    PlatformContact,
    PlatformDocument,
    PlatformFeature,
    PlatformLink,
    ResidentInvolvement,
    RoadmapItem,
    StatusChange,
)


@dataclass(frozen=True, kw_only=True)
class Part(Stated):
    """A row of a list that belongs to one row, such as a link; the source states lists whole."""


# ── What several aggregates have ──────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class ContactPart(Part):
    function_sv: str
    function_en: Text = KEEP
    email: Text = KEEP
    notified_on: str | None | Keep = KEEP


@dataclass(frozen=True, kw_only=True)
class LinkPart(Part):
    title_sv: str
    title_en: Text = KEEP
    url: str


@dataclass(frozen=True, kw_only=True)
class DocumentPart(Part):
    title_sv: str
    title_en: Text = KEEP
    file: AttachedFile


# ── Of one aggregate ──────────────────────────────────────────────────────────
class ChallengeContactPart(ContactPart):
    model = ChallengeContact


@dataclass(frozen=True, kw_only=True)
class FeaturePart(Part):
    model = PlatformFeature
    title_sv: str
    title_en: Text = KEEP
    group_sv: Text = KEEP
    group_en: Text = KEEP
    text_sv: Text = KEEP
    text_en: Text = KEEP


@dataclass(frozen=True, kw_only=True)
class RoadmapPart(FeaturePart):
    model = RoadmapItem
    planned_on: str
    status: Text = KEEP


@dataclass(frozen=True, kw_only=True)
class PlatformContactPart(ContactPart):
    model = PlatformContact
    role_sv: Text = KEEP
    role_en: Text = KEEP


class PlatformLinkPart(LinkPart):
    model = PlatformLink


class PlatformDocumentPart(DocumentPart):
    model = PlatformDocument


@dataclass(frozen=True, kw_only=True)
class StatusChangePart(Part):
    """`changed_on` is None where no source says when."""

    model = StatusChange
    from_status: Link
    to_status: str
    changed_on: str | None
    comment_sv: Text = KEEP
    comment_en: Text = KEEP


@dataclass(frozen=True, kw_only=True)
class ImpactTargetPart(Part):
    model = ImpactTarget
    goal_sv: str
    goal_en: Text = KEEP
    target_value_sv: Text = KEEP
    target_value_en: Text = KEEP
    outcome_sv: Text = KEEP
    outcome_en: Text = KEEP
    is_reached: bool | None = None


@dataclass(frozen=True, kw_only=True)
class InvolvementPart(Part):
    model = ResidentInvolvement
    text_sv: str
    text_en: Text = KEEP


@dataclass(frozen=True, kw_only=True)
class FundingPart(Part):
    """`kind` is "granted" or "used"; an estimate is no funding but the row's own field."""

    model = FundingEntry
    kind: str
    amount_sek: int
    dated_on: str | None = None
    note_sv: Text = KEEP
    note_en: Text = KEEP


@dataclass(frozen=True, kw_only=True)
class FigurePart(Part):
    model = InitiativeFigure
    label_sv: str
    label_en: Text = KEEP
    value: Decimal


class InitiativeContactPart(ContactPart):
    model = InitiativeContact


class InitiativeLinkPart(LinkPart):
    model = InitiativeLink


class InitiativeDocumentPart(DocumentPart):
    model = InitiativeDocument


@dataclass(frozen=True, kw_only=True)
class PicturePart(Part):
    model = GalleryPicture
    picture: AttachedFile
    alt_sv: Text = KEEP
    alt_en: Text = KEEP
    caption_sv: Text = KEEP
    caption_en: Text = KEEP
    creator: Text = KEEP
    licence: Text = KEEP


@dataclass(frozen=True, kw_only=True)
class UpdatePart(Part):
    model = InitiativeUpdate
    dated_on: str
    text_sv: str
    text_en: Text = KEEP
