"""The rows below an initiative's form, in the order of its page."""

from innovation import models
from innovation.admin.base import PartInline, both


class ImpactTargetInline(PartInline):
    model = models.ImpactTarget
    fields = (*both("goal", "target_value", "outcome"), ("is_reached", "order"))


class ResidentInvolvementInline(PartInline):
    model = models.ResidentInvolvement
    fields = (*both("text"), "order")


class FundingEntryInline(PartInline):
    model = models.FundingEntry
    fields = (("kind", "amount_sek"), ("dated_on", "order"), *both("note"))


class InitiativeFigureInline(PartInline):
    model = models.InitiativeFigure
    fields = (*both("label"), ("value", "order"))


class InitiativeContactInline(PartInline):
    model = models.InitiativeContact
    fields = (*both("function"), ("email", "notified_on"), "order")


class InitiativeLinkInline(PartInline):
    model = models.InitiativeLink
    fields = (*both("title"), ("url", "order"))


class InitiativeDocumentInline(PartInline):
    model = models.InitiativeDocument
    fields = (*both("title"), ("file", "order"))


class GalleryPictureInline(PartInline):
    model = models.GalleryPicture
    fields = (
        "picture",
        *both("alt", "caption"),
        ("creator", "licence"),
        "shows_people",
        ("consent_reference", "consent_expires_on"),
        "order",
    )


class InitiativeUpdateInline(PartInline):
    model = models.InitiativeUpdate
    fields = ("dated_on", *both("text"))


class StatusChangeInline(PartInline):
    """The history writes itself when the status changes; dates and comments can be put right,
    and steps from before the catalogue added."""

    model = models.StatusChange
    fk_name = "initiative"
    fields = (("from_status", "to_status"), "changed_on", *both("comment"))


INLINES = (
    ImpactTargetInline,
    ResidentInvolvementInline,
    FundingEntryInline,
    InitiativeFigureInline,
    InitiativeContactInline,
    InitiativeLinkInline,
    InitiativeDocumentInline,
    GalleryPictureInline,
    InitiativeUpdateInline,
    StatusChangeInline,
)
