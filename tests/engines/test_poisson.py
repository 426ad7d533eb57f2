"""Poisson numbers by inversion, against an independent library."""

import re
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import poisson

import simulator
from simulator.engines.poisson import poisson_quantile

ENGINES = Path(simulator.__file__).parent / "engines"
# The network as stocks draws nothing, and its closures ask for exponentials (docs/design.md).
DRAWING = sorted(path for path in ENGINES.rglob("*.py") if "network" not in path.relative_to(ENGINES).parts)
LIBRARY = re.compile(r"\bscipy\b|\b(?:math|np)\.(?:log\w*|exp\w*|pow\w*|gamma\w*|erf\w*|sin\w*|cos\w*)\(")
MEANS = [1e-9, 0.01, 0.3, 1.0, 1.5, 7.3, 20.0, 99.5, 1_234.5, 1e4, 54_321.1, 1e5]
SMALLEST = 2.0**-53
TAILS = np.array([SMALLEST, 1e-12, 1e-6, 0.001, 0.1, 0.3, 0.4999])


@pytest.mark.parametrize("mean", MEANS)
def test_poisson_numbers_are_the_quantiles_of_the_law(mean: float) -> None:
    lots = (np.random.default_rng(1).integers(0, 1 << 52, 200) + 0.5) * 2.0**-52

    assert [poisson_quantile(u, mean) for u in lots] == poisson.ppf(lots, mean).tolist()


@pytest.mark.parametrize("mean", MEANS)
def test_the_lower_tail_is_exact(mean: float) -> None:
    assert [poisson_quantile(u, mean) for u in TAILS] == poisson.ppf(TAILS, mean).tolist()


@pytest.mark.parametrize("mean", MEANS)
def test_the_upper_tail_is_exact(mean: float) -> None:
    beyond = 1.0 - (1.0 - TAILS)
    numbers = np.array([poisson_quantile(1.0 - tail, mean) for tail in TAILS])

    assert (poisson.sf(numbers, mean) <= beyond).all()
    assert (poisson.sf(numbers - 1, mean) > beyond).all()


@pytest.mark.parametrize("room", DRAWING, ids=lambda room: room.stem)
def test_no_engine_leans_on_the_last_bit_of_a_library(room: Path) -> None:
    found = LIBRARY.findall(room.read_text(encoding="utf-8"))

    assert not found


def test_a_mean_of_nought_gives_nobody() -> None:
    assert poisson_quantile(0.999, 0.0) == 0


def test_numbers_over_evenly_spread_lots_have_the_mean_and_the_variance_of_the_law() -> None:
    lots = (np.arange(100_000) + 0.5) / 100_000
    numbers = np.array([poisson_quantile(u, 3.5) for u in lots])

    assert numbers.mean() == pytest.approx(3.5, abs=1e-3)
    assert numbers.var() == pytest.approx(3.5, abs=1e-2)
