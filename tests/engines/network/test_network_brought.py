"""Classes that nobody is of until a switch opens the way to them are of the needs that they come from."""

import numpy as np
import pytest
from counting import Counted, count
from scipy import stats
from telling import compiled, span

from simulator.compiler.program import Program
from simulator.engines.network import Network
from simulator.engines.network.pasts import Pasts
from simulator.engines.network.rows import activity_series
from simulator.engines.records import ACTIVE_AREA, Run
from simulator.engines.run import run
from simulator.experiment.window import periods
from simulator.units import SECONDS_A_DAY

# Falls and wounds may be kept at home, for weeks, by a way that nobody goes until the scheme opens it; no
# other need comes there. Whoever has a fall open has no other.
PLACE = """
[segments.old]
people = 2_000
[needs]
fall = { rate = "4 per year", starts_at = "nurse", one_at_a_time = true }
wound = { rate = "2 per year", starts_at = "dresser", one_at_a_time = false }
cough = { rate = "2 per year", starts_at = "visit", one_at_a_time = false }
[activities.nurse]
duration = "30 min"
routes = { crew = 0.8, exit = 0.2, kept = { to = "home", share = 0, as = "kept" } }
[activities.dresser]
duration = "30 min"
routes = { crew = 0.6, exit = 0.4, kept = { to = "home", share = 0, as = "kept" } }
[activities]
crew = { duration = "1 h" }
home = { duration = { expon = { mean = "60 days" } }, routes = { visit = 0.5, exit = 0.5 } }
visit = { duration = "1 h" }
call = { duration = "1 h" }
[interventions.scheme]
starts = "0 days"
uptake = 0.3
places = 2_000
enrolments = "2_000 per week"
[[interventions.scheme.effects]]
times = "activities.nurse.routes.crew"
instead = "kept"
value = 0.25
for = "WHOM"
[[interventions.scheme.effects]]
times = "activities.dresser.routes.crew"
instead = "kept"
value = 0.5
for = "WHOM"
[[interventions.scheme.effects]]
diverts = { at = "home", from = "visit", to = "call", share = 0.5 }
substitution = 1
for = "everyone"
"""
# Of those whom the scheme sends there for being enrolled all stay as the enrolled do.
SHORTER = """
[[interventions.scheme.effects]]
times = "activities.home.duration"
value = 0.4
for = "enrolled"
"""
OFTEN = PLACE.replace("one_at_a_time = true", "one_at_a_time = false") + SHORTER
EVERYBODY, ENROLLED = (OFTEN.replace("WHOM", whom) for whom in ("everyone", "enrolled"))
PLACE = PLACE.replace("WHOM", "everyone")
DAYS, REPLICATIONS = 364, 24
# It takes up to four weeks until it is known who is sent, and then as long as they stay until it is felt.
LATER, SETTLED = 5, 8  # periods of four weeks
# How far off the stocks may be besides chance, and how likely right ones are refused by chance.
NEAR, ERROR = 0.01, 1e-4


def of_people(program: Program, one: Run) -> list[float]:
    """Give falls a year, falls and wounds displaced, and the mean number at home, of one
    replication, once the scheme has settled."""
    first, names = periods(program.calendar).first + LATER, program.names
    rows = program.activities.row[names.activities.index("home")]
    homes = len(names.homes) + 1
    mine = [row + home for row in rows[rows >= 0].tolist() for home in range(homes)]
    chosen = np.isin(one.activities.row, mine) & (one.activities.period >= first)
    there = one.activities.values[chosen, ACTIVE_AREA].sum() / (SETTLED * 28 * SECONDS_A_DAY)
    happened, displaced = (
        getattr(one.needs, word)[first:].sum(axis=(0, 2, 3)) for word in ("happened", "displaced")
    )
    places = [names.needs.index(need) for need in ("fall", "wound")]
    return [float(happened[places[0]]), *displaced[places].tolist(), float(there)]


def of_stocks(found: Counted) -> list[float]:
    """Give the same of stocks."""
    names, tally, first = found.program.names, found.network.tally, found.first + LATER
    places = [names.needs.index(need) for need in ("fall", "wound")]
    happened = tally.happened[first:, places[0]].sum()
    displaced = tally.displaced[first:, places].sum(axis=0)
    series = activity_series(found.program, found.network.laid, tally=tally)
    there = series[first:, names.activities.index("home"), ACTIVE_AREA].sum()
    return [float(happened), *displaced.tolist(), float(there) / (SETTLED * 28 * SECONDS_A_DAY)]


