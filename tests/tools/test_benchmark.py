import io
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from random import Random
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.management import call_command

from innovation.models import Initiative
from innovation.synthetic import writing
from tools.benchmark import cases, inside, load, processes, report, rounds, site
from tools.benchmark.report import BEGIN, END, Gate, Measure, Results
from tools.servers import ROOT

MATERIAL = {
    "expo_days": [f"/sv/expo/x/dagar/2027-03-{day:02}/" for day in range(1, 32)],
    "total": 300,
    "common": ["skolan", "cykel"],
    "rare": ["sillgrissla", "ålgräs"],
    "initiatives": [
        {
            "slug": "skolvag",
            "words": ["cykel", "skolan"],
            "facets": {"status": ["idea"], "sector": ["school", "health"], "goal": ["4"]},
        },
        {"slug": "kaj", "words": ["skolan"], "facets": {"status": ["pilot"]}},
    ],
}


@contextmanager
def answering(*answers: bytes):
    """A server that gives `answers` in turn, whole or in parts; yields its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            connection, _ = server.accept()
            with connection:
                for answer in answers:
                    if not connection.recv(4096):
                        return
                    for at in range(0, len(answer), 40):
                        connection.sendall(answer[at : at + 40])
                        time.sleep(0.001)

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        thread.join(timeout=10)


def page(body: bytes, status: bytes = b"200 OK") -> bytes:
    return b"HTTP/1.1 %b\r\nContent-Length: %d\r\nETag: a\r\n\r\n%b" % (status, len(body), body)


# ── Asking ────────────────────────────────────────────────────────────────────
def test_request_is_a_get_with_the_headers_given():
    assert load.request("/sv/", if_none_match='"a"') == (
        b'GET /sv/ HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br\r\nif-none-match: "a"\r\n\r\n'
    )


@pytest.mark.parametrize(
    ("start", "length"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Le", None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe", 43),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nX: y\r\n\r\n", 49),
        (b"HTTP/1.1 304 Not Modified\r\nETag: a\r\n\r\n", 38),
    ],
)
def test_whole_length_counts_head_and_body(start, length):
    assert load.whole_length(start) == length


def test_answer_without_a_length_is_refused():
    with pytest.raises(ValueError, match="without Content-Length"):
        load.whole_length(b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n")


def test_ask_once_gives_the_answer_whole():
    with answering(page(b"x" * 500)) as port:
        answer = load.ask_once(port, load.request("/"))

    assert answer == load.Answer(200, {"content-length": "500", "etag": "a"}, b"x" * 500)


def test_ask_all_counts_every_answer_by_its_status():
    pages = [page(b"x" * 90), page(b"", b"500 No"), b"HTTP/1.1 304 Not Modified\r\n\r\n"]

    with answering(*pages) as port:
        answers = load.ask_all(port, [load.request("/")] * 3, connections=1)

    assert answers.statuses == {200: 1, 500: 1, 304: 1}
    assert answers.count == 3
    assert sum(answers.latencies) <= answers.seconds
    assert answers.rate == 3 / answers.seconds


def test_ask_all_begins_no_more_when_the_time_is_over():
    with answering(page(b"x" * 400)) as port:
        answers = load.ask_all(port, [load.request("/")] * 3, connections=1, most_seconds=0.001)

    assert answers.count == 1


def test_server_that_hangs_up_is_told_of():
    with answering() as port, pytest.raises(ConnectionError):
        load.ask_all(port, [load.request("/")], connections=1)


# ── Processes ─────────────────────────────────────────────────────────────────
def test_family_is_a_process_and_all_its_descendants():
    parents = {2: 1, 3: 2, 4: 3, 5: 1}

    assert processes.family(2, parents) == [2, 3, 4]


def test_read_parents_knows_who_began_this_process():
    assert processes.read_parents()[os.getpid()] == os.getppid()


def test_cpu_seconds_are_those_used_and_not_those_slept():
    def spent(work) -> float:
        before = processes.cpu_seconds([os.getpid()])
        work()
        return processes.cpu_seconds([os.getpid()]) - before

    def burn():
        until = time.process_time() + 0.05
        while time.process_time() < until:
            pass

    assert spent(lambda: time.sleep(0.05)) < 0.02
    assert 0.05 <= spent(burn) < 0.1


def test_cpu_seconds_count_children_that_have_ended():
    burn = "import time\nwhile time.process_time() < 0.2: pass"
    before = processes.cpu_seconds([os.getpid()])

    subprocess.run([sys.executable, "-c", burn], check=True)

    assert processes.cpu_seconds([os.getpid()]) - before >= 0.19


def test_memory_of_its_own_is_a_part_of_all():
    used = processes.memory(os.getpid())

    assert 5 < used.unique <= used.resident


def test_on_core_is_for_the_block_only():
    before = os.sched_getaffinity(0)

    with processes.on_core(min(before)):
        inside = os.sched_getaffinity(0)

    assert inside == {min(before)}
    assert os.sched_getaffinity(0) == before


# ── Addresses ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", cases.KINDS)
def test_addresses_are_different_and_the_same_for_the_same_chance(kind):
    made = cases.KINDS[kind](MATERIAL, Random(1))

    assert made
    assert len(made) == len(set(made)) <= cases.ADDRESSES
    assert made == cases.KINDS[kind](MATERIAL, Random(1))


def test_new_addresses_are_the_same_for_the_same_chance_alone():
    first, again, others = (cases.new_addresses(MATERIAL, Random(n)) for n in (1, 1, 2))

    assert first == again != others
    assert all("&sort=" in address for address in first["filter"] + first["three filters"])


def test_address_of_a_search_is_ascii():
    assert cases.search("ålgräs") == "/sv/initiativ/?q=%C3%A5lgr%C3%A4s"


def test_three_filters_are_three_and_of_one_initiative():
    made = cases.three_filters(MATERIAL, Random(1))

    queries = {frozenset(dict(parse_qsl(urlsplit(address).query))) for address in made}
    assert queries == {frozenset({"goal", "sector", "status"})}
    assert [address for address in made if "pilot" in address] == []


@pytest.mark.django_db
def test_addresses_of_a_catalogue_are_answered(client):
    writing.make(40)
    call_command("load_demo_expo", stdout=io.StringIO(), stderr=io.StringIO())

    made = cases.addresses(inside.material(), Random(0))

    answers = {kind: client.get(addresses[0]).status_code for kind, addresses in made.items()}
    assert answers == dict.fromkeys(cases.KINDS, 200)


@pytest.mark.django_db
def test_editor_changes_what_stands_first():
    writing.make(5)

    mark = inside.editing()()

    first = Initiative.objects.visible().order_by("-updated_at").first()
    assert first.title_sv.split()[-1] == mark


# ── Measuring ─────────────────────────────────────────────────────────────────
@pytest.mark.stack
def test_floors_are_served_and_timed(tmp_path):
    env = site.environment(tmp_path)

    with site.running("tools.benchmark.floors:hello", tmp_path, env) as hello:
        timed = rounds.timed(hello, [load.request("/")] * 20)
        with pytest.raises(rounds.WrongAnswers, match=r"\{404: 2\}, not only 200"):
            rounds.timed(hello, [load.request("/nowhere/")] * 2)
        settled = hello.settle()

    assert timed.answers.statuses == {200: 20}
    assert 0 < timed.cpu_seconds < 5
    assert settled < 1


# ── The table ─────────────────────────────────────────────────────────────────
def test_spread_is_the_median_between_least_and_most():
    assert report.spread([3, 1, 2.5]) == "2.50 [1.00–3.00]"
    assert report.spread([300.4, 100]) == "200 [100–300]"


@pytest.mark.parametrize(
    ("values", "share", "value"),
    [(range(1, 101), 0.99, 99), ([7], 0.99, 7), ([2, 1], 0.5, 1), ([1, 2, 3], 0.99, 3)],
)
def test_percentile_is_what_that_share_does_not_pass(values, share, value):
    assert report.percentile(values, share) == value


@pytest.mark.parametrize(
    ("gate", "value", "verdict"),
    [
        (Gate(3), 3.0, "≤ 3 ok"),
        (Gate(3), 3.01, "≤ 3 MISSED"),
        (Gate(4, is_floor=True), 4.0, "≥ 4 ok"),
        (Gate(4, is_floor=True), 3.9, "≥ 4 MISSED"),
        (Gate(15, unit=" ms"), 14.9, "≤ 15 ms ok"),
    ],
)
def test_gate_says_whether_it_is_met(gate, value, verdict):
    assert gate.verdict(value) == verdict


def test_table_holds_milliseconds_of_the_expo_to_theirs():
    results = Results(300)
    results.measures["uncached", "expo day"].append(Measure(15.1, 40))
    results.measures["cached", "expo feed, 304"].append(Measure(0.2, 0.6))

    cells = [line.split("|")[6].strip() for line in report.table([results]).splitlines()[2:4]]

    assert cells == ["≤ 15 ms MISSED", "≤ 3 ms ok"]


def test_table_puts_gates_beside_their_figures():
    small, large = Results(300), Results(10_000, facts={"memory": "96 MiB"})
    for results, ratio in ((small, 2.0), (large, 3.2)):
        for kind in ("list", "filter"):
            results.measures["uncached", kind].append(Measure(1, ratio, 9, 0.4, 2))
    large.measures["cached", "list"].append(Measure(0.1, 0.2, 900, 5, 0.3))

    rows = [[cell.strip() for cell in line.split("|")] for line in
            report.table([small, large]).splitlines()]  # fmt: skip

    assert ["", "300", "list", "uncached", "1.000", "2.00 [2.00–2.00]", "≤ 3 ok",
            "0.40 [0.40–0.40]", "", "2.0 [2.0–2.0]", ""] in rows  # fmt: skip
    assert ["", "10000", "list", "uncached", "1.000", "3.20 [3.20–3.20]", "≤ 3 MISSED",
            "0.40 [0.40–0.40]", "", "2.0 [2.0–2.0]", ""] in rows  # fmt: skip
    assert ["", "10000", "list", "cached", "0.100", "0.20 [0.20–0.20]", "",
            "5.00 [5.00–5.00]", "≥ 4 ok", "0.3 [0.3–0.3]", ""] in rows  # fmt: skip
    assert ["", "filter, 300 → 10000", "1.60", "≤ 1.5 MISSED", ""] in rows
    assert ["", "10000", "memory", "96 MiB", ""] in rows


def test_write_replaces_what_stands_between_the_marks(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")

    report.write(page, "new")

    assert page.read_text() == f"before\n{BEGIN}\nnew\n{END}\nafter\n"


def test_write_needs_its_marks(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text("no marks")

    with pytest.raises(ValueError, match="are missing"):
        report.write(page, "new")

    assert page.read_text() == "no marks"


def test_performance_page_has_a_place_for_the_table():
    page = (ROOT / "docs" / "performance.md").read_text()

    assert [page.count(mark) for mark in (BEGIN, END)] == [1, 1]
