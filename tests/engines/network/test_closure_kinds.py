"""The closures that a network can run on: each does in a network what it does by itself."""

import numpy as np
import pytest
from counting import Counted
from telling import compiled, span

from simulator.compiler.program import Program
from simulator.engines.network import Network
from simulator.engines.network.closure_kinds import CLOSURES, MATCHING
from simulator.engines.network.fluid import fluid
from simulator.engines.network.kernels.net import CELLS
from simulator.engines.network.matching import Kept, Matching, busy_at
from simulator.engines.network.moments import served_and_waiting, slopes
from simulator.engines.network.normal import DEVIATIONS, normal, normals, resistances
from simulator.engines.network.queue import Queue
from simulator.engines.network.stationary import EVERYBODY, Thinning, stationary
from simulator.engines.records import QUEUE_AREA, USED_AREA

PLACES = 10
QUEUE = """
[referrals.patient]
rate = "RATE per day"
starts_at = "ward"
[resources.beds]
capacity = 10
[activities.ward]
resource = "beds"
duration = { expon = { mean = "STAY hours" } }
"""
GIVES_UP = 'patience = { expon = { mean = "MEAN hours" } }\n'
# A stay of 12 hours is 24 steps: a queue answers at the end of each to what came in it.
STAY = 12.0
NEAR = 0.015


def queue_of(**other: object) -> Queue:
    asked: dict[str, object] = {
        "places": PLACES,
        "patience": 0.0,
        "room": None,
        "spread": 1.0,
        "needed": (0, 2),
    }
    return Queue(**{**asked, **other})  # type: ignore[arg-type]


def present(closure: str, *, load: float, stays: int, patience: float = 0.0) -> float:
    """Give the mean number present over the last two of so many stays, from an empty ward."""
    text = QUEUE.replace("RATE", f"{PLACES * load * 24 / STAY:.6g}").replace("STAY", f"{STAY:g}")
    if patience:
        text += GIVES_UP.replace("MEAN", f"{STAY / patience:.6g}")
    days = round(stays * STAY / 24)
    program = compiled(text, window=span("1 day", warm_up=f"{days - 1} days", period="1 day"))
    return mean_present(program, closure)


def mean_present(program: Program, closure: str) -> float:
    network = Network(program, closure=CLOSURES[closure])
    network.run()
    found = Counted(program=program, network=network)
    return found.resource("beds", USED_AREA) + found.resource("beds", QUEUE_AREA)


def by_moments(*, load: float, stays: int, patience: float = 0.0) -> float:
    """Follow mean and variance by themselves, and give the mean over the last two stays."""
    step, mean, variance, found = 0.005, 0.0, 0.0, []
    for _ in range(round(stays / step)):
        rise, widening = slopes(mean, variance, load=PLACES * load, places=float(PLACES), patience=patience)
        mean, variance = mean + step * rise, variance + step * widening
        found.append(mean)
    return float(np.mean(found[-round(2 / step) :]))


def test_a_network_runs_on_matching_unless_told() -> None:
    program = compiled(QUEUE.replace("RATE", "9").replace("STAY", "24"), window=span("28 days"))

    assert Network(program).laid.closures.closure is MATCHING
    assert CLOSURES["matching"] is MATCHING


def test_in_the_fluid_nobody_waits_below_saturation() -> None:
    assert present("fluid", load=0.92, stays=40) == pytest.approx(0.92 * PLACES, rel=1e-3)


def test_in_the_fluid_what_is_too_much_waits() -> None:
    full_after = np.log(11.0)

    found = present("fluid", load=1.1, stays=30)

    assert found == pytest.approx(PLACES + 0.1 * PLACES * (29.0 - full_after), rel=NEAR)


@pytest.mark.parametrize(("load", "patience"), [(0.85, 0.0), (1.0, 0.1), (1.1, 3.0)])
def test_matching_alone_comes_to_rest_where_the_chain_does(load: float, patience: float) -> None:
    true = stationary(PLACES, np.array([load * PLACES]), patience=patience)

    found = present("matching alone", load=load, stays=120, patience=patience)

    assert found == pytest.approx(float(true.present[0]), rel=NEAR)


@pytest.mark.parametrize(
    ("load", "stays", "patience"), [(0.85, 120, 0.0), (1.1, 30, 0.0), (1.0, 120, 0.1), (1.1, 60, 3.0)]
)
def test_mean_and_variance_are_followed_as_by_themselves(load: float, stays: int, patience: float) -> None:
    found = present("mean and variance alone", load=load, stays=stays, patience=patience)

    assert found == pytest.approx(by_moments(load=load, stays=stays, patience=patience), rel=NEAR)


def overflowing(closure: str) -> float:
    """Give the mean number present where whoever finds no bed free goes elsewhere."""
    text = QUEUE.replace("RATE", f"{PLACES * 1.0 * 24 / STAY:g}").replace("STAY", f"{STAY:g}")
    other = '[activities.other]\nduration = "1 h"\n'
    program = compiled(
        text + 'if_full = ["other"]\n' + other, window=span("28 days", warm_up="84 days", period="28 days")
    )
    return mean_present(program, closure)


