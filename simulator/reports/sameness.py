"""What is a difference and what is only rounding: runs that agree, and sums below half a penny."""

from simulator.analysis.intervals import Estimate
from simulator.reports.numbers import A_PENNY

ROUNDING = 1e-12  # of a level: what sums in another order may differ by
OF_A_DIFFERENCE = 1e-7


def is_constant(one: Estimate, *, is_money: bool = False, of: float | None = None) -> bool:
    """Say whether all replications agree, but for the last digits of the arithmetic.

    ``of`` is the level that ``one`` differs from: levels are floats, and what is left of them when they are
    subtracted is rounded as they are. Nobody speaks of money below a penny.
    """
    if one.mean is None or one.low is None or one.high is None:
        return False
    least = A_PENNY if is_money else 0.0
    return one.high - one.low <= max(OF_A_DIFFERENCE * abs(one.mean), ROUNDING * abs(of or 0.0), least)


def is_no_money(one: Estimate) -> bool:
    """Say whether a sum of pounds, and both ends of its interval, are less than half a penny."""
    return (
        one.mean is not None and max(abs(end or 0.0) for end in (one.mean, one.low, one.high)) < A_PENNY / 2
    )
