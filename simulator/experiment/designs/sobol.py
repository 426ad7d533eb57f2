"""Points of a Sobol' sequence, shifted digit by digit by a word drawn for each path.

The sequence is that of ``scipy.stats.qmc`` (directions of Joe & Kuo 2008), unscrambled; a shift of digits
(Owen 1995) keeps what makes it even. The first points of a longer design are those of a shorter one. Paths
take its dimensions in the order of their names.
"""

import math
from collections.abc import Sequence

import numpy as np

from simulator.experiment.designs.axis import Axis
from simulator.experiment.designs.point import Point
from simulator.experiment.uncertainty.addressed import unit_of_design

BITS = 30


def sobol(axes: Sequence[Axis], *, runs: int, seed: int) -> tuple[Point, ...]:
    """Give so many points; a power of two is most even."""
    from scipy.stats import qmc

    sequence = qmc.Sobol(len(axes), scramble=False, bits=BITS)
    plain = sequence.random_base2(max(1, math.ceil(math.log2(runs))))[:runs]
    digits = np.round(plain * 2**BITS).astype(np.int64)
    shifts = [int(unit_of_design(axis.name, 0, seed=seed) * 2**BITS) for axis in axes]
    units = ((digits ^ np.array(shifts)) + 0.5) / 2**BITS
    return tuple(
        {axis.name: axis.sampled(float(u)) for axis, u in zip(axes, row, strict=True)} for row in units
    )
