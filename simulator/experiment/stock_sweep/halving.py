"""What half the step would change of what a design keeps, at a few of its points: its middle and its ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator.engines.stocks.run import run_stocks
from simulator.errors import RunFailed
from simulator.experiment.stock_runs import MOST_STEPS_HALVED, with_half_the_step
from simulator.experiment.stock_sweep.plan import Kept, StockPlan
from simulator.experiment.stock_sweep.run import batch_size, measured

Floats = NDArray[np.float64]

# What changes by less is not told. What is a thousandth of the largest over the points is as good as nothing.
TOLD_FROM = 0.01
NEXT_TO_NOTHING = 1e-3
# So many measures are named.
MOST_NAMED = 3
LOOKED_AT = (
    "Looked at were the middle of the design and the points at which each is least and most; if that is "
    "more than you mind, take a shorter step (--set dt=…)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What half the step changes most of a measure: at which point (from 0), by which share of the larger."""

    kept: Kept
    point: int
    share: float

    def __str__(self) -> str:
        """Say it in a few words."""
        named = self.kept.title or f"{self.kept.column}.{self.kept.what}"
        return f"{named} by {self.share:.1%} at point {self.point + 1:,}"


def halving_notes(plan: StockPlan, values: Floats) -> Iterator[str]:
    """Say what half the step changes of ``values`` (points, kept) by more than 1%, if anything."""
    timing = plan.file.system.timing
    half = f"half the step ({timing.said(timing.step / 2)})"
    if timing.steps * 2 > MOST_STEPS_HALVED:
        yield f"what {half} would change is not looked at: a run would take {timing.steps * 2:,} steps."
        return
    points = looked_at(plan, values)
    try:
        finer = _finer(plan, points)
    except RunFailed as failed:
        yield f"with {half} a run fails at one of the points that were looked at: {failed}"
        return
    told = [one for one in changes(plan, values, finer=finer, points=points) if one.share > TOLD_FROM]
    if told:
        more = f"; and {len(told) - MOST_NAMED:,} more measures" if len(told) > MOST_NAMED else ""
        yield f"{half} changes {'; '.join(map(str, told[:MOST_NAMED]))}{more}. {LOOKED_AT}"


def looked_at(plan: StockPlan, values: Floats) -> tuple[int, ...]:
    """Choose points: the one nearest the middle of all ranges, and where measures are least and most."""
    numbers = np.array(list(plan.columns.values()), np.float64)  # (paths, points)
    least, most = (end(axis=1, keepdims=True) for end in (numbers.min, numbers.max))
    away = (numbers - (least + most) / 2) / np.where(most > least, most - least, 1.0)
    found = [int(np.argmin((away**2).sum(axis=0))), *values.argmin(axis=0), *values.argmax(axis=0)]
    return tuple(sorted({int(one) for one in found}))


def changes(plan: StockPlan, values: Floats, *, finer: Floats, points: Sequence[int]) -> list[Changed]:
    """Give the largest change of each measure between ``values`` (points, kept) and ``finer`` (of so many
    points, kept), the largest first."""
    before = values[list(points)]
    apart, size = np.abs(finer - before), np.maximum(np.abs(finer), np.abs(before))
    least = NEXT_TO_NOTHING * np.abs(values).max(axis=0)
    share = np.where(apart > least, apart / np.where(size > 0, size, 1.0), 0.0)
    found = [
        Changed(kept=one, point=points[int(share[:, place].argmax())], share=float(share[:, place].max()))
        for place, one in enumerate(plan.kept)
    ]
    return sorted(found, key=lambda one: -one.share)


def _finer(plan: StockPlan, points: Sequence[int]) -> Floats:
    """Run some points with half the step: what is kept of them, at the times that the design saves."""
    size = batch_size(plan)
    batches = [points[first : first + size] for first in range(0, len(points), size)]
    return np.concatenate([_batch_of_finer(plan, batch) for batch in batches])


def _batch_of_finer(plan: StockPlan, points: Sequence[int]) -> Floats:
    timing = plan.file.system.timing
    given = {name: np.array(numbers)[list(points)] for name, numbers in plan.columns.items()}
    runs = run_stocks(
        with_half_the_step(plan.file.system), given={**plan.file.given, **given}, runs=len(points)
    )
    saved = timing.steps // timing.steps_a_save + 1
    return measured(plan, replace(runs, times=runs.times[:saved], values=runs.values[:saved]))
