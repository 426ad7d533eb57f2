"""Two queues that help each other without limit are one queue of twice the places, by Erlang's formula.

As in ``test_queueing_theory``: within the 99.99% t-interval over 24 replications, so that a right engine
fails one seed in ten thousand, and the seeds are fixed.
"""

from functools import cache

import numpy as np
import pytest
from telling import Told, compiled, span
from test_queueing_theory import agrees, erlang_c, in_window, mean_wait

from simulator.engines.records import USED_AREA

TWO = """
[organisations.east]
[organisations.west]
[resources.servers_east]
owner = "east"
capacity = 2
[resources.servers_west]
owner = "west"
capacity = 2
[referrals.east]
rate = "1.9 per hour"
starts_at = "service_east"
[referrals.west]
rate = "1.1 per hour"
starts_at = "service_west"
[activities.service_east]
resource = "servers_east"
duration = { expon = { mean = "1 h" } }
[activities.service_west]
resource = "servers_west"
duration = { expon = { mean = "1 h" } }
[interventions.pool]
[[interventions.pool.effects]]
shares = { resources = ["servers_east", "servers_west"], pooled = true }
"""
POOLED = ("pool",)


@cache
def replications(on: tuple[str, ...]) -> tuple[Told, ...]:
    """Run 24 times; the scheme begins when counting does, and these queues settle within hours."""
    program = compiled(TWO, window=span("100 days", warm_up="20 days", period="20 days"), on=on)
    return tuple(in_window(program, number) for number in range(24))


def test_two_queues_pooled_without_limit_wait_as_one_queue_of_twice_the_places() -> None:
    waits = np.array([mean_wait(told) for told in replications(POOLED)])

    agrees(waits, erlang_c(3.0, 4) / (4 - 3.0))


def test_pooling_takes_no_more_time_and_partners_do_some_of_it() -> None:
    used, alone = (
        sum(told.run.resources.values[..., USED_AREA].sum() for told in replications(on))
        for on in (POOLED, ())
    )
    helped = [told.run.helped for told in replications(POOLED)]

    assert used == pytest.approx(alone, rel=0.02)
    assert all(one is not None and one.values[..., 0].sum() > 0 for one in helped)
