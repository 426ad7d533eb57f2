"""How surely a sum of money has come to nought or more."""

from simulator.analysis.intervals import estimate_difference
from simulator.analysis.yearly import Floats


def breaks_even(values: Floats, *, draws: int) -> float | None:
    """Give the share of replications whose sum is nought or more; of draws, without chance, if any.

    ``None`` where every sum is exactly nought: who gains and spends nothing has nothing to win back.
    """
    if not values.any():
        return None
    losing = None
    if draws:
        losing = estimate_difference(
            values.tolist(), [0.0] * len(values), draws=draws
        ).probability_of_reduction
    return float((values >= 0).mean()) if losing is None else 1.0 - losing
