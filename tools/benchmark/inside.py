"""What the benchmark does with the site's own models, in a process of its own.

python -m tools.benchmark.inside prepare 10000 | describe | edit | profile list 100
"""

import cProfile
import io
import json
import pstats
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from random import Random

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from tools.benchmark import cases

LOOKED_AT = 2000
SAMPLES = 400
# Words in this share of the initiatives are common ones to search for; most of the words of a
# language that are more common than that say nothing.
COMMON_FROM, COMMON_TO = 0.05, 0.5
PROFILED_LINES = 40


def prepare(size: int) -> None:
    """The tables, `size` initiatives and the static files, where they are not there yet."""
    from innovation.models import Initiative

    call_command("migrate", verbosity=0, interactive=False)
    # A making that was stopped half-way is taken up where it stopped.
    missing = size - Initiative.objects.count()
    if missing > 0:
        started = time.perf_counter()
        call_command("make_synthetic", missing, add=True, verbosity=0)
        print(f"  {missing} initiatives made in {time.perf_counter() - started:.0f} s", flush=True)
    # The synthetic catalogue has none of the organisations that the files name: told of, and meant.
    call_command("load_demo_expo", if_empty=True, stdout=io.StringIO(), stderr=io.StringIO())
    if not settings.STATIC_ROOT.exists():
        call_command("collectstatic", interactive=False, verbosity=0)


def material() -> dict:
    """What addresses can be made of.

    Shape: {"total": 286, "common": ["skolan", …], "rare": […], "initiatives": [{"slug": …,
    "words": [two common ones of its own], "facets": {"status": ["pilot"], …}}, …],
    "expo_days": [an address, …], "expo_feed": an address}
    """
    from innovation.models import Initiative

    visible = Initiative.objects.visible().order_by("pk")
    total = visible.count()
    rows = visible.select_related("status", "category", "challenge", "driven_by")
    rows = rows.prefetch_related("sectors", "technologies", "global_goals", "partners")
    looked_at = list(rows[:: max(1, total // LOOKED_AT)])[:LOOKED_AT]
    words = {row.pk: _words(row) for row in looked_at}
    seen_in = Counter(word for found in words.values() for word in found)
    least, most = COMMON_FROM * len(looked_at), COMMON_TO * len(looked_at)
    common = {word for word, count in seen_in.items() if least <= count <= most and len(word) > 4}
    rare = sorted(word for word, count in seen_in.items() if count == 1 and len(word) > 5)
    chosen = looked_at[:: max(1, len(looked_at) // SAMPLES)][:SAMPLES]
    return {
        "total": total,
        "common": sorted(common, key=lambda word: (-seen_in[word], word)),
        "rare": rare[:: max(1, len(rare) // SAMPLES)][:SAMPLES],
        "initiatives": [_sample(row, sorted(words[row.pk] & common)) for row in chosen],
        **_expo_addresses(),
    }


def _expo_addresses() -> dict:
    """Of the invented edition, with its 700 occasions: the days, and the calendar of all of it."""
    from expo.models import Expo

    expo = Expo.objects.get(is_example=True)
    days = []
    for code in ("sv", "en"):
        with translation.override(code):
            names = [{"edition": expo.slug, "day": f"{day}"} for day in expo.days]
            days += [reverse("expo:day-detail", kwargs=name) for name in names]
            feed = reverse("expo:list-calendar", kwargs={"edition": expo.slug})
    return {"expo_days": days, "expo_feed": feed}


def _words(row) -> set[str]:
    text = " ".join((row.title_sv, row.lead_sv, row.what_sv)).casefold()
    return set(re.findall(r"[a-zåäöé]+", re.sub(r"<[^>]+>", " ", text)))


def _sample(row, common: list[str]) -> dict:
    single = {"status": row.status, "category": row.category, "challenge": row.challenge}
    facets = {key: [term.slug] for key, term in single.items() if term}
    several = {
        "sector": row.sectors,
        "technology": row.technologies,
        "goal": row.global_goals,
        "partner": row.partners,
    }
    facets |= {key: [term.slug for term in terms.all()] for key, terms in several.items()}
    facets["driven_by"] = [row.driven_by.slug] if row.driven_by else []
    facets = {key: slugs for key, slugs in facets.items() if slugs}
    return {"slug": row.slug, "words": common[:2], "facets": facets}


def edit() -> None:
    """For every line that comes in, give one initiative a new title, and print its last word."""
    change = editing()
    for _ in sys.stdin:
        print(change(), flush=True)


def editing() -> Callable[[], str]:
    """What gives the initiative at the top of the list a new title, and returns its last word."""
    from innovation.models import Initiative

    initiative = Initiative.objects.visible().order_by("-updated_at").first()
    title = initiative.title_sv[:150]

    def change() -> str:
        mark = str(time.time_ns())
        initiative.title_sv = f"{title} {mark}"
        initiative.save()
        return mark

    return change


def profile(kind: str, times: int) -> None:
    """Where the time goes in up to `times` pages of `kind` after a change, asked for in this
    process. "cached" asks for one stored page again and again."""
    from config.wsgi import application

    def ask(address: str) -> int:
        return sum(map(len, application(_environ(*address.split("?")), lambda *_: None)))

    if kind == "cached":
        addresses = [cases.LIST] * times * 50
    else:
        made = cases.addresses(material(), Random(0)) | {"start": [cases.START]}
        addresses = made[kind][:times]
    sizes = [ask(address) for address in addresses]
    if kind != "cached":
        editing()()
        ask(cases.LIST)  # bears what the change costs
    profiler = cProfile.Profile()
    started = time.perf_counter()
    for address in addresses:
        profiler.runcall(ask, address)
    spent = (time.perf_counter() - started) / len(addresses)
    print(
        f"{len(addresses)} pages of {sum(sizes) // len(sizes)} bytes, {spent * 1000:.3f} ms each,"
    )
    print("the profiler's own time included")
    pstats.Stats(profiler).sort_stats("tottime").print_stats(PROFILED_LINES)


def _environ(path: str, query: str = "") -> dict:
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "br",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def main(deed: str, *arguments: str) -> None:
    django.setup()
    if deed == "prepare":
        prepare(int(arguments[0]))
    elif deed == "describe":
        print(json.dumps(material()))
    elif deed == "edit":
        edit()
    elif deed == "profile":
        profile(arguments[0], int(arguments[1]))


if __name__ == "__main__":
    main(*sys.argv[1:])