@pytest.mark.parametrize("place", [PLACE, EVERYBODY, ENROLLED], ids=["alone", "everybody", "enrolled"])
def test_who_is_brought_to_a_class_is_of_the_need_it_had_as_by_people(place: str) -> None:
    """Were the stocks right to within 1%, any of the three would fail of one set of seeds in ten thousand."""
    window = span(f"{DAYS} days", warm_up=f"{DAYS} days", period="28 days")
    program = compiled(place, window=window, on=["scheme"])
    runs = [run(program, seed=7, replication=one) for one in range(REPLICATIONS)]
    people = np.array([of_people(program, one) for one in runs])
    stocks = np.array(of_stocks(count(place, days=DAYS, warm_up=DAYS, on=["scheme"])))

    mean, error = people.mean(axis=0), people.std(axis=0, ddof=1) / np.sqrt(REPLICATIONS)
    room = NEAR * stocks + error * stats.t.ppf(1 - ERROR / 6 / len(stocks), REPLICATIONS - 1)

    assert (np.abs(mean - stocks) < room).all(), (mean, stocks, room)
    # Who is at home has no other fall, where they have one at a time: of no need, they would have all.
    assert (mean[0] < 0.8 * 8_000 * SETTLED / 13) == (place == PLACE)
    assert (room < 0.1 * mean).all()


def test_of_two_needs_brought_to_a_class_each_has_its_part() -> None:
    found = count(PLACE, days=DAYS, warm_up=0, on=["scheme"])
    names, origins = found.program.names, found.network.laid.origins
    share = origins[names.classes.index("kept"), :-1]
    needs = found.network.tally.happened[-1].sum(axis=(1, 2))
    sent = needs * [0.0, 0.8 * 0.75, 0.6 * 0.5]  # coughs, falls, wounds

    assert share == pytest.approx(sent / sent.sum(), rel=1e-3)
    assert share.sum() == pytest.approx(1.0, rel=1e-9)


def test_before_a_way_is_opened_its_class_is_of_what_would_come() -> None:
    program = compiled(PLACE, on=["scheme"])
    share = Network(program).laid.origins[program.names.classes.index("kept")]

    # Nothing says how wide either way would be opened: alike, by those who pass it.
    assert share == pytest.approx([0, 4 / 6, 2 / 6, 0], rel=1e-4, abs=1e-5)


# Who gives up on the only nurse is of a class that nobody began with.
GIVEN_UP = """
[segments.old]
people = 2_000
[needs]
fall = { rate = "4 per year", starts_at = "nurse", one_at_a_time = true }
cough = { rate = "2 per year", starts_at = "home", one_at_a_time = false }
[resources.nurses]
capacity = 1
[activities.nurse]
resource = "nurses"
duration = "2 h"
patience = "3 h"
gives_up_to = { to = "home", as = "left" }
[activities.home]
duration = "20 days"
[interventions.shorter]
starts = "98 days"
[[interventions.shorter.effects]]
times = "activities.nurse.duration"
value = 0.5
for = "everyone"
"""


def test_who_gives_up_into_a_class_is_of_the_need_it_had() -> None:
    found = count(GIVEN_UP, days=196, warm_up=28)
    share = found.network.laid.origins[found.program.names.classes.index("left")]

    assert share == pytest.approx([0, 1, 0], abs=1e-9)
    assert found.need("fall") < 0.95 * 8_000  # who is at home has no other


def test_a_world_that_goes_on_from_a_past_knows_whom_its_classes_come_from() -> None:
    window = span("196 days", warm_up="28 days", period="28 days")
    off, on = (compiled(GIVEN_UP, window=window, on=one) for one in ((), ("shorter",)))
    pasts, alone, after = Pasts(), Network(on), Network(on)
    pasts.run(Network(off), {(28 + 98) * SECONDS_A_DAY})

    begins = pasts.run(after, set())

    assert begins > 0
    assert np.array_equal(after.tally.happened, alone.run().happened)
    assert np.array_equal(after.laid.origins, alone.laid.origins)
