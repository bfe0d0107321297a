"""The catalogue's models, one file per aggregate."""

from innovation.models.base import SlugRedirect
from innovation.models.challenge import Challenge, ChallengeContact
from innovation.models.change import ContentVersion
from innovation.models.collection import Collection, CollectionExample, CollectionTheme
from innovation.models.facts import KeyFigure, Milestone
from innovation.models.import_report import ImportReport
from innovation.models.initiative import Initiative, StatusChange
from innovation.models.initiative_parts import (
    FundingEntry,
    GalleryPicture,
    ImpactTarget,
    InitiativeContact,
    InitiativeDocument,
    InitiativeFigure,
    InitiativeLink,
    InitiativeUpdate,
    ResidentInvolvement,
)
from innovation.models.organisation import Organisation
from innovation.models.outbox import OutboxMessage
from innovation.models.people import Membership, User
from innovation.models.platform import (
    Platform,
    PlatformContact,
    PlatformDocument,
    PlatformFeature,
    PlatformLink,
    RoadmapItem,
)
from innovation.models.search import SearchText, Synonym
from innovation.models.vocabulary import (
    Category,
    ExpectedImpact,
    FocalPoint,
    GlobalGoal,
    InnovationHeight,
    Operation,
    OperationDomain,
    Sector,
    Status,
    Technology,
)

__all__ = [
    "Category",
    "Challenge",
    "ChallengeContact",
    "Collection",
    "CollectionExample",
    "CollectionTheme",
    "ContentVersion",
    "ExpectedImpact",
    "FocalPoint",
    "FundingEntry",
    "GalleryPicture",
    "GlobalGoal",
    "ImpactTarget",
    "ImportReport",
    "Initiative",
    "InitiativeContact",
    "InitiativeDocument",
    "InitiativeFigure",
    "InitiativeLink",
    "InitiativeUpdate",
    "InnovationHeight",
    "KeyFigure",
    "Membership",
    "Milestone",
    "Operation",
    "OperationDomain",
    "Organisation",
    "OutboxMessage",
    "Platform",
    "PlatformContact",
    "PlatformDocument",
    "PlatformFeature",
    "PlatformLink",
    "ResidentInvolvement",
    "RoadmapItem",
    "SearchText",
    "Sector",
    "SlugRedirect",
    "Status",
    "StatusChange",
    "Synonym",
    "Technology",
    "User",
]
