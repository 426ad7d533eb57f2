"""Elementary effects of Morris (1991), Technometrics 33:161: which inputs matter, which act alone.

Every trajectory moves one input after another by a fixed part of its range. What an output changes by a move,
over that part, is the elementary effect of the input there. ``mu_star`` (Campolongo, Cariboni and
Saltelli 2007, Environmental Modelling & Software 22:1509) is the mean of their sizes, ``mu`` their mean,
``sigma`` their standard deviation: nought where the input acts straight and alone.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.student import student

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Measures of shape (inputs, …); ``low`` to ``high`` is the 95% interval of ``mu_star`` (Student's t)."""

    mu: Floats
    mu_star: Floats
    sigma: Floats
    low: Floats
    high: Floats


def elementary_effects(levels: Ints, values: Floats, *, of: int) -> Floats:
    """Give the effects (trajectories, inputs, …) of trajectories that stand one after another.

    ``levels`` (points, inputs): the level, 0 to ``of`` - 1, of each input at each point; ``values``
    (points, …). An effect is over the whole of an input's range.
    """
    inputs = levels.shape[1]
    trajectories = len(levels) // (inputs + 1)
    steps = np.diff(levels.reshape(trajectories, inputs + 1, inputs), axis=1)
    moved = np.abs(steps).argmax(axis=2)
    moves = np.take_along_axis(steps, moved[:, :, None], axis=2)[:, :, 0] / (of - 1)
    changes = np.diff(values.reshape(trajectories, inputs + 1, *values.shape[1:]), axis=1)
    effects = changes / moves.reshape(*moves.shape, *[1] * (values.ndim - 1))
    return np.take_along_axis(
        effects, moved.argsort(axis=1).reshape(*moved.shape, *[1] * (values.ndim - 1)), axis=1
    )


def screening_of(effects: Floats) -> Screening:
    """Sum up elementary effects (trajectories, inputs, …) over the trajectories."""
    count = len(effects)
    sizes = np.abs(effects)
    sigma = effects.std(axis=0, ddof=1) if count > 1 else np.full(effects.shape[1:], np.nan)
    mu_star = sizes.mean(axis=0)
    half = (
        student(count, 0.95) * sizes.std(axis=0, ddof=1) / np.sqrt(count)
        if count > 1
        else np.full(mu_star.shape, np.nan)
    )
    return Screening(
        mu=effects.mean(axis=0),
        mu_star=mu_star,
        sigma=sigma,
        low=np.maximum(mu_star - half, 0.0),
        high=mu_star + half,
    )
