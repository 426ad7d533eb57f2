"""A search for servers finds what Erlang's formula says.

Each target lies half-way (in proportion) between two values of the formula that are a factor of two and more
apart, so that means of five runs of 19,200 arrivals would have to be off by forty per cent for a wrong
answer; their standard errors are below three per cent of the value. Student's t with four degrees of freedom
is beyond twelve with a probability below 2 in 10,000 for each of two values that matter.
"""

from math import sqrt
from pathlib import Path

import pytest
from analysis.seek.servers import mean_wait_hours, search, share_waiting

from simulator.analysis.seek import seek_as_asked

SERVERS = 7


def test_the_fewest_servers_with_a_short_mean_wait_are_those_of_erlang(tmp_path: Path) -> None:
    hours = sqrt(mean_wait_hours(SERVERS) * mean_wait_hours(SERVERS - 1))
    experiment = search(tmp_path, target=f"wait <= {hours / 24:.6f}")

    found = seek_as_asked(experiment, out=tmp_path / "out", workers=1)

    assert mean_wait_hours(SERVERS) < 0.5 * mean_wait_hours(SERVERS - 1)
    assert found.answer == SERVERS
    tried = {one.value: one for one in found.tried}
    assert tried[SERVERS].probability > 0.99
    assert tried[SERVERS - 1].probability < 0.01
    assert tried[SERVERS].mean * 24 == pytest.approx(mean_wait_hours(SERVERS), rel=0.12)


def test_the_fewest_servers_with_which_few_wait_are_those_of_erlang(tmp_path: Path) -> None:
    share = sqrt(share_waiting(SERVERS) * share_waiting(SERVERS - 1))
    target = f"activity.service.waited_share <= {share:.6f}"

    found = seek_as_asked(search(tmp_path, target=target), out=tmp_path / "out", workers=1)

    assert found.answer == SERVERS
    assert {SERVERS - 1, SERVERS + 1} <= {one.value for one in found.tried}
