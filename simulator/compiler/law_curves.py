"""What a law is before it is tabulated: a curve of quantiles, or a few values each with its chance.

A law with a least value is the law itself, cut: what would lie below becomes the least value. The mean is
then that of the cut law, a little above the mean that was written.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.law_fits import fit
from simulator.compiler.law_tables import Curve, Steps
from simulator.compiler.program import Floats
from simulator.definition.laws import Law
from simulator.errors import DefinitionError
from simulator.units import Dimension

MOST_STEPS = 1 << 16
MOST_COUNTED = 1 << 20
FAR = 1e-16
HALVINGS = 200
OWN_STEPS = ("constant", "empirical")


def shape_of(law: Law) -> Curve | Steps:
    """Make the curve or the steps of a law, cut at its least value; a fault names the law."""
    shape = uncut_shape(law)
    if law.at_least is not None:
        return cut(shape, float(law.at_least))
    bottom = shape.bottom if isinstance(shape, Curve) else float(shape.values[0])
    if law.dimension is Dimension.TIME and bottom < 0.0:
        raise DefinitionError(f"'{law.name}' can be negative here; say at_least = 0, or the like.")
    return shape


def uncut_shape(law: Law) -> Curve | Steps:
    """Make the curve or the steps of a law as if it had no least value."""
    if law.name in OWN_STEPS:
        return steps_of(np.array([float(value) for value in law.values]), np.full(len(law.values), 1.0))
    if law.name == "mixture":
        weights = [float(weight) for weight in law.weights]
        return mixed(
            [(weight, shape_of(part)) for weight, part in zip(weights, law.parts, strict=True) if weight]
        )
    if law.name == "in_order":
        raise DefinitionError("'in_order' stands alone: it can be no part of a mixture and no trait.")
    frozen = fit(law)
    return counted_steps(frozen) if law.is_discrete else frozen_curve(frozen)


def frozen_curve(frozen: Any) -> Curve:
    """Make the curve of a law of ``scipy.stats``."""
    bottom, top = frozen.support()
    return Curve(
        lower=frozen.ppf,
        upper=frozen.isf,
        below=frozen.cdf,
        above=frozen.sf,
        mean=float(frozen.mean()),
        bottom=float(bottom),
        top=float(top),
    )


def steps_of(values: Floats, weights: Floats) -> Steps:
    """Sort values, add up the weights of equal ones, and let the weights add to one."""
    unique, place = np.unique(values, return_inverse=True)
    chances = np.bincount(place.ravel(), weights=weights, minlength=len(unique))
    return Steps(values=unique, chances=chances / chances.sum())


def counted_steps(frozen: Any) -> Steps:
    """List the values of a discrete law; those too far to be met become one with their mean."""
    low, high = counted_ends(frozen)
    values = np.arange(low, high + 1.0)
    chances = np.maximum(frozen.pmf(values), 0.0)
    mean, left = float(frozen.mean()), 1.0 - float(chances.sum())
    if left > 1e-12:
        values = np.append(values, max((mean - float(np.dot(values, chances))) / left, high + 1.0))
        chances = np.append(chances, left)
    kept = chances > 0.0
    return thinned(Steps(values=values[kept], chances=chances[kept] / chances[kept].sum()))


def counted_ends(frozen: Any) -> tuple[float, float]:
    """Find the values between which a discrete law all but lies, doubling the distance from its beginning."""
    bottom, top = (float(end) for end in frozen.support())
    low = bottom if np.isfinite(bottom) else float(frozen.ppf(FAR))
    reach = 64.0
    while reach < MOST_COUNTED and low + reach < top and frozen.sf(low + reach) > FAR:
        reach *= 2.0
    return low, min(low + reach, top)


def thinned(steps: Steps) -> Steps:
    """Let neighbours share one step with their mean where a table would have too many."""
    stride = -(-len(steps.values) // MOST_STEPS)
    if stride == 1:
        return steps
    starts = np.arange(0, len(steps.values), stride)
    chances = np.add.reduceat(steps.chances, starts)
    return Steps(values=np.add.reduceat(steps.chances * steps.values, starts) / chances, chances=chances)


def cut(shape: Curve | Steps, least: float) -> Curve | Steps:
    """Let what lies below a least value become that value."""
    if isinstance(shape, Steps):
        return steps_of(np.maximum(shape.values, least), shape.chances)
    if shape.bottom >= least:
        return shape
    return Curve(
        lower=lambda p: np.maximum(shape.lower(p), least),
        upper=lambda q: np.maximum(shape.upper(q), least),
        below=lambda x: np.where(x < least, 0.0, shape.below(x)),
        above=lambda x: np.where(x < least, 1.0, shape.above(x)),
        mean=shape.mean + lifted(shape, least),
        bottom=least,
        top=max(shape.top, least),
    )


def lifted(shape: Curve, least: float) -> float:
    """Give what cutting adds to the mean: the integral of the chance of lying below each value cut."""
    from scipy.integrate import quad

    bottom = shape.bottom if np.isfinite(shape.bottom) else float(shape.lower(np.array([1e-18]))[0])
    if bottom >= least:
        return 0.0
    borders = [bottom, *(float(shape.lower(np.array([p]))[0]) for p in (1e-9, 1e-4, 0.1, 0.5, 0.9)), least]
    inside = sorted({min(max(border, bottom), least) for border in borders})

    def chance(x: float) -> float:
        return float(shape.below(np.array([x]))[0])

    spans = pairwise(inside)
    return float(sum(quad(chance, low, high, limit=200, epsabs=0.0, epsrel=1e-11)[0] for low, high in spans))


def mixed(parts: Sequence[tuple[float, Curve | Steps]]) -> Curve | Steps:
    """Mix laws: steps stay steps, anything else becomes a curve found by inverting the mixed chances."""
    steps = [(weight, part) for weight, part in parts if isinstance(part, Steps)]
    if len(steps) == len(parts):
        return steps_of(
            np.concatenate([part.values for _, part in steps]),
            np.concatenate([weight * part.chances for weight, part in steps]),
        )
    curves = [(weight, part if isinstance(part, Curve) else step_curve(part)) for weight, part in parts]

    def below(x: Floats) -> Floats:
        return sum((weight * curve.below(x) for weight, curve in curves), np.zeros(np.shape(x)))

    def above(x: Floats) -> Floats:
        return sum((weight * curve.above(x) for weight, curve in curves), np.zeros(np.shape(x)))

    def lower(p: Floats) -> Floats:
        return inverted(lambda x: np.less(below(x), p), [curve.lower(p) for _, curve in curves])

    def upper(q: Floats) -> Floats:
        return inverted(lambda x: np.greater(above(x), q), [curve.upper(q) for _, curve in curves])

    return Curve(
        lower=lower,
        upper=upper,
        below=below,
        above=above,
        mean=sum(weight * curve.mean for weight, curve in curves),
        bottom=min(curve.bottom for _, curve in curves),
        top=max(curve.top for _, curve in curves),
    )


def inverted(is_short: Callable[[Floats], NDArray[np.bool_]], ends: Sequence[Floats]) -> Floats:
    """Halve intervals until they are points: a mixture's quantile lies between those of its parts."""
    low: Floats = np.min(ends, axis=0).astype(float)
    high: Floats = np.max(ends, axis=0).astype(float)
    for _ in range(HALVINGS):
        middle = 0.5 * low + 0.5 * high
        if np.all((middle <= low) | (middle >= high) | ~np.isfinite(middle)):
            break
        short = is_short(middle)
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return high


def step_curve(steps: Steps) -> Curve:
    """Read a law of a few values as a curve, for mixing."""
    up, down = np.cumsum(steps.chances), np.cumsum(steps.chances[::-1])[::-1]
    running, last = np.append(0.0, up), len(steps.values) - 1
    left = np.append(down, 0.0)
    return Curve(
        lower=lambda p: steps.values[np.minimum(np.searchsorted(up, p, side="left"), last)],
        upper=lambda q: steps.values[np.clip(np.searchsorted(-left, -q, side="left") - 1, 0, last)],
        below=lambda x: running[np.searchsorted(steps.values, x, side="right")],
        above=lambda x: left[np.searchsorted(steps.values, x, side="right")],
        mean=steps.mean,
        bottom=float(steps.values[0]),
        top=float(steps.values[-1]),
    )
