"""Workers at the end of their memory: dask pauses them, and paused they take no work, it may be for ever.

A worker that is paused while it is at work may yet finish, and is left alone. Where all are paused and none
is at anything, nothing changes any more unless somebody gives them memory.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

SECONDS_BETWEEN_LOOKS = 10.0
SECONDS_STARVING = 180.0
PAUSED = "paused"
MOST_NAMED = 3
BYTES_A_GIGABYTE = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """A worker that is paused and at nothing: bytes it uses, and the most it may."""

    address: str
    used: int
    limit: int

    def __str__(self) -> str:
        """Say where it is and how full."""
        used, limit = (f"{one / BYTES_A_GIGABYTE:.2g} GB" for one in (self.used, self.limit))
        return f"{used} used of {limit} at {self.address}"


@dataclass(slots=True)
class Watch:
    """Look now and then whether all workers are paused and at nothing, and since when they have been so."""

    looked: float = 0.0
    since: float | None = None

    def fed(self) -> None:
        """Hear that something was finished."""
        self.since = None

    def starved(self, client: Any) -> Sequence[Paused]:
        """Give all workers of a client's scheduler once they have starved for minutes; else none."""
        now = time.monotonic()
        if now - self.looked < SECONDS_BETWEEN_LOOKS:
            return ()
        self.looked = now
        found: Sequence[Paused] = ()
        with suppress(OSError):
            # Of a scheduler that is gone, dask knows no workers.
            found = all_paused(client.scheduler_info(n_workers=-1).get("workers", {}))
        if not found:
            self.since = None
            return ()
        if self.since is None:
            self.since = now
        return found if now - self.since >= SECONDS_STARVING else ()


def all_paused(workers: Any) -> Sequence[Paused]:
    """Give all workers that a scheduler tells of, if all are paused and at nothing; else none."""
    found = []
    for address, one in workers.items():
        metrics = one.get("metrics", {})
        if one.get("status") != PAUSED or metrics.get("task_counts", {}).get("executing"):
            return ()
        found.append(
            Paused(
                address=address, used=int(metrics.get("memory", 0)), limit=int(one.get("memory_limit") or 0)
            )
        )
    return found


def starving_words(option: str, found: Sequence[Paused]) -> str:
    """Say that nothing goes on any more, how full the workers are, and what to do."""
    fullest = sorted(found, key=lambda one: (-one.used, one.address))[:MOST_NAMED]
    all_of_them = "the one there is" if len(found) == 1 else f"all {len(found):,}"
    more = f", and {len(found) - MOST_NAMED:,} more" if len(found) > MOST_NAMED else ""
    return (
        f"{option}: for {SECONDS_STARVING / 60:g} minutes no worker has taken any work and nothing was "
        f"finished: dask has paused {all_of_them}, near the end of its memory "
        f"({'; '.join(map(str, fullest))}{more}). Fewer workers with more memory each, a smaller "
        "population_share or a shorter horizon would do."
    )
