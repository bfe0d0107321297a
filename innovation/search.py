"""What the pages show of a search: where it matched, and suggestions while someone types.

Which initiatives a search finds, and in what order, `catalogue.find()` says.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from innovation import catalogue, postings, richtext, snapshot
from innovation.excerpts import Label, Parts, Text, excerpt, parts_by_form
from innovation.hits import Hits, Name
from innovation.models import ImpactTarget, Initiative
from innovation.search_texts import (
    BODY,
    BODY_FIELDS,
    LEAD,
    NOTES,
    OF_TARGET,
    TARGET_FIELDS,
    TEXT_FIELDS,
    TITLE,
)
from innovation.snapshot import Row, Snapshot

# Of each kind but initiatives, which fill the rest.
_MOST_NAMES = 3
# Excerpts take some 20 MB at most.
_MOST_KEPT, _MOST_EXCERPTS, _OF_A_SEARCH = 5000, 50_000, 20
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
    kept = _excerpts_of(hits, language)
    # Another edit leaves them as they are: what is shown is of this row and of these words.
    missing = {pk: row for pk, row in rows.items() if kept.get(pk, (None,))[0] is not row}
    if missing:
        _make_room()
        words = parts_by_form(hits.words)
        for pk, texts in _texts_of(missing).items():
            kept[pk] = (rows[pk], _excerpt(hits, words, texts, snap, snap.slot_of[pk], language))
    return {pk: html for pk in rows if pk in kept and (html := kept[pk][1])}


# By what was found and in which language: the row that was shown, and its excerpt.
_excerpts: dict[tuple, dict[int, tuple[Row, SafeString | None]]] = {}


def _excerpts_of(hits: Hits, language: str) -> dict[int, tuple[Row, SafeString | None]]:
    """What is kept for this search; it holds for a row that is the same."""
    names = tuple(tuple(named.name for named in part) for part in hits.names)
    return _excerpts.setdefault((hits.words, names, language), {})


def _make_room() -> None:
    # A list at once, since others add to it meanwhile. A search weighs as much as some excerpts.
    if sum(_OF_A_SEARCH + len(kept) for kept in [*_excerpts.values()]) > _MOST_EXCERPTS:
        _excerpts.clear()


def _excerpt(
    hits: Hits, words: Parts, texts: dict, snap: Snapshot, slot: int, language: str
) -> SafeString | None:
    index = snap.words.postings
    found = index.words_in(slot, hits.forms)
    places = sum(place for place, here in found.items() if here)
    forms = {index.lexicon.words[number] for here in found.values() for number in here}
    titles = _in_order(_of(texts, TITLE), language) or [Text("", language)]
    others = chain(_others(texts, places, language), titles[1:])
    labels = _labels_of(hits, slot, language)
    here = {form: words[form] for form in forms if form in words}
    return excerpt(titles[0], others, labels, here, words, language)


def _others(texts: dict, places: int, language: str) -> list[Text]:
    """The texts that have a word of the query, the titles aside."""
    found = _of(texts, LEAD) if places & postings.LEAD else []
    if places & postings.BODY:
        found += _of(texts, BODY) + texts["targets"] + _of(texts, NOTES)
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
    best = [snap.rows[slot] for slot in islice(hits.order(hits.strict), limit)]
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
