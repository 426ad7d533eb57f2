"""The scenarios of a comparison judged together, measure by measure (Holm)."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.comparison import Comparison
from simulator.analysis.holm import Together, by_measure

Floats = NDArray[np.float64]


def judged_together(comparison: Comparison, names: Iterable[str]) -> Together:
    """Judge the differences of each measure from the baseline, over all scenarios (scenarios, measures).

    Over draws there is nothing to judge: their intervals are no test of chance.
    """
    wanted = list(names)
    table = [[comparison.differences[scenario][name] for name in wanted] for scenario in comparison.others]
    shape = (len(comparison.others), len(wanted))

    def whole(word: str) -> Floats:
        rows = [[getattr(one, word) for one in row] for row in table]
        return np.array(rows, dtype=np.float64).reshape(shape)

    if comparison.results.draws:
        return Together(low=np.full(shape, np.nan), high=np.full(shape, np.nan), p=np.full(shape, np.nan))
    counts = np.array([[one.n for one in row] for row in table], dtype=np.int64).reshape(shape)
    return by_measure(whole("mean"), whole("sd"), n=counts)
