"""Asks a server for pages over kept connections, and times the answers.

One thread with epoll: on the core beside the server's it asks far more often than a Django view
can answer. For pages that are only joined bytes it can be the slower of the two; CPU per request
is then the figure to trust, and `Answers.rate` the least that the server can do.
"""

import select
import socket
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

READ_BYTES = 131_072
# More than the headers of any answer.
HEAD_BYTES = 4096
ANSWER_SECONDS = 300


@dataclass
class Answers:
    """What came back, and when: `latencies` in seconds, in the order of the answers."""

    seconds: float = 0.0
    statuses: Counter = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.latencies)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.count / self.seconds


def request(path: str, *, host: str = "localhost", **headers: str) -> bytes:
    """A GET as a browser without cookies sends it; `if_none_match="…"` becomes a header."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Accept-Encoding: br"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask_once(port: int, asked: bytes) -> Answer:
    """One answer whole, on a connection of its own."""
    with _connect(port) as connection:
        connection.sendall(asked)
        received = b""
        while (whole := whole_length(received)) is None or len(received) < whole:
            part = connection.recv(READ_BYTES)
            if not part:
                raise ConnectionError(f"the server hung up after {received[:80]!r}")
            received += part
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return Answer(int(first.split()[1]), headers, body)


def ask_all(
    port: int,
    requests: Sequence[bytes],
    *,
    connections: int = 8,
    most_seconds: float = 60.0,
) -> Answers:
    """Ask for each of `requests` once, over `connections` at a time; none is begun after
    `most_seconds`."""
    lanes = {}
    poll = select.epoll()
    answers = Answers()
    waiting = iter(requests)
    try:
        for _ in range(min(connections, len(requests))):
            lane = _Lane(_connect(port))
            lanes[lane.socket.fileno()] = lane
            poll.register(lane.socket, select.EPOLLIN)
        buffer = memoryview(bytearray(READ_BYTES))
        start = time.perf_counter()
        busy = sum(lane.send_next(waiting) for lane in lanes.values())
        while busy:
            ready = poll.poll(ANSWER_SECONDS)
            if not ready:
                raise TimeoutError(f"no answer for {ANSWER_SECONDS} seconds")
            for number, _ in ready:
                lane = lanes[number]
                if not lane.receive(buffer, answers):
                    continue
                if time.perf_counter() - start > most_seconds or not lane.send_next(waiting):
                    busy -= 1
        answers.seconds = time.perf_counter() - start
    finally:
        poll.close()
        for lane in lanes.values():
            lane.socket.close()
    return answers


class _Lane:
    """A connection, and how much of its answer has come."""

    def __init__(self, connection: socket.socket):
        self.socket = connection
        self._sent_at = 0.0
        self._head = b""
        self._length = 0
        self._whole: int | None = None

    def send_next(self, waiting: Iterator[bytes]) -> bool:
        asked = next(waiting, None)
        if asked is None:
            return False
        self._head, self._length, self._whole = b"", 0, None
        self._sent_at = time.perf_counter()
        self.socket.sendall(asked)
        return True

    def receive(self, buffer: memoryview, answers: Answers) -> bool:
        """Read what has come; whether the answer is whole, and so noted in `answers`.

        `buffer` is used over and over: making room for each part would cost more than reading it.
        """
        length = self.socket.recv_into(buffer)
        if not length:
            raise ConnectionError("the server hung up")
        self._length += length
        if self._whole is None:
            self._head += buffer[: min(length, HEAD_BYTES)]
            self._whole = whole_length(self._head)
        if self._whole is None or self._length < self._whole:
            return False
        answers.latencies.append(time.perf_counter() - self._sent_at)
        answers.statuses[int(self._head[9:12])] += 1
        return True


def whole_length(start: bytes) -> int | None:
    """How long the answer that begins with `start` is, head included; None before the head has
    come. Raises ValueError for an answer that doesn't say how long it is."""
    end = start.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = start[:end].lower()
    if head[9:12] in (b"204", b"304"):
        return end + 4
    at = head.find(b"\r\ncontent-length:")
    if at < 0:
        raise ValueError(f"an answer without Content-Length: {head!r}")
    return end + 4 + int(head[at + 17 :].split(b"\r\n", 1)[0])


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection
