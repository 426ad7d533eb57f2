"""A design over stocks is run: all points in batches of the stock engine, and of each run what is kept.

A point's numbers are those of a run of its own, to the last bit, however many run beside it.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from simulator.definition.stock_design import AT_END, INTEGRAL, LEAST, MEAN, MOST
from simulator.engines.stocks.run import StockRuns, run_stocks
from simulator.errors import RunFailed
from simulator.experiment.progress import Progress
from simulator.experiment.stock_sweep.plan import StockPlan

Floats = NDArray[np.float64]
# So many numbers of a batch are held at once: 64 MB.
MOST_NUMBERS = 8_000_000


def run_stock_sweep(plan: StockPlan, *, progress: Progress) -> Floats:
    """Run every point and give what is kept (points, kept).

    Every variable of every run is looked at. Raises ``RunFailed`` with the first point that fails.
    """
    columns = {name: np.array(numbers) for name, numbers in plan.columns.items()}
    count, size = len(plan.points), batch_size(plan)
    values = np.empty((count, len(plan.kept)))
    try:
        progress.begins(count)
        for first in range(0, count, size):
            part = slice(first, min(first + size, count))
            values[part] = measured(plan, _run(plan, columns, part=part))
            progress.advances(part.stop - part.start)
    finally:
        progress.ends()
    return values


def batch_size(plan: StockPlan) -> int:
    """Say how many points go in one batch."""
    timing = plan.file.system.timing
    rows = timing.steps // timing.steps_a_save + 1
    return max(1, MOST_NUMBERS // (rows * max(1, len(plan.file.system.shown))))


def _run(plan: StockPlan, columns: Mapping[str, Floats], *, part: slice) -> StockRuns:
    """Run a batch; where it fails, say which point did."""

    def run(first: int, last: int) -> StockRuns:
        given = {name: numbers[first:last] for name, numbers in columns.items()}
        return run_stocks(plan.file.system, given={**plan.file.given, **given}, runs=last - first)

    try:
        return run(part.start, part.stop)
    except RunFailed as failed:
        point, alone = _first_that_fails(run, part)
        said = ", ".join(f"{name} = {value}" for name, value in plan.points[point].items())
        raise RunFailed(f"point {point + 1:,} ({said}): {alone or failed}") from None


def _first_that_fails(run: Callable[[int, int], StockRuns], part: slice) -> tuple[int, RunFailed | None]:
    """Find the first point of a batch that fails by itself, by halves, and what it fails with."""
    first, last = part.start, part.stop
    alone = None
    while last - first > 1:
        middle = (first + last) // 2
        try:
            run(first, middle)
            first = middle
        except RunFailed:
            last = middle
    try:
        run(first, last)
    except RunFailed as failed:
        alone = failed
    return first, alone


def measured(plan: StockPlan, runs: StockRuns) -> Floats:
    """Read what is kept off a batch (points, kept)."""
    found = [MEASURED[one.what](runs.column(one.column), runs.times) for one in plan.kept]
    return np.stack(found, axis=1)


def _integral(course: Floats, times: Floats) -> Floats:
    """Give the area under a course (times, runs), by trapezoids between the times that are saved.

    It is summed one time after another: a reduction would add in another order for another number of runs.
    """
    parts = (course[1:] + course[:-1]) / 2 * np.diff(times)[:, None]
    if not len(parts):
        return np.zeros(course.shape[1])
    return np.asarray(np.add.accumulate(parts, axis=0)[-1])


def _mean(course: Floats, times: Floats) -> Floats:
    lasts = float(times[-1] - times[0])
    return _integral(course, times) / lasts if lasts > 0 else course[0]


MEASURED: Mapping[str, Callable[[Floats, Floats], Floats]] = {
    AT_END: lambda course, _: course[-1],
    MEAN: _mean,
    LEAST: lambda course, _: course.min(axis=0),
    MOST: lambda course, _: course.max(axis=0),
    INTEGRAL: _integral,
}
