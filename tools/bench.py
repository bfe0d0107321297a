"""`make bench`: what a page costs, beside the barest Django view on the same server and core.

tools/bench.py [--sizes 300 10000] [--full] [--rounds 5] [--postgres] [--keep FOLDER] [--write]
tools/bench.py --profile list --sizes 10000

The site runs on the server and settings of `make run`, with a synthetic catalogue and files of its
own. Servers keep to one core, what asks them to the other; the bare view (H) is measured before
each page. H, the raw floor and the pages are parts of one run, so the ratios mean something; the
milliseconds belong to the machine. See docs/performance.md.
"""

import argparse
import os
import platform
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.benchmark import cases, processes, report, rounds, site  # noqa: E402
from tools.compile_messages import compile_messages  # noqa: E402

SIZES, FULL_SIZE = (300, 10_000), 100_000
PAGE = ROOT / "docs" / "performance.md"
PACKAGES = ("django", "granian", "psycopg", "brotli")
PROFILED = 100
FLOORS = "tools.benchmark.floors"


def main() -> None:
    options = _options()
    if os.cpu_count() < 2:
        sys.exit("The benchmark needs two cores: one for the servers, one for what asks them.")
    compile_messages()
    with ExitStack() as stack:
        folder = options.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))
        folder = Path(folder) / ("postgres" if options.postgres else "sqlite")
        if options.profile:
            _profile(options, folder)
            return
        results = [_measured(size, folder, options) for size in options.sizes]
    text = f"{_about(options)}\n\n{report.table(results)}"
    print(f"\n{text}")
    if options.write:
        report.write(PAGE, text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="initiatives")
    parser.add_argument("--full", action="store_true", help=f"{FULL_SIZE} initiatives too")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--postgres", action="store_true", help="instead of SQLite")
    parser.add_argument("--keep", type=Path, help="keep the catalogues here for the next time")
    parser.add_argument("--write", action="store_true", help=f"put the table in {PAGE.name}")
    parser.add_argument(
        "--profile",
        metavar="KIND",
        choices=[*cases.KINDS, "start", "cached"],
        help="where one page's time goes",
    )
    options = parser.parse_args()
    if options.full and FULL_SIZE not in options.sizes:
        options.sizes.append(FULL_SIZE)
    return options


def _profile(options: argparse.Namespace, folder: Path) -> None:
    for size in options.sizes:
        print(f"{options.profile}, {size} initiatives", flush=True)
        site.profile(
            size, folder / str(size), options.profile, PROFILED, is_postgres=options.postgres
        )


def _measured(size: int, folder: Path, options: argparse.Namespace) -> report.Results:
    print(f"{size} initiatives", flush=True)
    results = report.Results(size)
    with ExitStack() as stack:
        home = folder / str(size)
        ours = stack.enter_context(site.running_site(size, home, is_postgres=options.postgres))
        hello, raw = (
            stack.enter_context(site.running(f"{FLOORS}:{name}", home, ours.environment))
            for name in ("hello", "raw")
        )
        running = rounds.Servers(hello, raw, ours)
        measured = rounds.Rounds(running, results, _tell)
        measured.run_cold()
        for number in range(1, options.rounds + 1):
            _tell(f"round {number} of {options.rounds}", is_news=True)
            measured.run(Random(number))
        _note_facts(results, running)
    return results


def _tell(what: str, *, is_news: bool = False) -> None:
    """What is measured: over the same line on a terminal, only the news in a log."""
    if sys.stderr.isatty():
        print(f"\r  {what:<60}", end="", file=sys.stderr, flush=True)
    elif is_news:
        print(f"  {what}", flush=True)


def _note_facts(results: report.Results, running: rounds.Servers) -> None:
    ours, bare = (
        processes.memory(server.worker) for server in (running.site.server, running.hello)
    )
    results.facts |= {
        "bare view (H), ms of CPU": report.spread(results.hello, 3),
        "worker's memory": f"{ours.resident:.0f} MiB resident, {ours.unique:.0f} its own "
        f"(bare view {bare.resident:.0f} and {bare.unique:.0f})",
        "first list after the start": f"{running.site.first_page_seconds:.2f} s",
        "first search after that": f"{running.site.first_search_seconds:.2f} s",
        "CPU in the background after a change": f"{report.spread(results.settled_ms)} ms",
        "stale pages after a change": f"{results.stale}",
    }


def _about(options: argparse.Namespace) -> str:
    """When, where, with what, and how to do it again."""
    names = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    engine = "PostgreSQL" if options.postgres else "SQLite"
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    command = " ".join(["tools/bench.py", *(word for word in sys.argv[1:] if word != "--write")])
    return (
        f"`{command}`, {datetime.now(UTC):%Y-%m-%d}: {engine}; "
        f"{os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}; Python {platform.python_version()}, {names}; "
        f"{options.rounds} rounds, median [least–most]; load at the end "
        f"{os.getloadavg()[0]:.1f}."
    )


if __name__ == "__main__":
    main()
