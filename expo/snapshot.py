"""One edition's visible occasions in the memory of the process: what answers its programme
without SQL. See `innovation/snapshot.py` for the idea.

A snapshot is made from scratch when the content has changed: an edition is some hundred rows. Its
slots are in the order of the programme, so that the numbers of a set's bits are its occasions in
order.
"""

import threading
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.db import DatabaseError, connection

from expo.models import Expo
from expo.shown import events_of
from expo.snapshot_rows import EVERYONE, Mark, Row, read
from innovation import changes, richtext
from innovation.analysis import analysed
from innovation.bitsets import bits_from, slots_of
from innovation.changes import Version
from innovation.database_away import was_seen_away_lately
from innovation.kept import Keeps
from innovation.snapshot import Option
from innovation.snapshot_rows import read_synonyms
from innovation.swedish_order import sort_key
from innovation.words import Hits, Name, WordIndex

# Inside a transaction that writes, what is known is its connection's own.
_PRIVATE = "expo_snapshots"

# What an occasion is found by beside the texts of its event, and what such a name is worth.
_NAME_WORTH = {
    "host": 6.0,
    "venue": 6.0,
    "initiative": 5.0,
    "area": 5.0,
    "theme": 4.0,
    "kind": 4.0,
    "audience": 3.0,
    "access": 3.0,
    "language": 3.0,
}


@dataclass
class Snapshot(Keeps):
    """`options` by key and slug in display order; `rows` by slot; `bits` by mark."""

    expo: Expo
    options: dict[str, dict[str, Option]]
    rows: list[Row]
    bits: dict[Mark, int]

    @property
    def everyone(self) -> int:
        return self.bits.get(EVERYONE, 0)

    @cached_property
    def bits_by_option(self) -> dict[str, list[tuple[str, int]]]:
        """By key: (slug, bits) of each option that some occasion has."""
        return {
            key: [(slug, bits) for slug in options if (bits := self.bits.get((key, slug)))]
            for key, options in self.options.items()
        }

    @cached_property
    def slot_of(self) -> dict[int, int]:
        return {row.pk: slot for slot, row in enumerate(self.rows)}

    @cached_property
    def days(self) -> list[str]:
        """All days of the edition, and others that something takes place on: "2027-06-01"."""
        return list(self.options["day"])

    # ── Searching ──
    def search(self, q: str, *, only_titles: bool = False) -> tuple[Hits, int]:
        """What the search found, and the occasions as bits: those that have every word or, when
        none has, most of them. They are shown by time, so the nearest would not come first."""
        hits = self.words.search(q, self._bits_of_name, only_titles=only_titles)
        bits = 0
        for place in slots_of(hits.strict or hits.bits):
            bits |= self._bits_of_place[place]
        return hits, bits

    @cached_property
    def places(self) -> list[tuple[int, int | None]]:
        """(event, venue): what the search index knows; several occasions are of the same."""
        return list(dict.fromkeys(row.place for row in self.rows))

    @cached_property
    def _bits_of_place(self) -> list[int]:
        slots = defaultdict(list)
        for slot, row in enumerate(self.rows):
            slots[row.place].append(slot)
        return [bits_from(slots[place]) for place in self.places]

    @cached_property
    def _name_bits(self) -> dict[Mark, int]:
        """Which places have a name; a place has what its occasions have."""
        return {
            (key, slug): bits_from(
                number for number, mine in enumerate(self._bits_of_place) if mine & bits
            )
            for key in _NAME_WORTH
            for slug, bits in self.bits_by_option[key]
        }

    def _bits_of_name(self, kind: str, slug: str) -> int:
        return self._name_bits.get((kind, slug), 0)

    @cached_property
    def words(self) -> WordIndex:
        """The search index; built when somebody searches."""
        texts = {pk: _words_of(*texts) for pk, *texts in _texts(self.expo)}
        rows = (
            (number, *texts.get(event, ("", "", "")))
            for number, (event, _) in enumerate(self.places)
        )
        names = [
            Name(key, slug, *self.options[key][slug][2:5])
            for key in _NAME_WORTH
            for slug, _ in self.bits_by_option[key]
        ]
        index = WordIndex.build(rows, names, read_synonyms())
        # Of equals what comes first in the programme.
        index.newest_first = slots_of
        index.name_worth = _NAME_WORTH
        return index


