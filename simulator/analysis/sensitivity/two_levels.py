"""How much of a run's variance is doubt about parameters, and how much is chance between its replications."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def share_of_parameters(values: Floats) -> Floats:
    """Give the share (…) of the variance of one run that is between draws.

    ``values`` (…, draws, replications), at least two of each: components by the one-way analysis of variance,
    what is between draws never below nought. Not-a-number where nothing varies or a run lacks the value.
    """
    replications = values.shape[-1]
    within = values.var(axis=-1, ddof=1).mean(axis=-1)
    between = values.mean(axis=-1).var(axis=-1, ddof=1)
    parameters = np.maximum(between - within / replications, 0.0)
    whole = parameters + within
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, parameters / whole, np.nan)
