"""What a stock needs of a law: its mean, its spread, and how many have lost patience by an age."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.law_excess import second_moment, survival
from simulator.compiler.law_tables import LawTable
from simulator.compiler.memory import Memory
from simulator.compiler.program import LAW_IN_ORDER, LAW_STEPS, Laws

Floats = NDArray[np.float64]

AGES = 256
# Even on the log scale, in mean patiences.
LEAST, MOST = 1e-4, 30.0
CUT = 0.1
# Mean squares of laws by all that they say: programs of a sweep have nearly all laws in common.
SQUARES = Memory[float](500)


def table_of(laws: Laws, law: int) -> LawTable:
    """Take one law out of a program."""
    first, size = int(laws.first[law]), int(laws.size[law])
    return LawTable(
        kind=int(laws.kind[law]),
        scale=float(laws.scale[law]),
        mean=float(laws.mean[law]),
        points=laws.points[first : first + size],
        cumulative=laws.cumulative[first : first + size]
        if laws.kind[law] == LAW_STEPS
        else np.zeros(0, dtype=np.float64),
    )


def effective_squares(laws: Laws) -> Floats:
    """Give the mean square of every law for stages side by side: of a long tail, what is felt.

    Two exponential stages that match the mean square of a lognormal's long tail are too rarely long and
    then too long. So where cv² is above one, it is chosen for the two stages to have the right mean when
    stays are cut short at a tenth of the rate at which they end.
    """
    return np.array([_effective_square(table_of(laws, law)) for law in range(len(laws.kind))], np.float64)


def _effective_square(table: LawTable) -> float:
    return SQUARES.give((table.key, table.scale, table.mean), lambda: _felt(table))


def _felt(table: LawTable) -> float:
    found = _square(table)
    if table.mean > 0 and found > 2.05 * table.mean * table.mean:
        return _felt_square(table, table.mean)
    return found


def _square(table: LawTable) -> float:
    if table.kind == LAW_IN_ORDER:
        return float(np.mean(np.square(table.scale * table.points)))
    return second_moment(*survival(table))


def _felt_square(table: LawTable, mean: float) -> float:
    values, above = survival(table)
    rate = CUT / mean
    grid = np.append(0.0, np.geomspace(1e-4, 300.0, 3000)) * mean
    left = np.interp(grid, values, above, right=0.0)
    wanted = _running(left * np.exp(-rate * grid), grid)[-1]
    spreads = np.linspace(1.0, 60.0, 600)
    share = 0.5 * (1.0 + np.sqrt((spreads - 1.0) / (spreads + 1.0)))
    short, long = 0.5 * mean / share, 0.5 * mean / (1.0 - share)
    cut = share / (1.0 / short + rate) + (1.0 - share) / (1.0 / long + rate)
    spread = float(np.interp(-wanted, -cut, spreads))
    return mean * mean * (1.0 + spread)


def giving_up(laws: Laws, law: int) -> tuple[float, Floats]:
    """Tabulate patience: at what rate do those who wait give up, when their mean age is so much?

    Returns the mean patience and a table over ``AGES`` mean ages, even on the log scale from ``LEAST`` to
    ``MOST`` mean patiences, of rates a second, where everybody has to wait equally long. For exponential
    patience it is its own rate. Who has none at all leaves within a second.
    """
    values, above = survival(table_of(laws, law))
    mean = float(laws.mean[law])
    if mean <= 0:
        return 1.0, np.ones(AGES)
    return mean, _table(values.tobytes(), above.tobytes(), mean=mean)


@lru_cache(maxsize=256)
def _table(values: bytes, above: bytes, *, mean: float) -> Floats:
    age, alive = np.frombuffer(values), np.frombuffer(above)
    grid = np.append(0.0, np.geomspace(LEAST * mean / 4, MOST * mean * 40, 4000))
    left = np.interp(grid, age, alive, right=0.0)
    return _equal(grid, left, mean=mean)


def _ages(mean: float) -> Floats:
    return np.geomspace(LEAST, MOST, AGES) * mean


def _running(values: Floats, grid: Floats) -> Floats:
    return np.append(0.0, np.cumsum((values[1:] + values[:-1]) / 2 * np.diff(grid)))


def _equal(grid: Floats, left: Floats, *, mean: float) -> Floats:
    """Give the rates when all who stay wait until the same age."""
    count, aged = _running(left, grid), _running(left * grid, grid)
    rate = (1.0 - left[1:]) / count[1:]
    return np.asarray(np.interp(_ages(mean), aged[1:] / count[1:], rate))