_TEXTS = ("title_sv", "title_en", "lead_sv", "lead_en", "text_sv", "text_en")


def _texts(expo: Expo):
    return events_of(expo).order_by("pk").values_list("pk", *_TEXTS).iterator()


# Kept from one snapshot to the next: an edit changes the texts of one event.
@lru_cache(maxsize=2000)
def _words_of(title_sv, title_en, lead_sv, lead_en, text_sv, text_en) -> tuple[str, str, str]:
    return (
        _analysed(title_sv, title_en),
        _analysed(lead_sv, lead_en),
        _analysed(richtext.plain(text_sv), richtext.plain(text_en)),
    )


def _analysed(swedish: str, english: str) -> str:
    return analysed([(text, code) for text, code in ((swedish, "sv"), (english, "en")) if text])


# ── Those of now ──────────────────────────────────────────────────────────────
class _Known:
    """What has been read of one version of the content."""

    def __init__(self, version: Version, before: "_Known | None" = None):
        self.version = version
        self._making = threading.Lock()
        self._snapshots: dict[str, Snapshot] = {}
        if before is not None and "expos" in before.__dict__:
            changed = changes.since(before.version, version)
            if not (changed.others or changed.everything):
                self.expos = before.expos

    @cached_property
    def expos(self) -> dict[str, Expo]:
        return {expo.slug: expo for expo in Expo.objects.visible()}

    def snapshot(self, slug: str) -> Snapshot | None:
        if slug not in self.expos:
            return None
        if slug not in self._snapshots:
            with self._making:
                if slug not in self._snapshots:
                    self._snapshots[slug] = build(self.expos[slug])
        return self._snapshots[slug]


_known: _Known | None = None


def current(slug: str) -> Snapshot | None:
    """The snapshot of the edition `slug` as this connection sees it, the same one until something
    changes; None when no such edition is published."""
    return _known_now().snapshot(slug)


def expos() -> dict[str, Expo]:
    """The published editions by slug, the latest first. They are shared: only to be read."""
    return _known_now().expos


def has_expos() -> bool:
    """Whether an edition is published; for every page's header, also of the page that says that
    the database is away. One query when the content has changed, else none."""
    if was_seen_away_lately():
        return bool(_known and _known.__dict__.get("expos"))
    try:
        return bool(expos())
    except DatabaseError:
        return False


def _known_now() -> _Known:
    global _known
    # Read before the rows: a change meanwhile is met by the next request.
    version = changes.version()
    if version.pending:
        private = getattr(connection, _PRIVATE, None)
        if private is None or private.version != version:
            private = _Known(version)
            setattr(connection, _PRIVATE, private)
        return private
    known = _known
    if known is None or known.version != version:
        known = _known = _Known(version, known)
    return known


def build(expo: Expo) -> Snapshot:
    found = read(expo)
    order = sorted(range(len(found.rows)), key=lambda at: _place_in_programme(found.rows[at]))
    rows = [found.rows[at] for at in order]
    having = defaultdict(list)
    for slot, at in enumerate(order):
        for mark in found.marks[at]:
            having[mark].append(slot)
    bits = {mark: bits_from(slots) for mark, slots in having.items()}
    return Snapshot(expo, found.options, rows, bits)


def _place_in_programme(row: Row) -> tuple:
    """By day and hour, those without an hour last."""
    start = row.starts_at.timestamp() if row.starts_at else 0
    title = sort_key(row.title_sv or row.title_en)
    return row.first_day, row.starts_at is None, start, title, row.pk
