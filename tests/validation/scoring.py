"""Score a simulated figure against a published one.

First the 95% interval must be narrower than the tolerance, else the figure is inconclusive. Then it
differs if its mean is further from the value than three standard errors and than the tolerance. One that
lies that far out differs however wide the interval.

Intervals may be narrowed by control variates (Lavenberg & Welch 1981, A perspective on the use of control
variables to increase the efficiency of Monte Carlo simulations, Management Science 27:322-335): the mean is
read off a regression on quantities whose expected values are inputs, such as arrivals a day. A regression
would also take out what a wrong input does, so a figure differs too if a control is further from its expected
value than chance takes it once in a million. How often intervals cover is tested in ``test_scoring.py``.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]
CHANCE_THAT_A_CONTROL_STRAYS = 1e-6


class Verdict(Enum):
    """What a figure's score says."""

    AGREES = "agrees"
    DIFFERS = "differs"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A published figure, and by how much a simulation may miss it: as a share of it, or outright."""

    metric: str
    value: float
    relative: float | None = None
    absolute: float | None = None

    @property
    def tolerance(self) -> float:
        """Give the tolerance in the figure's own unit."""
        if self.absolute is not None:
            return self.absolute
        assert self.relative is not None
        return self.relative * abs(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A quantity seen in each replication, and its expected value, known beforehand."""

    seen: Sequence[float]
    expected: float

    @property
    def strays(self) -> bool:
        """Say whether it is elsewhere than expected."""
        mean, error, freedom = estimated(self.seen, ())
        furthest = float(stdtrit(freedom, 1 - CHANCE_THAT_A_CONTROL_STRAYS / 2)) * error
        return abs(mean - self.expected) > furthest + 1e-9 * abs(self.expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A figure's mean, its standard error, the half-width of its 95% interval, and what they say."""

    figure: Figure
    mean: float
    error: float
    half_width: float
    verdict: Verdict
    controls_stray: bool

    def __str__(self) -> str:
        """Write the score as a line."""
        figure = self.figure
        line = (
            f"{figure.metric}: {self.verdict.value}: expected {figure.value:.6g} ± {figure.tolerance:.3g}, "
            f"simulated {self.mean:.6g}, standard error {self.error:.3g}, 95% ± {self.half_width:.3g}"
        )
        if self.controls_stray:
            line += "; what it is controlled by is not as the inputs say"
        if self.verdict is Verdict.INCONCLUSIVE:
            line += f"; needs {self.times_longer:.1f} times the run length"
        return line

    @property
    def times_longer(self) -> float:
        """Say how many times the run length would bring the interval down to the tolerance."""
        return (self.half_width / self.figure.tolerance) ** 2


def score(figure: Figure, seen: Sequence[float], *, controls: Sequence[Control] = ()) -> Score:
    """Score the values of a figure, one a replication."""
    mean, error, freedom = estimated(seen, controls)
    half_width = float(stdtrit(freedom, 0.975)) * error
    distance = abs(mean - figure.value)
    strays = any(control.strays for control in controls)
    if strays or (distance > 3 * error and distance > figure.tolerance):
        verdict = Verdict.DIFFERS
    elif half_width >= figure.tolerance:
        verdict = Verdict.INCONCLUSIVE
    else:
        verdict = Verdict.AGREES
    return Score(
        figure=figure,
        mean=mean,
        error=error,
        half_width=half_width,
        verdict=verdict,
        controls_stray=strays,
    )


def estimated(seen: Sequence[float], controls: Sequence[Control]) -> tuple[float, float, int]:
    """Estimate a mean, its standard error and degrees of freedom: the intercept on centred controls."""
    values = np.asarray(seen, dtype=np.float64)
    columns = [(np.asarray(control.seen, dtype=np.float64), control.expected) for control in controls]
    moving = [column - expected for column, expected in columns if column.std() > 1e-9 * abs(expected)]
    table = np.column_stack([np.ones_like(values), *moving])
    fit = np.linalg.lstsq(table, values, rcond=None)[0]
    freedom = values.size - table.shape[1]
    variance = float(((values - table @ fit) ** 2).sum()) / freedom
    spread = float(np.linalg.inv(table.T @ table)[0, 0])
    return float(fit[0]), math.sqrt(variance * spread), freedom
