"""For how many worker processes the memory of this machine has room, where nobody said how many to begin."""

import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from simulator.experiment.progress import Progress

GIGABYTE = 1e9
# The most that a worker of a whole place was seen to take, and what the command takes besides.
BYTES_A_WORKER = 1.1 * GIGABYTE
BYTES_OF_COMMAND = 0.3 * GIGABYTE
ROOT = Path("/")
# What a control group may take, what it has, and how its statistics call the part that it can let go of.
SECOND = ("memory.max", "memory.current", "inactive_file")
FIRST = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")


def as_memory_allows(workers: int, *, progress: Progress) -> int:
    """Give so many, or as many as memory has room for and one at least; say so where those are fewer."""
    free = free_bytes()
    if free is None:
        return workers
    allowed = max(1, min(workers, int((free - BYTES_OF_COMMAND) // BYTES_A_WORKER)))
    if allowed < workers:
        progress.says(
            f"{allowed} worker{'' if allowed == 1 else 's'} instead of {workers}, as memory allows: "
            f"{max(free, 0.0) / GIGABYTE:.1f} GB are free, and each may take {BYTES_A_WORKER / GIGABYTE:.1f} "
            "GB; results are the same. --workers says another number."
        )
    return allowed


def free_bytes(root: Path = ROOT) -> float | None:
    """Tell how much memory is free to be taken; ``None`` where the system does not say so as Linux does.

    The least of what the machine has left and what is left of the limit of each control group that this
    process is in (a container's, a job's).
    """
    if not sys.platform.startswith("linux"):
        return None
    said = _numbers(root / "proc/meminfo").get("MemAvailable")
    left = [*([] if said is None else [said * 1024.0]), *_left_in_groups(root)]
    return min(left, default=None)


def _left_in_groups(root: Path) -> Iterator[float]:
    """Give what is left in each control group of this process that has a limit, and in those around it."""
    mounts = root / "sys/fs/cgroup"
    for line in _text(root / "proc/self/cgroup").splitlines():
        number, _, rest = line.partition(":")
        kinds, _, path = rest.partition(":")
        if number == "0" and not kinds:
            where, names = mounts, SECOND
        elif "memory" in kinds.split(","):
            where, names = mounts / "memory", FIRST
        else:
            continue
        inner = PurePosixPath(path.lstrip("/"))
        for group in dict.fromkeys((inner, *inner.parents)):
            yield from _left_in(where / group, names=names)


def _left_in(group: Path, *, names: tuple[str, str, str]) -> Iterator[float]:
    limit, taken, idle = names
    try:
        most, used = (int(_text(group / name)) for name in (limit, taken))
    except ValueError:  # not there, or "max": no limit
        return
    yield float(most - used + _numbers(group / "memory.stat").get(idle, 0))


def _numbers(path: Path) -> dict[str, int]:
    """Read lines of a name, a number and perhaps a unit."""
    parts = (line.replace(":", " ").split() for line in _text(path).splitlines())
    return {one[0]: int(one[1]) for one in parts if len(one) > 1 and one[1].isdigit()}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
