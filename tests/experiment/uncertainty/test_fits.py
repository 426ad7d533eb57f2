"""The law of an uncertain parameter has the interval that is written, and never leaves its bounds."""

from fractions import Fraction

import numpy as np
import pytest

from simulator.definition.quantities import FACTOR, NUMBER, ONE_OR_MORE, PLACES, QUALITY, RATE, SHARE, Bounds
from simulator.definition.uncertain import Uncertain
from simulator.experiment.uncertainty.fits import NoLaw, beta_of, fitted


def parameter(low: float, high: float, bounds: Bounds, *, value: float | None = None) -> Uncertain:
    middle = Fraction(str((low + high) / 2 if value is None else value))
    ends = {"low": Fraction(str(low)), "high": Fraction(str(high))}
    return Uncertain(name="a.b", rank="a.b", way=("a", "b"), value=middle, bounds=bounds, **ends)


@pytest.mark.parametrize(
    ("low", "high", "bounds", "name"),
    [
        (0.15, 0.7, SHARE, "Beta"),
        (0.001, 0.999, SHARE, "Beta"),
        (0.4999, 0.5001, SHARE, "Beta"),
        (-0.2, 0.9, QUALITY, "Beta"),
        (0.5, 4.0, FACTOR, "lognormal"),
        (1e-9, 3e-9, RATE, "lognormal"),
        (0.95, 1.2, NUMBER, "lognormal"),
        (-3.0, -1.0, NUMBER, "lognormal"),
        (-0.05, 0.2, NUMBER, "normal"),
    ],
)
def test_low_and_high_are_the_tenth_and_ninetieth_centiles(
    low: float, high: float, bounds: Bounds, name: str
) -> None:
    law = fitted(parameter(low, high, bounds))

    assert law.name == name
    assert [law.value(0.1), law.value(0.9)] == pytest.approx([low, high], rel=1e-9)


@pytest.mark.parametrize("bounds", [SHARE, QUALITY, FACTOR, PLACES, ONE_OR_MORE])
def test_no_draw_leaves_the_bounds_and_none_is_clamped(bounds: Bounds) -> None:
    low, high = (5, 20) if bounds.is_whole else (0.02, 0.9)
    law = fitted(parameter(low, high, bounds))

    drawn = [law.value(u) for u in np.linspace(1e-6, 1 - 1e-6, 2001)]

    assert bounds.least is not None
    assert bounds.least <= min(drawn)
    assert bounds.most != 1 or max(drawn) <= 1
    assert bounds.is_whole or len(set(drawn)) == 2001


def test_whole_numbers_are_drawn_whole() -> None:
    law = fitted(parameter(3, 7, PLACES))

    assert [law.value(u) for u in (0.1, 0.5, 0.9)] == [3, 5, 7]
    assert fitted(parameter(0, 4, PLACES, value=1)).value(0.5) == 1


def test_an_end_on_the_limit_gives_way_to_the_median() -> None:
    law = fitted(parameter(0.15, 1.0, SHARE, value=0.4))
    other = fitted(parameter(0.0, 0.015, RATE, value=0.005))

    assert [law.value(0.1), law.value(0.5)] == pytest.approx([0.15, 0.4], rel=1e-9)
    assert [other.value(0.5), other.value(0.9)] == pytest.approx([0.005, 0.015], rel=1e-9)


@pytest.mark.parametrize(("low", "value", "high"), [(0, 0.5, 1), (0, 0, 0.2), (0.2, 1, 1), (0, 0.2, 0.2)])
def test_an_interval_that_fits_no_law_is_refused(low: float, value: float, high: float) -> None:
    with pytest.raises(NoLaw, match=r"limit|all there is"):
        fitted(parameter(low, high, SHARE, value=value))


def test_beta_agrees_with_scipy() -> None:
    from scipy.stats import beta

    a, b = beta_of((0.1, float(beta.ppf(0.1, 2.5, 7.0))), (0.9, float(beta.ppf(0.9, 2.5, 7.0))))

    assert (a, b) == pytest.approx((2.5, 7.0), rel=1e-8)
