"""The engine waits as the recursion of Kiefer and Wolfowitz does, which draws arrivals and stays as it does.

A log is met patient by patient and second by second; then a whole replication, as long as the published
figures take, to the last second waited.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import test_an01_erlang_c as erlang_c
import test_an05_mg1_distributions as one_clinician
import test_an14_pooling as pooling
from recursion import Ints, Queue
from running import DAY, compiled, observed, seen_in

from simulator.engines import log
from simulator.engines.records import ARRIVALS, STARTS, WAIT_SECONDS, WAITED, EventLog

SHORT_DAYS = 20


def queues() -> Iterator[tuple[str, Queue]]:
    """Give Erlang's wards, the single clinicians, and the two wards apart and pooled."""
    for name, ward in erlang_c.WARDS.items():
        yield name, Queue(setting=ward.setting, streams=(("patients", "stay"),), places=ward.beds)
    for figure in one_clinician.FIGURES:
        setting = one_clinician.clinic_of(figure).setting
        yield figure.metric, Queue(setting=setting, streams=(("patients", "contact"),), places=1)
    first, second = ("first_stream", "first_ward"), ("second_stream", "second_ward")
    yield "ward1", Queue(setting=pooling.APART, streams=(first,), places=10)
    yield "ward2", Queue(setting=pooling.APART, streams=(second,), places=8)
    yield "pooled", Queue(setting=pooling.POOLED, streams=(first, second), places=18)


QUEUES = dict(queues())


@pytest.mark.parametrize("name", QUEUES)
def test_the_engine_waits_as_the_recursion_does(name: str) -> None:
    short = replace(
        QUEUES[name].setting, warm_up_days=0, horizon_days=SHORT_DAYS, replications=2, keeps_log=True
    )
    queue, end = replace(QUEUES[name], setting=short), SHORT_DAYS * DAY
    _, observations = observed(short)

    for replication, observation in enumerate(observations):
        patients = queue.patients(replication)
        leave = patients.start + patients.stay
        for what, expected in (
            (log.ARRIVES, patients.arrival),
            (log.STARTS, patients.start[patients.start < end]),
            (log.LEAVES, leave[leave < end]),
        ):
            found = seconds_of(observation.log, what, activities=activities_of(queue))
            assert np.array_equal(found, expected)


@pytest.mark.parametrize("name", QUEUES)
def test_a_long_replication_waits_to_the_last_second_as_the_recursion_does(name: str) -> None:
    queue = QUEUES[name]
    end = queue.setting.window().end_second

    patients = queue.patients(0)

    wait = (patients.start - patients.arrival)[patients.start < end]
    found = seen_in(queue.setting, 0).activity_series[:, activities_of(queue)].sum(axis=(0, 1))
    expected = {
        ARRIVALS: patients.arrival.size,
        STARTS: wait.size,
        WAITED: np.count_nonzero(wait),
        WAIT_SECONDS: wait.sum(),
    }
    assert {field: found[field] for field in expected} == expected


def activities_of(queue: Queue) -> list[int]:
    """Give the activities of a queue as the engine numbers them."""
    names = compiled(queue.setting).names.activities
    return [names.index(activity) for _, activity in queue.streams]


def seconds_of(events: EventLog | None, what: int, *, activities: list[int]) -> Ints:
    """Give the seconds at which something happened in some activities, in order of patient."""
    assert events is not None
    meant = (events.what == what) & np.isin(events.activity, activities)
    return events.second[meant][np.argsort(events.number[meant], kind="stable")]
