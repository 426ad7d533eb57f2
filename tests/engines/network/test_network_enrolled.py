"""Those enrolled die, or change segment, in care as all do: as many are left as where people are followed."""

import numpy as np
import pytest
from counting import count
from scipy import stats
from telling import compiled, span

from simulator.engines.run import run

# Nearly every seventh stay is the last; all who are willing are enrolled on the first Monday, nobody later.
PLACE = """
[segments.frail]
people = 2_000
becomes = { dead = "0.1 per year" }
[segments.worse]
people = 0
becomes = { dead = "0.1 per year" }
[traits.frailty]
law = { lognorm = { sigma = 0.7 } }
[needs.illness]
rate = { frail = "2 per year", worse = "2 per year" }
trait = "frailty"
starts_at = "ward"
[activities.ward]
resident = true
duration = { expon = { mean = "5 days" } }
routes = { died = 0.15, exit = 0.85 }
[interventions.plans]
starts = "0 days"
uptake = 0.4
eligible = { segments = ["frail"] }
"""
CHANGES = PLACE.replace("died = 0.15", 'hurt = { to = "exit", share = 0.15, becomes = "worse" }')
# Before the ward is a desk, which may send people elsewhere; what a scheme does for its enrolled stands last.
PLANS = PLACE[PLACE.index("[interventions.plans]") :]
SPARED = (
    PLACE.removesuffix(PLANS).replace('starts_at = "ward"', "starts_at = { desk = 1, hotel = 0 }")
    + """
[activities.desk]
duration = "1 h"
routes = { ward = 0.8, hotel = 0.1, exit = 0.1 }
[activities.hotel]
duration = "2 days"
"""
    + PLANS
    + "[[interventions.plans.effects]]\n"
)
SPARES = {
    "needs": 'times = "needs.illness.rate"\nvalue = 0.3\nfor = "enrolled"\n',
    "where needs start": """
times = "needs.illness.starts_at.desk"
value = 0.3
instead = "hotel"
for = "enrolled"
""",
    "ways": 'times = "activities.desk.routes.ward"\nvalue = 0.3\ninstead = "exit"\nfor = "enrolled"\n',
    "deaths": 'times = "activities.ward.routes.died"\nvalue = 0.3\ninstead = "exit"\nfor = "enrolled"\n',
    "a diversion": """
diverts = { at = "desk", from = "ward", to = "hotel", share = 0.7 }
substitution = 1
for = "enrolled"
""",
}
DAYS, REPLICATIONS, PERIOD_SECONDS = 364, 24, 28 * 86_400
# How far off the stocks may be besides chance, and how likely right ones are refused by chance.
NEAR, ERROR = 0.01, 1e-4


def test_as_many_stay_enrolled_as_by_people_where_many_die_in_care() -> None:
    """Were the stocks right to within 1%, it would fail of one set of seeds in ten thousand (Bonferroni)."""
    mean, stocks, room = enrolled_by_both(PLACE)

    assert (np.abs(mean - stocks) < room).all()
    assert room.max() < 30  # without those who die in care a hundred more would be left
    assert mean[-1] < 0.76 * mean[0]


@pytest.mark.parametrize("spares", SPARES)
def test_who_has_fewer_stays_dies_in_fewer_as_by_people(spares: str) -> None:
    """Were the stocks right to within 1%, any of the five would fail of one set of seeds in ten thousand."""
    mean, stocks, room = enrolled_by_both(SPARED + SPARES[spares], tests=len(SPARES))

    assert (np.abs(mean - stocks) < room).all()
    assert room.max() < 30  # as if they died like all, forty fewer would be left


def enrolled_by_both(text: str, *, tests: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give how many are enrolled by period: the mean by people, as stocks, and how far they may be apart."""
    window = span(f"{DAYS} days", warm_up=f"{DAYS} days", period="28 days")
    program = compiled(text, window=window, on=["plans"])
    runs = [run(program, seed=7, replication=one) for one in range(REPLICATIONS)]
    found = count(text, days=DAYS, warm_up=DAYS, on=["plans"])
    stocks = found.network.tally.enrolled[found.first :, 0] / PERIOD_SECONDS
    areas = np.array([one.enrolments.enrolled_area for one in runs])
    people = areas[:, found.first :, 0] / PERIOD_SECONDS
    error = people.std(axis=0, ddof=1) / np.sqrt(REPLICATIONS)
    quantile = stats.t.ppf(1 - ERROR / 2 / len(stocks) / tests, REPLICATIONS - 1)
    return people.mean(axis=0), stocks, NEAR * stocks + error * quantile


def test_who_becomes_another_in_care_does_so_while_enrolled() -> None:
    found = count(CHANGES, days=DAYS, warm_up=0, on=["plans"])
    everybody = found.network.folk.people.sum(axis=1)
    enrolled = found.network.schemes.enrolments[0].inside.sum(axis=(1, 2))

    assert enrolled.sum() == pytest.approx(0.4 * everybody.sum(), rel=0.01)
    assert enrolled[1] / enrolled.sum() == pytest.approx(everybody[1] / everybody.sum(), rel=0.01)
    assert 0.1 < enrolled[1] / enrolled.sum() < 0.4


def test_who_comes_often_leaves_the_sooner_and_all_together_as_often_as_care_has_it() -> None:
    network = count(PLACE, days=DAYS, warm_up=0).network
    going, law = network.folk.going_in_care(0)[0, -1], network.folk.living.laws[0, 0]

    assert (np.diff(going) > 0).all()
    assert going @ law == pytest.approx(network.folk.goes_in_care[:, 0, -1].sum(), rel=1e-3)
    assert network.folk.going_in_care(-1)[0, -1] == pytest.approx(going @ law, rel=1e-3)
