"""One measurement after the other: the bare view, a page of ours, the bare view, the next …"""

from dataclasses import dataclass
from random import Random

import brotli

from tools.benchmark import cases, load, processes
from tools.benchmark.report import LIST_BYTES, Measure, Results, percentile
from tools.benchmark.site import Server, Site

HELLO_REQUESTS, RAW_REQUESTS, CACHED_REQUESTS = 800, 4000, 3000
# A page that takes long is asked for less often.
MOST_SECONDS, COLD_SECONDS = 2.0, 20.0
# Asked for before it counts as cached: a cache may wait for the second visitor.
ASKED_BEFORE = 4
CHANGES_PER_ROUND = 5


@dataclass
class Servers:
    hello: Server
    raw: Server
    site: Site


@dataclass
class Timed:
    answers: load.Answers
    cpu_seconds: float

    @property
    def cpu_ms(self) -> float:
        return self.cpu_seconds * 1000 / self.answers.count


class WrongAnswers(Exception):
    """Pages that fail are not worth a figure."""


def timed(
    server: Server,
    requests: list[bytes],
    most_seconds: float = MOST_SECONDS,
    *,
    expected: int = 200,
) -> Timed:
    """Raises WrongAnswers when an answer is of another status than `expected`."""
    pids = server.pids()
    before = processes.cpu_seconds(pids)
    answers = load.ask_all(server.port, requests, most_seconds=most_seconds)
    spent = processes.cpu_seconds(pids) - before
    if set(answers.statuses) != {expected}:
        raise WrongAnswers(f"answers by status: {dict(answers.statuses)}, not only {expected}")
    return Timed(answers, spent)


class Rounds:
    """Measures into `results`; `tell` is given the name of each case before it begins."""

    def __init__(self, running: Servers, results: Results, tell):
        self._running, self._results, self._tell = running, results, tell
        self._site = running.site
        # The same ones in every round, so that all but the first meet a worker in its stride.
        self._addresses = cases.addresses(self._site.material, Random(0))

    def run_cold(self) -> None:
        """What a worker that has just begun makes of its first visitors."""
        for kind, addresses in self._addresses.items():
            self._beside_hello("cold", kind, list(map(load.request, addresses)), COLD_SECONDS)

    def run(self, chance: Random) -> None:
        self._changed("list", cases.LIST)
        self._changed("search, common word", cases.search(self._site.material["common"][0]))
        self._changed("start", cases.START, warm=cases.LIST)
        for kind, addresses in self._addresses.items():
            chance.shuffle(addresses)
            self._beside_hello("uncached", kind, list(map(load.request, addresses)))
        for kind, addresses in cases.new_addresses(self._site.material, chance).items():
            self._beside_hello("new", kind, list(map(load.request, addresses)))
        for kind in ("list", "filter", "three filters", "search, common word", "detail"):
            self._cached(kind, self._addresses[kind][0])
        self._cached("start", cases.START)
        self._not_modified()
        self._feed_not_modified()
        self._raw()

    def _beside_hello(
        self,
        state: str,
        kind: str,
        requests: list[bytes],
        most_seconds: float = MOST_SECONDS,
        *,
        server: Server | None = None,
        expected: int = 200,
    ) -> None:
        self._tell(f"{kind}, {state}")
        bare = self._hello()
        try:
            ours = timed(server or self._site.server, requests, most_seconds, expected=expected)
        except WrongAnswers as wrong:
            self._results.facts[f"FAILED: {kind}, {state}"] = str(wrong)
            return
        self._results.measures[state, kind].append(
            Measure(
                cpu_ms=ours.cpu_ms,
                cpu_ratio=ours.cpu_ms / bare.cpu_ms,
                rate=ours.answers.rate,
                rate_ratio=ours.answers.rate / bare.answers.rate,
                p99_ratio=percentile(ours.answers.latencies, 0.99)
                / percentile(bare.answers.latencies, 0.99),
            )
        )

    def _hello(self) -> Timed:
        timed_hello = timed(self._running.hello, [load.request("/")] * HELLO_REQUESTS)
        self._results.hello.append(timed_hello.cpu_ms)
        return timed_hello

    def _cached(self, kind: str, address: str) -> None:
        asked = load.request(address)
        for _ in range(ASKED_BEFORE):
            load.ask_once(self._site.server.port, asked)
        self._beside_hello("cached", kind, [asked] * CACHED_REQUESTS)

    def _not_modified(self) -> None:
        for _ in range(ASKED_BEFORE):
            answer = load.ask_once(self._site.server.port, load.request(cases.LIST))
        encoding = answer.headers.get("content-encoding", "not compressed")
        self._results.facts["list page over the wire"] = (
            f"{len(answer.body)} bytes, {encoding}, must be {LIST_BYTES.verdict(len(answer.body))}"
        )
        if tag := answer.headers.get("etag"):
            asked = load.request(cases.LIST, if_none_match=tag)
            requests = [asked] * CACHED_REQUESTS
            self._beside_hello("cached", "list, 304", requests, expected=304)
        else:
            self._results.facts["304"] = "the list has no ETag"

    def _feed_not_modified(self) -> None:
        """What calendars ask for over and over: the whole programme, which has not changed."""
        address = self._site.material["expo_feed"]
        answer = load.ask_once(self._site.server.port, load.request(address))
        asked = load.request(address, if_none_match=answer.headers["etag"])
        requests = [asked] * CACHED_REQUESTS
        self._beside_hello("cached", "expo feed, 304", requests, expected=304)

    def _raw(self) -> None:
        requests = [load.request("/")] * RAW_REQUESTS
        self._beside_hello("floor", "30 kB without Django", requests, server=self._running.raw)

    def _changed(self, kind: str, address: str, *, warm: str = "") -> None:
        """The first page after a change, and what the change leaves to do in the background.

        `warm` is asked for in between, where the first page of all is not what is measured.
        """
        self._tell(f"{kind}, after a change")
        bare = self._hello()
        server = self._site.server
        for _ in range(CHANGES_PER_ROUND):
            mark = self._site.change()
            if warm:
                load.ask_once(server.port, load.request(warm))
                server.settle()
            pids = server.pids()
            before = processes.cpu_seconds(pids)
            answer = load.ask_once(server.port, load.request(address))
            cpu_ms = (processes.cpu_seconds(pids) - before) * 1000
            self._results.measures["changed", kind].append(
                Measure(cpu_ms=cpu_ms, cpu_ratio=cpu_ms / bare.cpu_ms)
            )
            self._results.settled_ms.append(server.settle() * 1000)
            if kind == "list" and mark not in _text(answer):
                self._results.stale += 1


def _text(answer: load.Answer) -> str:
    is_packed = answer.headers.get("content-encoding") == "br"
    return (brotli.decompress(answer.body) if is_packed else answer.body).decode()
