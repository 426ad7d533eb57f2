"""Waits that wander too slowly for the engine's run length are settled by a recursion that waits as it does.

First the engine's log is met patient by patient and second by second; then the recursion runs as long as a
conclusive interval takes, on arrivals and stays drawn as the engine draws them.
"""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest
import test_an01_erlang_c as erlang_c
import test_an05_mg1_distributions as one_clinician
import test_an14_pooling as pooling
from recursion import Ints, Patients, Queue
from running import DAY, expect_agreement, observed
from scoring import Control, Figure, score

from simulator.engines import log
from simulator.engines.records import EventLog

REPLICATIONS = 40
LEAST_WARM_UP_DAYS = 100
HOUR = 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class Long:
    """A queue to be run long: patients in all, arrivals and mean stay in the case's unit of time."""

    queue: Queue
    patients: int
    rate: float
    stay: float
    unit_seconds: int

    def lasting(self) -> Queue:
        """Give the queue with its run length."""
        seconds = self.patients / self.rate / REPLICATIONS * self.unit_seconds
        setting = replace(
            self.queue.setting,
            warm_up_days=max(self.queue.setting.warm_up_days, LEAST_WARM_UP_DAYS),
            horizon_days=seconds / DAY,
            replications=REPLICATIONS,
        )
        return replace(self.queue, setting=setting)


def of_wards() -> dict[str, Long]:
    """Give Erlang's wards."""
    patients = (1_200_000, 4_500_000, 2_600_000, 6_000_000, 10_000_000, 18_000_000, 8_000_000)
    return {
        name: Long(
            queue=Queue(setting=ward.setting, streams=(("patients", "stay"),), places=ward.beds),
            patients=number,
            rate=ward.rate,
            stay=ward.stay_days,
            unit_seconds=DAY,
        )
        for (name, ward), number in zip(erlang_c.WARDS.items(), patients, strict=True)
    }


def of_clinics() -> dict[str, Long]:
    """Give the single clinicians of Pollaczek and Khinchine."""
    longest = {"lognorm(mean1,sd2)": 5_400_000, "lognorm(mean1,sd1.5)": 1_000_000}
    clinics = {figure.metric: one_clinician.clinic_of(figure) for figure in one_clinician.FIGURES}
    return {
        name: Long(
            queue=Queue(setting=clinic.setting, streams=(("patients", "contact"),), places=1),
            patients=longest.get(clinic.law, 400_000),
            rate=clinic.rate,
            stay=1,
            unit_seconds=HOUR,
        )
        for name, clinic in clinics.items()
    }


def of_pools() -> dict[str, Long]:
    """Give the two wards apart and pooled."""
    first, second = ("first_stream", "first_ward"), ("second_stream", "second_ward")
    wards = {
        "ward1": (pooling.APART, (first,), 10, 4, 1_100_000),
        "ward2": (pooling.APART, (second,), 8, 3, 1_100_000),
        "pooled": (pooling.POOLED, (first, second), 18, 7, 2_200_000),
    }
    return {
        name: Long(
            queue=Queue(setting=setting, streams=streams, places=places),
            patients=patients,
            rate=rate,
            stay=2,
            unit_seconds=HOUR,
        )
        for name, (setting, streams, places, rate, patients) in wards.items()
    }


QUEUES = of_wards() | of_clinics() | of_pools()
FIGURES = (*erlang_c.FIGURES, *one_clinician.FIGURES, *pooling.FIGURES)


def queue_name(figure: Figure) -> str:
    """Name the queue that a figure is about."""
    if figure.metric in QUEUES:
        return figure.metric
    return figure.metric.split(": ")[0] if ": " in figure.metric else figure.metric.split(" ")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one replication of a queue shows after its warm-up."""

    rate: float
    stay: float
    utilisation: float
    waited: float
    waited_half_a_stay: float
    wait: float
    waiting: float
    present: float


@cache
def seen(name: str) -> tuple[Seen, ...]:
    """Run a queue for all its replications."""
    long = QUEUES[name]
    return tuple(read(patients, long) for patients in long.lasting().replications())


def read(patients: Patients, long: Long) -> Seen:
    """Read a replication; numbers present are the means of seconds spent inside the window."""
    window = long.lasting().setting.window()
    first, end = window.warm_up_seconds, window.end_second
    arrival, start, leave = patients.arrival, patients.start, patients.start + patients.stay
    inside = arrival >= first
    wait = (start - arrival)[inside]

    def mean_present(begin: np.ndarray, finish: np.ndarray) -> float:
        return float((np.clip(finish, first, end) - np.clip(begin, first, end)).sum()) / (end - first)

    return Seen(
        rate=wait.size * long.unit_seconds / (end - first),
        stay=float(patients.stay[inside].mean()) / long.unit_seconds,
        utilisation=mean_present(start, leave) / long.queue.places,
        waited=float((wait > 0).mean()),
        waited_half_a_stay=float((wait > long.stay * long.unit_seconds / 2).mean()),
        wait=float(wait.mean()) / long.unit_seconds,
        waiting=mean_present(arrival, start),
        present=mean_present(arrival, leave),
    )


MEASURES = {
    "utilisation": "utilisation",
    "P(wait>0)": "waited",
    "Pwait": "waited",
    "mean wait Wq (all patients, days)": "wait",
    "Wq": "wait",
    "mean queue Lq": "waiting",
    "mean number in system L": "present",
    "L": "present",
    "P(Wq > 0.5 mean service)": "waited_half_a_stay",
}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.metric)
def test_a_queue_in_order_of_arrival_meets_its_formula(figure: Figure) -> None:
    name = queue_name(figure)
    long, replications = QUEUES[name], seen(name)
    measure = MEASURES[figure.metric.removeprefix(name).lstrip(": ") or "Wq"]
    controls = (
        Control(seen=[one.rate for one in replications], expected=long.rate),
        Control(seen=[one.stay for one in replications], expected=long.stay),
    )

    expect_agreement(score(figure, [getattr(one, measure) for one in replications], controls=controls))


@pytest.mark.parametrize("name", QUEUES)
def test_the_engine_waits_as_the_recursion_does(name: str) -> None:
    queue = QUEUES[name].queue
    days = 400 / QUEUES[name].rate * QUEUES[name].unit_seconds / DAY
    short = replace(queue.setting, warm_up_days=0, horizon_days=days, replications=2, keeps_log=True)
    program, observations = observed(short)
    activities = [program.names.activities.index(activity) for _, activity in queue.streams]

    for patients, observation in zip(replace(queue, setting=short).replications(), observations, strict=True):
        leave = patients.start + patients.stay
        for what, expected in (
            (log.ARRIVES, patients.arrival),
            (log.STARTS, patients.start[patients.start < days * DAY]),
            (log.LEAVES, leave[leave < days * DAY]),
        ):
            assert np.array_equal(seconds_of(observation.log, what, activities=activities), expected)


def seconds_of(events: EventLog | None, what: int, *, activities: list[int]) -> Ints:
    """Give the seconds at which something happened in some activities, in order of patient."""
    assert events is not None
    meant = (events.what == what) & np.isin(events.activity, activities)
    return events.second[meant][np.argsort(events.number[meant], kind="stable")]
