"""SD01: an epidemic and a cooling cup (Houghton, Powers 2015; SDXorg test-models), written as models of ours.

The stored numbers have six figures and were made with Euler's method and the same step, which must give them
again within 2 in 100,000.
"""

from functools import cache
from pathlib import Path

import pytest

from simulator.engines.stocks.run import StockRuns
from simulator.experiment.stock_files import read_stocks
from simulator.experiment.stock_runs import run_file

MODELS = Path(__file__).parent / "models"
TOLERANCE = 2e-5
PEOPLE = {
    0: (1000, 5, 0),
    5: (990.358, 8.18311, 6.45919),
    10: (974.918, 13.1481, 16.9339),
    20: (915.504, 30.6473, 58.8484),
    30: (804.752, 55.4567, 144.791),
    40: (664.627, 68.0812, 272.292),
    50: (548.746, 56.2736, 399.981),
    60: (478.383, 35.1738, 491.444),
    80: (424.317, 9.2946, 571.389),
    100: (412.158, 2.07135, 590.771),
}
DEGREES = {0: 180.0, 5: 136.508, 10: 110.212, 20: 84.7004, 30: 75.374}


@cache
def runs_of(name: str) -> StockRuns:
    """Run one of the two models, once."""
    return run_file(read_stocks(MODELS / f"{name}.toml"))


@pytest.mark.parametrize(("day", "people"), PEOPLE.items())
def test_the_epidemic_is_as_published(day: int, people: tuple[float, ...]) -> None:
    runs = runs_of("sir")
    row = day * 32

    found = [runs.column(name)[row, 0] for name in ("susceptible", "infectious", "recovered")]

    assert runs.times[row] == day
    assert found == pytest.approx(people, rel=TOLERANCE)


@pytest.mark.parametrize(("minute", "degrees"), DEGREES.items())
def test_the_cup_cools_as_published(minute: int, degrees: float) -> None:
    assert runs_of("teacup").column("temperature")[minute * 8, 0] == pytest.approx(degrees, rel=TOLERANCE)
