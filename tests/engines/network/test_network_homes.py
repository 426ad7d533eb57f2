"""Effects for the people of one locality alone, as stocks: what they move is moved there and nowhere else."""

import numpy as np
import pytest
from counting import Counted, count

from simulator.engines.network.rows import places_of, row_totals
from simulator.engines.records import ACTIVE_AREA, STARTS

PLACE = """
[localities]
east = { share = 0.25 }
west = { share = 0.75 }
[segments.old]
people = 5_000
[needs.fall]
rate = "1 per year"
one_at_a_time = false
starts_at = { nurse = 1, carer = 0 }
[referrals.call]
rate = "1 per day"
starts_at = "chair"
[resources]
crews = { capacity = 4 }
chairs = { capacity = 20 }
[activities]
nurse = { duration = "30 min", routes = { crew = 0.8, responder = 0, exit = 0.2 } }
carer = { duration = "20 min" }
crew = { resource = "crews", duration = "2 h" }
responder = { duration = "20 min" }
chair = { resource = "chairs", duration = "1 h" }
[interventions.scheme]
starts = "0 days"
uptake = 1.0
places = 6_000
enrolments = "6_000 per week"
eligible = { localities = ["east"] }
[[interventions.scheme.effects]]
"""
EFFECTS = {
    "needs.fall.starts_at.nurse": 'times = "needs.fall.starts_at.nurse"\ninstead = "carer"\nvalue = 0.5',
    "activities.nurse.routes.crew": (
        'times = "activities.nurse.routes.crew"\ninstead = "responder"\nvalue = 0.5'
    ),
    "activities.crew.duration": 'times = "activities.crew.duration"\nvalue = 0.5',
    "diverts": 'diverts = { at = "nurse", from = "crew", to = "chair", share = 0.5 }',
}


def by_locality(found: Counted, activity: str, field: int) -> np.ndarray:
    """Give a field of an activity by locality, over the window."""
    program, network = found.program, found.network
    totals = row_totals(
        program,
        places_of(program, network.laid, share=network.tally.share),
        lanes=network.tally.lanes[found.first :].sum(axis=0),
    )
    row = program.activities.row[program.names.activities.index(activity)]
    return np.array(sum(totals[one : one + 2, field] for one in {*row.tolist()} - {-1}))


@pytest.fixture(scope="module")
def off() -> Counted:
    return switched("diverts", on=())


def switched(effect: str, on: tuple[str, ...] = ("scheme",)) -> Counted:
    return count(PLACE + EFFECTS[effect] + '\nfor = "enrolled"\n', days=196, warm_up=28, on=list(on))


@pytest.mark.parametrize(
    ("effect", "activity", "field"),
    [
        ("needs.fall.starts_at.nurse", "nurse", STARTS),
        ("activities.nurse.routes.crew", "crew", STARTS),
        ("activities.crew.duration", "crew", ACTIVE_AREA),
        ("diverts", "crew", STARTS),
    ],
)
def test_what_is_halved_for_one_locality_is_as_before_in_the_other(
    off: Counted, effect: str, activity: str, field: int
) -> None:
    before, after = (by_locality(one, activity, field) for one in (off, switched(effect)))

    east, west = after / before
    # The enrolled are not quite everybody: some come to their first Monday later.
    assert east == pytest.approx(0.5, abs=0.02)
    assert west == pytest.approx(1, abs=1e-3)