def overflowing_by_moments(*, fewer_pull: bool) -> float:
    """The same by mean and variance: a P(L < c) arrive, which pulls the variance by 2 v a φ ÷ s."""
    mean, variance, arrivals = 5.0, 5.0, float(PLACES)
    for _ in range(20_000):
        served, _, above = served_and_waiting(mean, variance, places=float(PLACES))
        density = np.exp(-0.5 * (PLACES - mean) ** 2 / variance) / np.sqrt(2 * np.pi * variance)
        coming = arrivals * (1.0 - above)
        pull = 1.0 - above + (arrivals * density if fewer_pull else 0.0)
        mean, variance = (
            mean + 0.005 * (coming - served),
            variance + 0.005 * (coming + served - 2.0 * variance * pull),
        )
    return float(mean)


def test_the_variance_is_pulled_by_those_who_come_no_more() -> None:
    assert overflowing("mean and variance") == pytest.approx(
        overflowing_by_moments(fewer_pull=True), rel=NEAR
    )
    assert overflowing("mean and variance alone") == pytest.approx(
        overflowing_by_moments(fewer_pull=False), rel=NEAR
    )
    assert overflowing("mean and variance") > 1.03 * overflowing("mean and variance alone")


def test_a_queue_that_grows_is_told_apart_by_closure() -> None:
    found = {closure: present(closure, load=1.1, stays=30) for closure in CLOSURES}

    assert found["fluid"] < 0.95 * found["mean and variance alone"]
    assert found["matching alone"] > 1.05 * found["mean and variance alone"]


def test_the_fluid_fills_all_places_first() -> None:
    table = fluid(queue_of(room=3))

    assert busy_at(table, 6.0) == pytest.approx(6.0, abs=1e-3)
    assert busy_at(table, 40.0) == PLACES
    assert read(table, table.delayed, 9.9) == 0
    assert read(table, table.delayed, 10.1) == 1
    assert read(table, table.refused, 12.9) == 0
    assert read(table, table.refused, 13.2) == 1
    assert [read(table, row, 8.5) for row in table.free] == [1, 0]


def read(table: Matching, row: np.ndarray, there: float) -> float:
    return float(np.interp(there / (there + table.places), np.linspace(0, 1, CELLS + 1), row))


@pytest.mark.parametrize("there", [4.0, 10.0, 17.0])
def test_a_normal_table_has_the_parts_of_the_normal_law(there: float) -> None:
    table, grid = normal(queue_of(room=4), deviation=3.0), np.linspace(there - 30, there + 30, 600_001)
    law = np.exp(-0.5 * ((grid - there) / 3.0) ** 2) / (3.0 * np.sqrt(2 * np.pi))

    def mean(values: np.ndarray) -> float:
        return float(np.trapezoid(values * law, grid))

    queue = np.maximum(grid - PLACES, 0.0)
    one, two, three = (mean(queue**power) for power in (1, 2, 3))
    assert busy_at(table, there) == pytest.approx(served_and_waiting(there, 9.0, places=10.0)[0], rel=1e-3)
    assert read(table, table.delayed, there) == pytest.approx(mean(queue > 0), abs=1e-3)
    assert read(table, table.refused, there) == pytest.approx(mean(queue > 4), abs=1e-3)
    assert read(table, table.free[1], there) == pytest.approx(mean(grid < 8), abs=1e-3)
    assert read(table, table.even, there) == pytest.approx(one * one / two, abs=2e-3)
    assert read(table, table.swing, there) == pytest.approx(
        np.sqrt(three / one - (two / one) ** 2) * one / two, abs=2e-3
    )


def test_nobody_comes_less_to_a_queue_that_everybody_joins() -> None:
    assert max(float(one.max()) for one in resistances(queue_of(setting=EVERYBODY))) < 1e-9


def test_resistance_is_how_fast_arrivals_thin_out() -> None:
    setting = Thinning(needed=(0, 2), share=(0.7, 0.3), waiting=0.5, eases=3, stops=9)
    level, grid = 45, np.linspace(-60, 90, 1_500_001)
    deviation = DEVIATIONS[level] * PLACES**0.5

    def coming(there: float) -> float:
        law = np.exp(-0.5 * ((grid - there) / deviation) ** 2) / (deviation * np.sqrt(2 * np.pi))
        comes = np.where(grid < 8, 1.0, 0.7) * (grid < PLACES)
        comes += 0.5 * (grid >= PLACES) * np.clip((PLACES + 9 - grid) / 6, 0.0, 1.0)
        return float(np.trapezoid(comes * law, grid))

    found = resistances(queue_of(setting=setting))[level]
    for there in (7.0, 11.0, 15.0):
        slope = (coming(there + 0.01) - coming(there - 0.01)) / 0.02
        row = read(fluid(queue_of()), found, there)
        assert row == pytest.approx(-slope / coming(there), rel=5e-3)


def test_kept_places_vary_besides() -> None:
    kept = Kept(mean=3.0, chance=0.5, spread=1.0)

    plain, wide = (normals(queue_of(setting=one))[40] for one in (EVERYBODY, kept))

    # Half the time none, half the time exponential with a mean of six: 0.5 × 72 - 9.
    assert kept.variance == pytest.approx(27.0)
    assert busy_at(wide, 9.0) == pytest.approx(
        served_and_waiting(9.0, DEVIATIONS[40] ** 2 * PLACES + 27.0, places=10.0)[0], rel=2e-3
    )
    assert busy_at(wide, 9.0) < busy_at(plain, 9.0)
