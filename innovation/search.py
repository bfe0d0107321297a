"""What the pages show of a search: where it matched, and suggestions while someone types.

Which initiatives a search finds, and in what order, `catalogue.find()` says.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from innovation import catalogue, postings, richtext, snapshot
from innovation.excerpts import Label, Text, excerpt, parts_by_form
from innovation.hits import Hits, Name
from innovation.models import ImpactTarget, Initiative
from innovation.search_texts import (
    BODY,
    BODY_FIELDS,
    LEAD,
    OF_TARGET,
    TARGET_FIELDS,
    TEXT_FIELDS,
    TITLE,
)
from innovation.snapshot import Row, Snapshot

# Of each kind but initiatives, which fill the rest.
_MOST_NAMES = 3
_MOST_KEPT = 2000
LABELS = {
    "partner": _("Partner or taking part"),
    "driven_by": _("Driven by"),
    "challenge": _("Challenge"),
    "technology": _("Technology"),
    "sector": _("Sector"),
    "category": _("Category"),
    "goal": _("Global Goal"),
    "status": _("Status"),
}


# ── Where it matched ──────────────────────────────────────────────────────────
def excerpts(
    hits: Hits, pks: Sequence[int], language: str, snap: Snapshot | None = None
) -> dict[int, SafeString]:
    """Safe HTML for those of the initiatives that matched elsewhere than in their title, at most
    about 160 letters with the words in <mark>. Two queries for texts that aren't kept.

    snap: the snapshot that `hits` came from, the current one if omitted.
    """
    snap = snap or snapshot.current()
    rows = {pk: snap.rows[snap.slot_of[pk]] for pk in pks if pk in snap.slot_of}
    # Kept with the hits, for as long as those are asked for and a row is the same.
    kept = hits.excerpts
    missing = {
        pk: row for pk, row in rows.items() if kept.get((pk, language), (None,))[0] is not row
    }
    words = parts_by_form(hits.words) if missing else {}
    for pk, texts in _texts_of(missing).items():
        slot = snap.slot_of[pk]
        titles = _in_order(_of(texts, TITLE), language) or [Text("", language)]
        places = snap.words.postings.places_of(slot, hits.forms)
        others = chain(_others(texts, places, language), titles[1:])
        labels = _labels_of(hits, slot, language)
        kept[pk, language] = (rows[pk], excerpt(titles[0], others, labels, words, language))
    shown = {pk: kept[pk, language][1] for pk in rows if (pk, language) in kept}
    return {pk: html for pk, html in shown.items() if html}


def _others(texts: dict, places: int, language: str) -> list[Text]:
    """The texts that have a word of the query, the titles aside."""
    found = _of(texts, LEAD) if places & postings.LEAD else []
    if places & postings.BODY:
        found += _of(texts, BODY) + texts["targets"]
    return _in_order(found, language)


def _of(texts: dict, names: Sequence[str]) -> list[Text]:
    fields = ((name, language) for name in names for language in ("sv", "en"))
    return [
        Text(text, language) for name, language in fields if (text := texts[f"{name}_{language}"])
    ]


def _in_order(texts: list[Text], language: str) -> list[Text]:
    """Those in the reader's language first."""
    return sorted(texts, key=lambda text: text.language != language)


def _labels_of(hits: Hits, slot: int, language: str) -> list[Label]:
    """The names that matched and that the initiative has, in the order of LABELS."""
    parts: dict[Name, set[int]] = {}
    for part, names in enumerate(hits.names):
        for name, bits in names:
            if bits >> slot & 1:
                parts.setdefault(name, set()).add(part)
    kinds = list(LABELS)
    return [
        Label(
            LABELS[name.kind],
            _in_language(name.name_sv, name.name_en, language),
            frozenset(matched),
        )
        for name, matched in sorted(parts.items(), key=lambda item: kinds.index(item[0].kind))
    ]


def _in_language(swedish: str, english: str, language: str) -> str:
    return swedish or english if language == "sv" else english or swedish


# The texts of initiatives that were shown lately, as long as their row is the same.
_kept: dict[int, tuple[Row, dict]] = {}


def _texts_of(rows: dict[int, Row]) -> dict[int, dict]:
    """By key: the plain texts by field, and "targets", the texts of the impact targets."""
    known = {pk: _kept[pk] for pk in rows if pk in _kept and _kept[pk][0] is rows[pk]}
    missing = rows.keys() - known.keys()
    if missing:
        read = {pk: (rows[pk], texts) for pk, texts in _read(missing)}
        if len(_kept) > _MOST_KEPT:
            _kept.clear()
        _kept.update(read)
        known |= read
    return {pk: texts for pk, (_, texts) in known.items()}


def _read(pks) -> Iterator[tuple[int, dict]]:
    targets: dict[int, list[Text]] = {pk: [] for pk in pks}
    rows = ImpactTarget.objects.filter(initiative__in=pks).values("initiative_id", *TARGET_FIELDS)
    for row in rows:
        targets[row["initiative_id"]] += _of(row, OF_TARGET)
    for row in Initiative.objects.filter(pk__in=pks).values("pk", *TEXT_FIELDS):
        texts = {
            name: richtext.plain(row[name]) if name in BODY_FIELDS else row[name]
            for name in TEXT_FIELDS
        }
        yield row["pk"], {**texts, "targets": targets[row["pk"]]}


# ── While someone types ───────────────────────────────────────────────────────
class Suggestion(NamedTuple):
    """kind: "initiative", "challenge" or "organisation"."""

    kind: str
    text: str
    url: str


def suggestions(q: str, language: str, limit: int) -> list[Suggestion]:
    """What someone may look for who has typed `q`: at most `limit`, the best of each kind first,
    in titles and names alone. One query."""
    snap = snapshot.current()
    names = snap.words.names_like(q)
    names = [name for name in names if not snap.options[name.kind][name.slug].is_example]
    others = [
        *_of_names(names, ("challenge",), language),
        *_of_names(names, ("driven_by", "partner"), language),
    ]
    others = others[: limit - 1] if limit > 1 else []
    return _of_titles(snap, q, language, limit - len(others)) + others


def _of_names(names: list[Name], kinds: tuple[str, ...], language: str) -> list[Suggestion]:
    kind = "challenge" if "challenge" in kinds else "organisation"
    found = {
        name.slug: Suggestion(
            kind,
            _in_language(name.name_sv, name.name_en, language),
            reverse(f"innovation:{kind}-detail", kwargs={"slug": name.slug}),
        )
        for name in names
        if name.kind in kinds
    }
    return list(found.values())[:_MOST_NAMES]


def _of_titles(snap: Snapshot, q: str, language: str, limit: int) -> list[Suggestion]:
    allowed = catalogue.shown(snap)
    hits = snap.words.search(q, snap.bits_of, only_titles=True, allowed=allowed)
    if hits.is_partial:
        return []
    best = [snap.rows[slot] for slot in hits.order()[:limit]]
    slugs = dict(
        Initiative.objects.filter(pk__in=[row.pk for row in best]).values_list("pk", "slug")
    )
    return [
        Suggestion(
            "initiative",
            _in_language(row.title_sv, row.title_en, language),
            reverse("innovation:initiative-detail", kwargs={"slug": slugs[row.pk]}),
        )
        for row in best
        if row.pk in slugs
    ]
