"""How often collaborations of each kind fail: draws of their constants, and of nothing else.

Chance is in what a collaboration is like, not in shocks on its way: two of one kind differ because their
people do, and one that is begun alike goes alike.
"""

import numpy as np
from numpy.typing import NDArray

from simulator.definition.collaborations import Collaboration, in_years, parameters_of
from simulator.definition.dynamics import FIDELITY, INPUTS, dynamics
from simulator.definition.quantities import POSITIVE_TIME, SHARE, Bounds, Parameter
from simulator.definition.uncertain import Uncertain
from simulator.engines.stocks.stepper import stepper_of
from simulator.experiment.uncertainty.addressed import unit_of_draw
from simulator.experiment.uncertainty.fits import fitted
from simulator.units import SECONDS_A_YEAR, Dimension

Floats = NDArray[np.float64]

FAILED = 0.5
AFTER_WEEKS = 261
DRAWS = 1_000


def failing_share(
    collaboration: Collaboration, *, draws: int = DRAWS, weeks: int = AFTER_WEEKS, seed: int = 1
) -> float:
    """Give the share of draws whose fidelity is below a half after so many weeks (five years)."""
    return float(np.mean(drawn_fidelity(collaboration, draws=draws, weeks=weeks, seed=seed) < FAILED))


def drawn_fidelity(collaboration: Collaboration, *, draws: int, weeks: int, seed: int) -> Floats:
    """Give the fidelity after so many weeks without losses and forums, draw by draw."""
    constants = {
        name: drawn(name, one, draws=draws, seed=seed) for name, one in parameters_of(collaboration).items()
    }
    inputs = {**constants, **dict.fromkeys(INPUTS, 0.0)}
    stocks = stepper_of(dynamics(), inputs, runs=draws, is_compiled=False)
    stocks.advance(weeks)
    return np.asarray(stocks.read(FIDELITY), dtype=np.float64)


def drawn(name: str, parameter: Parameter, *, draws: int, seed: int) -> Floats:
    """Draw a constant: the same ranks whatever kind of collaboration it is of."""
    if parameter.low is None or parameter.high is None or parameter.low == parameter.high:
        return np.full(draws, in_years(parameter))
    uncertain = Uncertain(
        name=name,
        rank=name,
        way=(name,),
        value=parameter.value,
        low=parameter.low,
        high=parameter.high,
        bounds=bounds_of(parameter),
    )
    law = fitted(uncertain)
    unit = SECONDS_A_YEAR if parameter.dimension is Dimension.TIME else 1
    ranks = [unit_of_draw(name, seed=seed, draw=draw) for draw in range(draws)]
    return np.array([law.value(rank) / unit for rank in ranks])


def bounds_of(parameter: Parameter) -> Bounds:
    """Say what a constant may be: a time, a share, or any number of nought or more."""
    if parameter.dimension is Dimension.TIME:
        return POSITIVE_TIME
    high = parameter.high or parameter.value
    return SHARE if high <= 1 else Bounds(dimension=Dimension.NUMBER)
