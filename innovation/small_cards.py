"""The cards of initiatives below a heading of a page: made once, and kept, as those of lists are
(cards.py), which have a larger heading.

A card holds as long as its row of the snapshot and the names beside it are the same objects, and
the day is the same (a photograph may be shown until a day).
"""

from typing import NamedTuple

from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString

from innovation import shared_rows
from innovation.kept import Latest
from innovation.models import Initiative
from innovation.snapshot import Snapshot

MOST_KEPT = 5000


class _Kept(NamedTuple):
    row: object
    options: object
    day: object
    html: SafeString

    def holds(self, row, options, day) -> bool:
        return self.row is row and self.options is options and self.day == day


# By key and language.
_kept = Latest(MOST_KEPT)


def html_of(pks: list[int], *, language: str, snap: Snapshot) -> list[SafeString]:
    """The cards in this order, without those that aren't visible any more; language: the active
    one. One query for what isn't kept, none when all is."""
    day = timezone.localdate()
    rows = {pk: snap.rows[snap.slot_of[pk]] for pk in pks if pk in snap.slot_of}
    cards = {}
    for pk, row in rows.items():
        known = _kept.get((pk, language))
        if known and known.holds(row, snap.options, day):
            cards[pk] = known.html
    missing = [pk for pk in rows if pk not in cards]
    if missing:
        made = _made(missing, snap)
        _kept.keep({(pk, language): _Kept(rows[pk], snap.options, day, made[pk]) for pk in made})
        cards |= made
    return [cards[pk] for pk in pks if pk in cards]


def _made(pks: list[int], snap: Snapshot) -> dict[int, SafeString]:
    template = get_template("innovation/_initiative_card.html")
    # Without an order and joins, which cost more than the rows.
    initiatives = Initiative.objects.visible().order_by().in_bulk(pks)
    for initiative in initiatives.values():
        shared_rows.give_to(initiative, snap)
    return {
        pk: template.render({"initiative": initiative, "heading": "h3", "excerpt": ""})
        for pk, initiative in initiatives.items()
    }
