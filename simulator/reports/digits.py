"""How finely an estimate is written: by the width of its interval, and an end near nought by itself.

The last digit is the first uncertain one of the half-width (``numbers.step_for``), for the mean and both
ends alike, and four figures are the most. An end that would then look like nought and is not stands at one
figure of its own, in a unit of its own (``−£1.1m (−£2.2m to −£100)``): finer steps for all three would claim
what the interval denies.
"""

import math

from simulator.analysis.intervals import Estimate
from simulator.reports.numbers import (
    A_PENNY,
    FIGURES,
    POUND,
    UNKNOWN,
    Scale,
    finest_of,
    plain,
    scale_of,
    step_for,
    with_unit,
)
from simulator.reports.sameness import is_constant

MOST_FIGURES = 4  # however narrow an interval is
FINEST = 1e-3  # of a step: what is nearer to nought is not told as a number
JUST_ABOVE, JUST_BELOW = "just above 0", "just below 0"


def step_of(one: Estimate, scale: Scale, *, of: float | None = None) -> float:
    """Give the step, in units of the scale, at which an estimate is written; ``of`` as in ``agree``.

    However narrow its interval, four figures are told at most.
    """
    value = (one.mean or 0.0) * scale.factor
    three = max(step_for(None, value=value), finest_of(scale))
    if one.low is None or one.high is None or agree(one, scale, of=of):
        return three
    finest = three / 10.0 ** (MOST_FIGURES - FIGURES) if value else 0.0
    return max(step_for((one.high - one.low) / 2 * scale.factor, value=value), finest, finest_of(scale))


def step_of_level(one: Estimate, scale: Scale, *, beside: float = math.inf) -> float:
    """Give the step for a level: as of any estimate, but never fewer than two figures.

    Where it has no interval it is written as finely as the difference ``beside`` it, given as a step on the
    same scale, in four figures at most.
    """
    step = step_of(one, scale)
    if not one.mean:
        return step
    three = step_for(None, value=one.mean * scale.factor)
    if one.low is None or one.high is None or agree(one, scale):
        return max(min(step, beside), three / 10.0 ** (MOST_FIGURES - FIGURES), finest_of(scale))
    return min(step, three * 10)


def step_of_mean(one: Estimate, scale: Scale, *, step: float) -> float:
    """Give the step for the mean: finer where it would look like nought, which its interval excludes."""
    if not one.mean or not excludes_nought(one) or shows(one.mean, scale, step=step):
        return step
    return _one_figure(one.mean, scale)


def agree(one: Estimate, scale: Scale, *, of: float | None = None) -> bool:
    """Say whether all replications agree, as far as the scale can tell; ``of``: what ``one`` differs from."""
    return is_constant(one, is_money=scale.before == POUND, of=of)


def excludes_nought(one: Estimate) -> bool:
    """Say whether nought lies outside the 95% interval."""
    return one.low is not None and one.high is not None and (one.low > 0 or one.high < 0)


def shows(value: float, scale: Scale, *, step: float) -> bool:
    """Say whether a value rounds to something else than nought."""
    return round(abs(value) * scale.factor / step) > 0


def end(value: float, scale: Scale, *, step: float, unit: str, signed: bool = False) -> str:
    """Write an end for a table: the sign for money and per cent, no unit where the mean has said it."""
    if value == 0 or shows(value, scale, step=step):
        return _bare(value, scale, step=step, signed=signed)
    if _is_too_near(value, scale, step=step):
        return JUST_BELOW if value < 0 else JUST_ABOVE
    own = own_scale(value, scale, unit=unit)
    if own == scale:
        return _bare(value, own, step=_one_figure(value, own), signed=signed)
    return with_unit(value, own, step=_one_figure(value, own), signed=signed)


def bare(one: Estimate, scale: Scale, *, is_level: bool = False) -> str:
    """Write an estimate without a unit, for a table that has said it: with its interval, if it has any."""
    if one.mean is None:
        return UNKNOWN
    step = step_of_level(one, scale) if is_level else step_of(one, scale)
    fine = step if is_level else step_of_mean(one, scale, step=step)
    mean = with_unit(one.mean, scale, step=fine, signed=not is_level)
    if one.low is None or one.high is None or agree(one, scale):
        return mean
    low, high = (end(side, scale, step=step, unit="", signed=not is_level) for side in (one.low, one.high))
    return f"{mean} ({low} to {high})"


def spoken_end(value: float, scale: Scale, *, step: float, unit: str) -> str:
    """Say the size of the lesser end: with a unit where it is another's, and of money always.

    ``£1 to £58 thousand`` would be read as a pound.
    """
    if shows(value, scale, step=step):
        if scale.before == POUND:
            return spoken(abs(value), scale, step=step)
        return scale.before + plain(abs(value) * scale.factor, step=step)
    if _is_too_near(value, scale, step=step):
        return "next to nothing"
    own = own_scale(value, scale, unit=unit)
    if own == scale:
        return scale.before + plain(abs(value) * scale.factor, step=_one_figure(value, own))
    return spoken(abs(value), own, step=_one_figure(value, own))


def spoken(value: float, scale: Scale, *, step: float) -> str:
    """Write a value for a sentence, with its unit in words."""
    written = plain(value * scale.factor, step=step)
    return scale.before + written + (scale.single or scale.spoken if written == "1" else scale.spoken)


def own_scale(value: float, scale: Scale, *, unit: str) -> Scale:
    """Give the scale of a value by itself, where its unit has more than one; the same without a unit."""
    return scale if unit in ("", "share") else scale_of(unit, (value,))


def _bare(value: float, scale: Scale, *, step: float, signed: bool) -> str:
    written = with_unit(value, scale, step=step, signed=signed)
    return written.removesuffix(scale.after) if scale.after.startswith(" ") else written


def _is_too_near(value: float, scale: Scale, *, step: float) -> bool:
    """Say whether a value is too near nought for a number: below half a penny, or dust by the interval."""
    if scale.before == POUND:
        return abs(value) < A_PENNY / 2
    return abs(value) * scale.factor < step * FINEST


def _one_figure(value: float, scale: Scale) -> float:
    return max(float(10.0 ** math.floor(math.log10(abs(value) * scale.factor))), finest_of(scale))
