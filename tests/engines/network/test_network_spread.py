"""How long queues are where stays are more or less even than an exponential's, and what they keep."""

import numpy as np
import pytest
from counting import count

from simulator.engines.network.kernels.net import CELLS
from simulator.engines.network.matching import Kept, matching

# Followed person by person, three replications: queues and their 95% intervals, stays of 8 hours.
SEEN = [
    (60, 0.92, 0.0, 2.756, 0.16),
    (60, 0.92, 1.5, 6.500, 0.57),
    (190, 0.96, 0.6, 8.245, 0.36),
    (190, 0.96, 1.5, 14.712, 0.56),
]


@pytest.mark.parametrize(("places", "load", "cv", "seen", "interval"), SEEN)
def test_even_stays_make_short_queues_and_ragged_ones_long(
    places: int, load: float, cv: float, seen: float, interval: float
) -> None:
    busy = matching(places, spread=(1 + cv**2) / 2).busy
    share = float(np.interp(load * places, busy, np.linspace(0.0, 1.0, CELLS + 1)))
    queue = places * share / (1.0 - share) - load * places

    assert queue == pytest.approx(seen, abs=interval)


def test_places_kept_for_a_queue_that_stops_are_not_as_many_at_worst() -> None:
    numbers, weights = Kept(mean=3.0, chance=0.3, spread=0.5).numbers(41.0)
    endless, _ = Kept(mean=3.0, chance=0.3).numbers(41.0)

    assert numbers @ weights == pytest.approx(3.0, rel=0.03)
    assert numbers.max() < 0.8 * endless.max()


BOARDING = """
[referrals.patient]
rate = "9.7 per day"
starts_at = "ae"
[resources.spaces]
capacity = SPACES
[activities.ae]
resource = "spaces"
duration = { expon = { mean = "4 h" } }
patience = { expon = { mean = "8 h" } }
keeps_place_until_next = "starts"
routes = "ward"
[resources.beds]
capacity = 40
[activities.ward]
resource = "beds"
duration = { expon = { mean = "4 days" } }
"""


def kept(spaces: int) -> Kept:
    """Give how places in A&E are kept for a ward after three quarters of a year."""
    found = count(BOARDING.replace("SPACES", str(spaces)), days=182, warm_up=91)
    setting = found.network.settings[found.program.names.resources.index("spaces")]
    assert isinstance(setting, Kept)
    return setting


def test_places_are_kept_as_unevenly_as_the_queue_that_keeps_them_is_long() -> None:
    assert kept(120).spread > 0.75 > 0.6 > kept(14).spread
