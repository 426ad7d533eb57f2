"""One mechanism at a time, counted as stocks beside the same small model followed person by person."""

from functools import cache

import numpy as np
import pytest
from counting import count
from telling import compiled, span

from simulator.engines.records import ACTIVE_AREA, GAVE_UP, STARTS, USED_AREA
from simulator.engines.run import run
from simulator.experiment.observe import observe
from simulator.experiment.window import periods

DAYS, WARM_UP, REPLICATIONS = 1456, 364, 3

DYING = """
[segments.frail]
people = 10_000
joiners = "1000 per year"
[segments.frail.becomes]
dead = "0.03 per year"
[traits.crisis]
law = { lognorm = { sigma = 0.8 } }
persistence = 0.7
[needs.fall]
rate = "0.6 per year"
trait = "crisis"
one_at_a_time = false
starts_at = "ward"
[activities.ward]
resident = true
duration = { expon = { mean = "10 days" } }
routes = { died = 0.12, home_care = 0.1, exit = 0.78 }
[activities.home_care]
ends_on_admission = false
duration = { expon = { mean = "200 days" } }
"""

BOARDING = """
[referrals.patient]
rate = "234 per day"
starts_at = "ae"
[resources.spaces]
capacity = 42
[activities.ae]
resource = "spaces"
duration = { lognorm = { mean = "2.9 h", cv = 0.6 } }
patience = { lognorm = { median = "12 h", log_sd = 0.7 } }
keeps_place_until_next = "starts"
routes = { ward = 0.1, exit = 0.9 }
[resources.beds]
capacity = 191
[activities.ward]
resource = "beds"
duration = { lognorm = { mean = "8 days", cv = 1.5 } }
"""

CLINIC = """
[timetables.sessions]
every_day = ["09:00-12:00"]
[referrals.patient]
rate = "110 per day"
starts_at = "clinic"
[resources.rooms]
capacity = { number = 5, timetable = "sessions" }
[activities.clinic]
resource = "rooms"
duration = { gamma = { mean = "12 minutes", cv = 0.5 } }
patience = { lognorm = { median = "3 days", log_sd = 0.7 } }
"""


@cache
def people(text: str) -> dict[str, np.ndarray]:
    """Run a model person by person; give means of activities and resources by name."""
    window = span(f"{DAYS} days", warm_up=f"{WARM_UP} days", period="28 days")
    program = compiled(text, window=window)
    first, seconds = periods(program.calendar).first, periods(program.calendar).window_seconds
    seen = [
        observe(run(program, seed=3, replication=number), program, scenario="baseline")
        for number in range(REPLICATIONS)
    ]
    found = {}
    for names, series in (
        (program.names.activities, [one.activity_series for one in seen]),
        (program.names.resources, [one.resource_series for one in seen]),
    ):
        mean = np.mean([one[first:].sum(axis=0) for one in series], axis=0) / seconds
        found |= dict(zip(names, mean, strict=True))
    return found


def test_those_who_come_often_die_in_care_and_needs_fall() -> None:
    stocks = count(DYING, days=DAYS, warm_up=WARM_UP)

    assert stocks.mean("ward", ACTIVE_AREA) == pytest.approx(people(DYING)["ward"][ACTIVE_AREA], rel=0.02)


def test_who_dies_in_a_bed_leaves_the_care_at_home() -> None:
    stocks = count(DYING, days=DAYS, warm_up=WARM_UP)

    assert stocks.mean("home_care", ACTIVE_AREA) == pytest.approx(
        people(DYING)["home_care"][ACTIVE_AREA], rel=0.03
    )


def test_boarders_fill_a_and_e_as_often_as_they_do() -> None:
    stocks, followed = count(BOARDING, days=DAYS, warm_up=WARM_UP), people(BOARDING)

    assert stocks.per_day("ae", STARTS) == pytest.approx(followed["ae"][STARTS] * 86_400, rel=0.01)
    assert stocks.resource("spaces", USED_AREA) == pytest.approx(followed["spaces"][USED_AREA], rel=0.05)
    assert stocks.resource("beds", USED_AREA) == pytest.approx(followed["beds"][USED_AREA], rel=0.02)


def test_a_clinic_treats_as_many_in_a_session_as_stays_of_their_spread_allow() -> None:
    stocks, followed = count(CLINIC, days=DAYS, warm_up=WARM_UP), people(CLINIC)

    assert stocks.per_day("clinic", STARTS) == pytest.approx(followed["clinic"][STARTS] * 86_400, rel=0.01)
    assert stocks.per_day("clinic", GAVE_UP) == pytest.approx(followed["clinic"][GAVE_UP] * 86_400, rel=0.05)
