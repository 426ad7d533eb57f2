"""Queues whose long run is known in closed form.

Each figure is a mean over independent replications, begun empty and warmed up, and must lie within
its 99.99% t-interval of the theory: a right engine fails one seed in ten thousand, and the seeds are fixed.
"""

from collections.abc import Callable
from functools import cache
from math import factorial

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import t as student
from telling import SEED, Told, compiled, span

from simulator.compiler.program import Program
from simulator.engines import records
from simulator.engines.run import run

Floats = NDArray[np.float64]
ERROR = 1e-4
HOUR = 3_600
QUEUE = """
[referrals.patient]
rate = "RATE per hour"
starts_at = "service"
[resources.servers]
capacity = SERVERS
ROOM
[activities.service]
resource = "servers"
duration = LAW
"""


def queue(*, rate: float, servers: int, law: str = '{ expon = { mean = "1 h" } }', room: str = "") -> str:
    """Give a queue of Poisson arrivals."""
    text = QUEUE.replace("RATE", str(rate)).replace("SERVERS", str(servers))
    return text.replace("LAW", law).replace("ROOM", room)


def seen(text: str, figure: Callable[[Told], float], *, days: int) -> Floats:
    """Give a figure over the window of each replication."""
    return np.array([figure(told) for told in replications(text, days)])


@cache
def replications(text: str, days: int) -> tuple[Told, ...]:
    """Run a queue 24 times, after a warm-up of a fifth of the window."""
    program = compiled(text, window=span(f"{days} days", warm_up=f"{days // 5} days", period=f"{days} days"))
    return tuple(in_window(program, number) for number in range(24))


def in_window(program: Program, number: int) -> Told:
    """Run a replication, without a log."""
    return Told(program=program, run=run(program, seed=SEED, replication=number))


def agrees(figures: Floats, expected: float) -> None:
    """Expect the mean within the t-interval of the theory."""
    size = len(figures)
    margin = student.ppf(1 - ERROR / 2, size - 1) * figures.std(ddof=1) / size**0.5
    assert margin < 0.2 * expected, "too few runs to say anything"
    assert figures.mean() == pytest.approx(expected, abs=margin)


def total(told: Told, field: int) -> int:
    """Add up a field of the service after warm-up."""
    run = told.run.activities
    return int(run.values[run.period > 0, field].sum())


def mean_wait(told: Told) -> float:
    """Give the mean wait of those who started, in hours."""
    return total(told, records.WAIT_SECONDS) / total(told, records.STARTS) / HOUR


def share_refused(told: Told) -> float:
    """Give the share of arrivals refused."""
    return total(told, records.REFUSED) / total(told, records.ARRIVALS)


def in_use(told: Told) -> float:
    """Give the mean number of places in use."""
    values = told.run.resources.values[1:, 0, :]
    return float(values[:, records.USED_AREA].sum() / told.program.calendar.horizon_seconds)


def erlang_b(offered: float, servers: int) -> float:
    """Give the share lost (Erlang 1917): a^c/c! over the sum of a^k/k!."""
    terms = [offered**k / factorial(k) for k in range(servers + 1)]
    return terms[-1] / sum(terms)


def erlang_c(offered: float, servers: int) -> float:
    """Give the share that waits, from Erlang's loss formula."""
    loss = erlang_b(offered, servers)
    return servers * loss / (servers - offered * (1 - loss))


def test_the_mean_wait_of_several_servers_is_erlangs() -> None:
    expected = erlang_c(2.1, 3) / (3 - 2.1)

    agrees(seen(queue(rate=2.1, servers=3), mean_wait, days=90), expected)


def test_the_mean_number_in_use_is_the_offered_load() -> None:
    agrees(seen(queue(rate=2.1, servers=3), in_use, days=90), 2.1)


@pytest.mark.parametrize("law", ['{ expon = { mean = "1 h" } }', '{ lognorm = { mean = "1 h", cv = 1.5 } }'])
def test_the_share_lost_is_erlangs_whatever_the_law_of_the_stay(law: str) -> None:
    lost = seen(queue(rate=4, servers=5, law=law, room="room = 0"), share_refused, days=15)

    agrees(lost, erlang_b(4, 5))


@pytest.mark.parametrize(
    ("law", "cv"),
    [('"1 h"', 0.0), ('{ gamma = { mean = "1 h", cv = 0.5 } }', 0.5), ('{ expon = { mean = "1 h" } }', 1)],
)
def test_the_mean_wait_of_one_server_is_pollaczeks_and_khinchines(law: str, cv: float) -> None:
    expected = 0.6 * (1 + cv**2) / (2 * (1 - 0.6))

    agrees(seen(queue(rate=0.6, servers=1, law=law), mean_wait, days=60), expected)


def test_an_arrival_sees_a_wait_of_its_own_share() -> None:
    waited = seen(
        queue(rate=2.1, servers=3),
        lambda told: total(told, records.WAITED) / total(told, records.STARTS),
        days=90,
    )

    agrees(waited, erlang_c(2.1, 3))


def test_littles_law_holds_exactly_over_a_run_that_begins_and_ends_empty() -> None:
    times = [f"{minute} min" for minute in range(0, 600, 7)]
    text = queue(rate=1, servers=2, law='{ expon = { mean = "13 min" } }').replace(
        'rate = "1 per hour"', f"at = {times}"
    )

    told = in_window(compiled(text, window=span("3 days")), 0)
    fields = told.run.activities.values.sum(axis=0)

    assert fields[records.STARTS] == fields[records.LEAVES] == len(times)
    assert fields[records.WAITING_AREA] == fields[records.WAIT_SECONDS] > 0
    assert fields[records.ACTIVE_AREA] == fields[records.STAY_SECONDS]
    assert told.run.resources.values[:, 0, records.QUEUE_AREA].sum() == fields[records.WAIT_SECONDS]
    assert told.run.resources.values[:, 0, records.USED_AREA].sum() == fields[records.STAY_SECONDS]


def test_patience_loses_the_share_of_the_erlang_a_queue() -> None:
    patient = queue(rate=3.0, servers=2) + 'patience = { expon = { mean = "1 h" } }\n'
    lost = seen(patient, lambda told: total(told, records.GAVE_UP) / total(told, records.ARRIVALS), days=30)

    agrees(lost, erlang_a_lost(3.0, servers=2, patience=1.0))


def erlang_a_lost(rate: float, *, servers: int, patience: float) -> float:
    """Give the share that gives up with mean patience, by the balance of births and deaths (Palm)."""
    weights = [1.0]
    for present in range(1, 200):
        served = min(present, servers) + max(0, present - servers) / patience
        weights.append(weights[-1] * rate / served)
    leaving = sum(weight * max(0, present - servers) / patience for present, weight in enumerate(weights))
    return leaving / sum(weights) / rate
