"""Draws batches of initiatives on all cores at once, while the database takes those before."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from random import Random

from innovation.synthetic.rows import Drawer, Drawn, Vocabulary
from innovation.synthetic.texts import Writer

_writer: Writer
_vocabulary: Vocabulary


def drawn_in_order(batches: Sequence[range], seed: int) -> Iterator[list[Drawn]]:
    """The initiatives of each batch of numbers. A batch is drawn by itself, so that it doesn't
    matter which process draws it, or when."""
    _remember_sources()
    if len(batches) == 1:
        yield draw_batch(batches[0], seed)
        return
    # Forked, so that the processes have the vocabulary; the database is left to this one.
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=fork) as pool:
        waiting, drawing = iter(batches), deque()
        for _ in range(os.cpu_count() + 1):  # no more: they would only fill the memory
            _begin_next(pool, waiting, seed, drawing)
        while drawing:
            batch = drawing.popleft().result()
            _begin_next(pool, waiting, seed, drawing)
            yield batch


def _begin_next(pool: ProcessPoolExecutor, waiting: Iterator[range], seed: int, drawing: deque):
    if numbers := next(waiting, None):
        drawing.append(pool.submit(draw_batch, numbers, seed))


def _remember_sources() -> None:
    global _writer, _vocabulary
    _writer = Writer()
    _vocabulary = Vocabulary(_writer.theme_names)


def draw_batch(numbers: range, seed: int) -> list[Drawn]:
    drawer = Drawer(_writer, _vocabulary, Random(f"{seed}/{numbers.start}"))
    return [drawer.draw(number) for number in numbers]
