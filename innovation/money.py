"""The money of an initiative as a small picture: one bar a kind, never added together."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from innovation.choices import FundingKind
from innovation.models import FundingEntry, Initiative

BAR_WIDTH = 100


@dataclass(frozen=True)
class Bar:
    """`width` is 0–100, of the largest; `entries` are what the amount is made of."""

    kind: str
    label: str
    amount_sek: int
    width: float
    entries: list[FundingEntry]


def picture(initiative: Initiative) -> list[Bar]:
    """The bars that the data states, estimate first; empty when nothing is known of the money."""
    funding = list(initiative.funding.all())
    amounts = [("estimate", _("Estimated budget"), initiative.estimated_budget_sek, [])]
    for kind, label in (
        (FundingKind.GRANTED, _("Funds granted")),
        (FundingKind.USED, _("Funds used so far")),
    ):
        entries = [entry for entry in funding if entry.kind == kind]
        total = sum(entry.amount_sek for entry in entries) if entries else None
        amounts.append((kind.value, label, total, entries))
    known = [row for row in amounts if row[2] is not None]
    largest = max((amount for _, _, amount, _ in known), default=0)
    return [
        Bar(kind, label, amount, _share(amount, largest), entries)
        for kind, label, amount, entries in known
    ]


def _share(amount: int, largest: int) -> float:
    return round(BAR_WIDTH * amount / largest, 1) if largest else 0
