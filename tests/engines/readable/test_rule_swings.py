"""What changes of itself: trends grow month by month, shocks come with the year, all as drawn beforehand."""

import numpy as np
from telling import DAY, SEED, compiled, span, tell

from simulator.compiler.swing_arrays import OF_CAPACITY, OF_DURATIONS, OF_NEEDS
from simulator.engines import records
from simulator.engines.demand import Demand
from simulator.engines.population import Key
from simulator.engines.turns import Turns, draw_turns

CLINIC = """
[segments.all]
people = 2
[needs.fall]
rate = "10 per year"
starts_at = "clinic"
[referrals.letter]
at = ["1 day", "5 days", "20 days", "380 days"]
starts_at = "clinic"
[activities.clinic]
duration = "10 h"
"""
GROWING = CLINIC.replace('rate = "10 per year"', 'rate = "10 per year"\ntrend = "1 per year"')
YEAR = span("400 days")
# 1 April is six days before the first day of these runs.
SHOCK = """
[shocks.cold]
on = ["activities.clinic.duration", "needs.fall.rate"]
level = 2
from = "10 days"
lasts = "5 days"
"""
WANDERING = """
[shocks.luck]
on = ["needs.fall.rate"]
monthly = { cv = 0.2, r = 0.6 }
"""


def turns(text: str, *, replication: int = 0, length: str = "400 days", warm_up: str = "0 s") -> Turns:
    """Draw what changes of itself in a model."""
    program = compiled(text, window=span(length, warm_up=warm_up))
    found = draw_turns(program, Key(SEED, replication))
    assert found is not None
    return found


def falls(rows: list[str]) -> list[str]:
    """Give the rows about falls."""
    return [row for row in rows if "fall" in row]


def test_a_trend_makes_candidates_happen_that_did_not_at_the_start() -> None:
    needs = [("10 days", "fall", 0, 15.0), ("380 days", "fall", 0, 15.0)]

    told = tell(GROWING, needs=needs, window=YEAR)

    assert falls(told.rows("starts")) == ["9120:00 fall#4 starts clinic"]


def test_a_trend_on_durations_lengthens_what_starts_later() -> None:
    text = CLINIC.replace('duration = "10 h"', 'duration = "10 h"\ntrend = "1 per year"')

    factor = turns(text).of[OF_DURATIONS][:, 0]

    assert np.all(np.diff(factor) > 0)
    assert 1.0 < factor[0] < 1.03
    assert factor[-1] == np.round(2.0 ** ((389 + 420) / 2 / 365.25), 12)


def test_nothing_grows_in_warm_up() -> None:
    found = turns(GROWING, warm_up="100 days")

    before = found.of[OF_NEEDS][found.second < 100 * DAY, 0]
    assert (before == 1.0).all()
    assert found.of[OF_NEEDS][-1, 0] > 2.0


def test_candidates_reach_as_high_as_a_trend_over_the_horizon() -> None:
    bound = compiled(GROWING, window=YEAR).needs.bound[0, 0]

    assert bound >= 10 * turns(GROWING).of[OF_NEEDS].max() > 21


def test_a_shock_multiplies_what_starts_while_it_lasts() -> None:
    told = tell(CLINIC + SHOCK, needs=[], window=span("30 days"))

    assert [row.split()[0] for row in told.rows("exits")] == ["34:00", "140:00", "490:00"]


def test_a_candidate_above_the_usual_rate_happens_in_a_shock_alone() -> None:
    needs = [(when, "fall", 0, 15.0) for when in ("2 days", "6 days", "12 days")]

    told = tell(CLINIC + SHOCK, needs=needs, window=span("30 days"))

    assert falls(told.rows("starts")) == ["144:00 fall#3 starts clinic"]


def test_a_shock_is_the_same_whatever_the_window_and_the_horizon() -> None:
    text = CLINIC + SHOCK.replace("level = 2", "level = { lognorm = { mean = 1.5, cv = 0.4 } }") + WANDERING

    short, long = turns(text), turns(text, length="800 days", warm_up="70 days")

    at = np.arange(1, 399) * DAY
    rows = np.searchsorted(short.second, at, side="right") - 1
    others = np.searchsorted(long.second, at + 70 * DAY, side="right") - 1
    assert np.array_equal(short.of[OF_NEEDS][rows], long.of[OF_NEEDS][others])


def test_each_replication_has_a_winter_of_its_own() -> None:
    text = CLINIC + SHOCK.replace("level = 2", "level = { lognorm = { mean = 1.5, cv = 0.4 } }")

    levels = {float(turns(text, replication=one).of[OF_NEEDS].max()) for one in range(4)}

    assert len(levels) == 4


def test_what_wanders_has_mean_one_its_cv_and_carries_part_of_it_over() -> None:
    drawn = (turns(CLINIC + WANDERING, replication=one, length="20 years") for one in range(20))

    path = np.array([one.of[OF_NEEDS][:, 0] for one in drawn])
    assert abs(path.mean() - 1.0) < 0.02
    assert abs(path.std() - 0.2) < 0.02
    assert abs(np.corrcoef(path[:, :-1].ravel(), path[:, 1:].ravel())[0, 1] - 0.6) < 0.05


def test_candidates_reach_as_high_as_the_shocks_of_their_replication() -> None:
    program = compiled(CLINIC + SHOCK, window=YEAR)
    demand = Demand(program, seed=SEED, replication=0)

    assert demand.year(0).threshold.max(initial=0.0) < 20.0 * (1 + 1e-9)
    assert demand._program.needs.bound[0, 0] >= 20.0


def test_a_shock_on_a_capacity_leaves_the_nearest_whole_number_of_places() -> None:
    beds = '[resources.beds]\ncapacity = 5\n[activities.ward]\nresource = "beds"\nduration = "1 h"\n'
    shock = SHOCK.replace("level = 2", "level = 0.5").replace(
        '"activities.clinic.duration", "needs.fall.rate"', '"resources.beds.capacity"'
    )
    text = CLINIC.replace('380 days"]\nstarts_at = "clinic"', '380 days"]\nstarts_at = "ward"') + beds + shock

    told = tell(text, window=span("30 days"))

    assert turns(text).of[OF_CAPACITY].min() == 0.5
    assert sum(told.resource("beds", records.AVAILABLE_AREA)) == (5 * 30 - 2 * 5) * DAY
