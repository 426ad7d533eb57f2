"""The law of an uncertain parameter, from the 80% interval that stands beside its value.

``low`` and ``high`` are the 10th and 90th centiles, and two numbers fix a law of two parameters: Beta for
what lies between two limits (a share), lognormal for what is above a least value, normal where the sign may
change. No draw is clamped. Where an end of the interval is the limit itself no law has a centile there; then
``value`` is read as the median and fixes the law with the other end.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from simulator.definition.uncertain import Uncertain

LOW, MEDIAN, HIGH = 0.1, 0.5, 0.9
DIGITS = 12
LEAST_SPREAD, MOST_SPREAD = math.log(1e-6), math.log(1e14)
TOLERANCE = 1e-13

Quantile = Callable[[float], float]
Centile = tuple[float, float]
BETA, LOGNORMAL, NORMAL = "Beta", "lognormal", "normal"


class NoLaw(ValueError):
    """Say why no law fits an interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A law with its name and its quantile function; whole numbers are rounded, halves up."""

    name: str
    quantile: Quantile
    is_whole: bool = False

    def value(self, u: float) -> float:
        """Give the value at a probability, to twelve digits: the last ones of a library do not matter."""
        found = self.quantile(u)
        return math.floor(found + 0.5) if self.is_whole else float(f"{found:.{DIGITS}g}")


def fitted(parameter: Uncertain) -> Fitted:
    """Fit the law of a parameter; raise ``NoLaw`` where its interval fits none."""
    bounds = parameter.bounds
    value, low, high = (float(one) for one in (parameter.value, parameter.low, parameter.high))
    least = None if bounds.least is None else float(bounds.least)
    if bounds.is_whole:
        least = None if least is None else least - 0.5
    elif bounds.most == 1 and least is not None:
        return Fitted(name=BETA, quantile=_between(least, 1.0, value=value, low=low, high=high))
    if least is not None and least >= -0.5:
        law = _above(least, value=value, low=low, high=high)
        return Fitted(name=LOGNORMAL, quantile=law, is_whole=bounds.is_whole)
    if low > 0:
        return Fitted(name=LOGNORMAL, quantile=_above(0.0, value=value, low=low, high=high))
    if high < 0:
        mirrored = _above(0.0, value=-value, low=-high, high=-low)
        return Fitted(name=LOGNORMAL, quantile=lambda u: -mirrored(1.0 - u))
    return Fitted(name=NORMAL, quantile=_normal(low, high), is_whole=bounds.is_whole)


def _normal(low: float, high: float) -> Quantile:
    """Fit a normal law to its 10th and 90th centiles."""
    from scipy.special import ndtri

    middle, sd = (low + high) / 2, (high - low) / (2 * float(ndtri(HIGH)))
    return lambda u: middle + sd * float(ndtri(u))


def _above(least: float, *, value: float, low: float, high: float) -> Quantile:
    """Fit a lognormal law above a least value."""
    from scipy.special import ndtri

    (p, x), (q, y) = _ends(least, math.inf, value=value, low=low, high=high)
    z, w = float(ndtri(p)), float(ndtri(q))
    a, b = math.log(x - least), math.log(y - least)
    sd = (b - a) / (w - z)
    return lambda u: least + math.exp(a + sd * (float(ndtri(u)) - z))


def _between(least: float, most: float, *, value: float, low: float, high: float) -> Quantile:
    """Fit a Beta law between two limits."""
    from scipy.special import betaincinv

    (p, x), (q, y) = _ends(least, most, value=value, low=low, high=high)
    width = most - least
    a, b = beta_of((p, (x - least) / width), (q, (y - least) / width))
    return lambda u: least + width * float(betaincinv(a, b, u))


def _ends(least: float, most: float, *, value: float, low: float, high: float) -> tuple[Centile, Centile]:
    """Choose the two centiles that fix a law: the interval's ends, or the median for one on a limit."""
    if low > least and high < most:
        return (LOW, low), (HIGH, high)
    if low <= least and high >= most:
        raise NoLaw(
            f"low and high are {least:g} and {most:g}, all there is: no law has 80% of itself between them; "
            "write a low above or a high below."
        )
    if low > least and value < high:
        if value > low:
            return (LOW, low), (MEDIAN, value)
    elif low <= least < value < high:
        return (MEDIAN, value), (HIGH, high)
    end = "low" if low <= least else "high"
    raise NoLaw(f"'{end}' is the limit, and so the value must lie between low and high, apart from both.")


@lru_cache(maxsize=4096)
def beta_of(first: Centile, second: Centile) -> tuple[float, float]:
    """Find the Beta law of two centiles (p, x), (q, y); there is exactly one.

    Van Dorp & Mazzuchi (2000), Reliability Engineering & System Safety 67:17. For each spread the mean that
    meets the first is found, and then the spread whose law meets the second too.
    """
    from scipy.optimize import brentq
    from scipy.special import betainc, expit

    (p, x), (q, y) = first, second

    def shapes(spread: float) -> tuple[float, float]:
        total = math.exp(spread)

        def short(logit: float) -> float:
            mean = float(expit(logit))
            return float(betainc(mean * total, float(expit(-logit)) * total, x)) - p

        logit = float(brentq(short, -40.0, 40.0, xtol=TOLERANCE, maxiter=200))
        return float(expit(logit)) * total, float(expit(-logit)) * total

    def left(spread: float) -> float:
        return float(betainc(*shapes(spread), y)) - q

    return shapes(float(brentq(left, LEAST_SPREAD, MOST_SPREAD, xtol=TOLERANCE, maxiter=200)))
