"""Runs of a sweep that failed: what is kept of each, and how many may."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from simulator.errors import Interrupted, OutputError, RunFailed, SelfCheckFailed
from simulator.experiment.files import write_once, write_whole
from simulator.experiment.parts import PARTS
from simulator.experiment.sweep.plan import Piece, Plan, most_pieces

Flags = NDArray[np.bool_]

# Unless told: one piece in so many may fail, so none of a small sweep.
ONE_IN = 100
FAILED, LOST = "failed", "lost"
# These end a sweep: what is beside a broken rule cannot be trusted, and memory may be short anywhere.
ENDS = (SelfCheckFailed, OutputError, Interrupted, MemoryError)


@dataclass(frozen=True, slots=True, order=True)
class Failed:
    """A piece that failed, and why; ``is_lasting`` unless another try may end otherwise (a killed worker)."""

    piece: Piece
    message: str
    is_lasting: bool = True


class Budget:
    """How many pieces have failed, of those that may. Threads may share it."""

    def __init__(self, most: int, failed: Iterable[Failed] = ()) -> None:
        """Count from those that are known; of these there may be more than may fail."""
        self._most = most
        self._failed = {one.piece: one for one in failed}
        self._lock = Lock()
        self.add(())

    @property
    def failed(self) -> tuple[Failed, ...]:
        """Give all that failed, in order."""
        return tuple(sorted(self._failed.values()))

    def add(self, failed: Iterable[Failed]) -> None:
        """Count those too; raise ``RunFailed`` with the first of all where it is more than may fail."""
        with self._lock:
            self._failed |= {one.piece: one for one in failed}
            if len(self._failed) <= self._most:
                return
        first = self.failed[0]
        if self._most == 0:
            raise RunFailed(
                f"{first.message} No run may fail here; --may-fail 1 lets the others go on without it."
            )
        raise RunFailed(
            f"{len(self._failed)} replications failed, and {self._most} may (--may-fail). What is "
            f"finished is kept. The first: {first.message}"
        )


def are_failed(plan: Plan, failed: Iterable[Failed]) -> Flags:
    """Say of each piece of a plan whether it failed."""
    found = np.zeros(plan.shape, dtype=np.bool_)
    pieces = [(one.piece.point, one.piece.draw, one.piece.replication) for one in failed]
    point, draw, replication, _ = plan.places(np.array(pieces, dtype=np.int64).reshape(-1, 3))
    found[point, draw, replication] = True
    return found


def may_fail(plan: Plan) -> int:
    """Say how many pieces of a plan may fail: the same in each round of a sweep as in the whole."""
    said = plan.experiment.may_fail
    return most_pieces(plan) // ONE_IN if said is None else said


def said_of(fault: Exception, *, where: str) -> str:
    """Say what went wrong in a piece; a failed run says itself where it was."""
    if isinstance(fault, RunFailed):
        return str(fault)
    return f"{where}: a defect of ours: {type(fault).__name__}: {fault}."


def failures_note(plan: Plan, failed: Sequence[Failed]) -> tuple[str, ...]:
    """Say that pieces are missing from every figure, if some are."""
    if not failed:
        return ()
    each = f"{len(failed)} of {len(plan):,} replications"
    return (f"{each} failed and are missing from every figure, in all scenarios: tables/failed_runs.",)


def write_failed(folder: Path, failed: Iterable[Failed]) -> None:
    """Write each failure under the number of its piece: once, where another try would only repeat it."""
    for one in failed:
        piece = one.piece
        name = f"{FAILED if one.is_lasting else LOST}_{piece.point}_{piece.draw}_{piece.replication}.json"
        said = {"point": piece.point, "draw": piece.draw, "replication": piece.replication}
        content = json.dumps(said | {"message": one.message}, ensure_ascii=False) + "\n"
        (write_once if one.is_lasting else write_whole)(folder / PARTS / name, content.encode())


def forget_the_lost(folder: Path) -> None:
    """Forget the failures that another try may end otherwise."""
    for path in (folder / PARTS).glob(f"{LOST}_*.json"):
        path.unlink()


def failed_in(folder: Path, plan: Plan) -> tuple[Failed, ...]:
    """Read the failures of a plan's pieces that a folder holds."""
    found = [_read(path) for name in (FAILED, LOST) for path in (folder / PARTS).glob(f"{name}_*.json")]
    return tuple(sorted(one for one in found if are_failed(plan, [one]).any()))


def _read(path: Path) -> Failed:
    try:
        found = json.loads(path.read_text("utf-8"))
        piece = Piece(int(found["point"]), int(found["draw"]), int(found["replication"]))
        return Failed(piece, str(found["message"]), is_lasting=path.name.startswith(FAILED))
    except (OSError, ValueError, TypeError, KeyError) as fault:
        raise SelfCheckFailed(f"{path}: is damaged. Remove it, and run again.") from fault
