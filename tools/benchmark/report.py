"""Figures of many rounds as a table, beside what they must reach."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from statistics import median

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
HEAD = ("rows", "page", "state", "CPU, ms", "CPU / H", "must be", "rate / H", "must be",
        "p99 / H")  # fmt: skip


@dataclass(frozen=True)
class Gate:
    """What a figure must be: at most `limit`, or at least it."""

    limit: float
    is_floor: bool = False
    unit: str = ""

    def __str__(self):
        return f"{'≥' if self.is_floor else '≤'} {self.limit:g}{self.unit}"

    def verdict(self, value: float) -> str:
        is_met = value >= self.limit if self.is_floor else value <= self.limit
        return f"{self} {'ok' if is_met else 'MISSED'}"


AT_MOST, AT_LEAST = Gate, lambda limit: Gate(limit, is_floor=True)
SMALL = (300, 10_000)
# By state of the cache and kind of page: what CPU per request, as a ratio to the bare view's, and
# the rate must be, and at which sizes. Issue figures; at other sizes a figure is only reported.
CPU_GATES = {
    ("uncached", "list"): (AT_MOST(3), SMALL),
    ("uncached", "filter"): (AT_MOST(3), SMALL),
    ("uncached", "three filters"): (AT_MOST(4), (10_000,)),
    ("new", "filter"): (AT_MOST(3), SMALL),
    ("new", "three filters"): (AT_MOST(4), (10_000,)),
    ("uncached", "search, common word"): (AT_MOST(6), (10_000,)),
    ("uncached", "search, rare word"): (AT_MOST(6), (10_000,)),
    ("uncached", "search, two words"): (AT_MOST(6), (10_000,)),
    ("uncached", "search + filter"): (AT_MOST(6), (10_000,)),
    ("changed", "list"): (AT_MOST(10), SMALL),
    ("cached", "list, 304"): (AT_MOST(0.25), SMALL),
}
# The same in milliseconds of this machine, at every size.
MS_GATES = {
    ("uncached", "expo day"): Gate(15, unit=" ms"),
    ("cached", "expo feed, 304"): Gate(3, unit=" ms"),
}
CACHED_RATE = AT_LEAST(4)
GROWTH = AT_MOST(1.5)
LIST_BYTES = AT_MOST(14_000)


@dataclass(frozen=True)
class Measure:
    """One round's figures for one case, beside those of the bare view just before it."""

    cpu_ms: float
    cpu_ratio: float
    rate: float = 0.0
    rate_ratio: float = 0.0
    p99_ratio: float = 0.0


@dataclass
class Results:
    """Everything of one size. `measures` by (state of the cache, kind of page)."""

    size: int
    measures: dict[tuple[str, str], list[Measure]] = field(
        default_factory=lambda: defaultdict(list)
    )
    # Shape: {"worker's memory": "96 MB"}: what is no ratio, in words.
    facts: dict[str, str] = field(default_factory=dict)
    # Milliseconds of CPU: of the bare view, and after a changed page was answered.
    hello: list[float] = field(default_factory=list)
    settled_ms: list[float] = field(default_factory=list)
    # First pages after a change that did not show it.
    stale: int = 0

    def ratio(self, case: tuple[str, str]) -> float:
        return median(measure.cpu_ratio for measure in self.measures[case])


def spread(values: Iterable[float], digits: int = 2) -> str:
    """ "median [least–most]" """
    ordered = sorted(values)
    figures = [_short(value, digits) for value in (median(ordered), ordered[0], ordered[-1])]
    return "{} [{}–{}]".format(*figures)


def percentile(values: Iterable[float], share: float) -> float:
    """The least value that `share` of them don't go past."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * share) - 1)]


def _short(value: float, digits: int) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.{digits}f}"


def table(results: list[Results]) -> str:
    """All sizes, as Markdown that also reads well on a terminal."""
    head = (
        "rows",
        "page",
        "state",
        "CPU, ms",
        "CPU / H",
        "must be",
        "rate / H",
        "must be",
        "p99 / H",
    )
    rows = [row for result in results for row in _rows(result)]
    parts = [_markdown([head, *rows])]
    if growth := _growth(results):
        parts.append(_markdown([("page, uncached", "growth of CPU / H", "must be"), *growth]))
    facts = [(f"{r.size}", name, value) for r in results for name, value in r.facts.items()]
    parts.append(_markdown([("rows", "besides", ""), *facts]))
    return "\n\n".join(parts)


def _rows(result: Results) -> Iterable[tuple[str, ...]]:
    for (state, kind), measures in result.measures.items():
        cpu = [measure.cpu_ratio for measure in measures]
        rates = [measure.rate_ratio for measure in measures if measure.rate_ratio]
        tails = [measure.p99_ratio for measure in measures if measure.p99_ratio]
        spent = median(measure.cpu_ms for measure in measures)
        is_cached_page = state == "cached" and rates and not kind.endswith("304")
        yield (
            f"{result.size}",
            kind,
            state,
            f"{spent:.3f}",
            spread(cpu),
            _cpu_verdict((state, kind), result.size, median(cpu), spent),
            spread(rates) if rates else "–",
            CACHED_RATE.verdict(median(rates)) if is_cached_page else "",
            spread(tails, 1) if tails else "–",
        )


def _cpu_verdict(case: tuple[str, str], size: int, ratio: float, spent_ms: float) -> str:
    if case in MS_GATES:
        return MS_GATES[case].verdict(spent_ms)
    gate, sizes = CPU_GATES.get(case, (None, ()))
    return gate.verdict(ratio) if gate and size in sizes else ""


def _growth(results: list[Results]) -> list[tuple[str, ...]]:
    """From the smallest size to each of the others, for what was measured at both."""
    least, *others = sorted(results, key=lambda result: result.size)
    rows = []
    for result in others:
        is_gated = (least.size, result.size) == SMALL
        for state, kind in result.measures:
            if state == "uncached" and (state, kind) in least.measures:
                growth = result.ratio((state, kind)) / least.ratio((state, kind))
                name = f"{kind}, {least.size} → {result.size}"
                rows.append((name, f"{growth:.2f}", GROWTH.verdict(growth) if is_gated else ""))
    return rows


def _markdown(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def write(path: Path, text: str) -> None:
    """Put `text` between the marks in `path`."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"{path}: the lines {BEGIN} and {END} are missing")
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
