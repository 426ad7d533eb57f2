"""How surely a sum of money has come to nought or more."""

from simulator.analysis.intervals import estimate_difference
from simulator.analysis.yearly import Floats


def breaks_even(values: Floats, *, draws: int) -> float:
    """Give the share of replications whose sum is nought or more; of draws, without chance, if any."""
    losing = None
    if draws:
        losing = estimate_difference(
            values.tolist(), [0.0] * len(values), draws=draws
        ).probability_of_reduction
    return float((values >= 0).mean()) if losing is None else 1.0 - losing
