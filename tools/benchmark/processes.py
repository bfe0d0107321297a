"""What processes have used of a core and of memory, read from Linux."""

import os
import time
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

# In the kernel's words CPUCLOCK_SCHED of a whole process: what clock_getcpuclockid(3) gives.
_WHOLE_PROCESS = 2


class Memory(NamedTuple):
    """MiB: resident in all, and unique to the process (what its end would give back)."""

    resident: float
    unique: float


def family(pid: int, parents: dict[int, int] | None = None) -> list[int]:
    """`pid` and all that descend from it; `parents` as from `read_parents()`."""
    parents = read_parents() if parents is None else parents
    found = [pid]
    for member in found:
        found += [child for child, parent in parents.items() if parent == member]
    return found


def read_parents() -> dict[int, int]:
    """Who began whom: the parent of every process there is."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int(_stat_fields(int(folder.name))[1])
            except OSError:
                continue  # it ended meanwhile
    return parents


def cpu_seconds(pids: Iterable[int]) -> float:
    """Processor time of each of `pids` with its threads, and of the children that have ended."""
    return sum(_own_seconds(pid) + _children_seconds(pid) for pid in pids)


def _own_seconds(pid: int) -> float:
    # In nanoseconds, where /proc/<pid>/stat counts in hundredths of a second.
    return time.clock_gettime((~pid << 3) | _WHOLE_PROCESS)


def _children_seconds(pid: int) -> float:
    user, system = _stat_fields(pid)[13:15]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _stat_fields(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name, which may hold spaces."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def memory(pid: int) -> Memory:
    kilobytes = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, value, *_ = line.split()
        kilobytes[name.rstrip(":")] = int(value)
    unique = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return Memory(kilobytes["Rss"] / 1024, unique / 1024)


@contextmanager
def on_core(core: int):
    """Keep this process, and what it starts in the block, to one core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
