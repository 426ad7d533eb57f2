"""What must hold in every run of every model, held against a replay of its log."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from replay import Replay, by_period
from small_models import MODELS
from telling import Told, span, tell

from simulator.engines import log, records
from simulator.engines.records import EventLog, Run

WINDOW = span("35 days", warm_up="5 days", period="1 week")
END = 40 * 86_400
OF_BOTH = (
    (records.LEAVES, log.LEAVES),
    (records.GAVE_UP, log.GAVE_UP),
    (records.REFUSED, log.REFUSED),
)
ON = st.sampled_from([(), ("help",)])

examples = settings(
    max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@cache
def replayed(text: str, on: tuple[str, ...]) -> tuple[Told, Replay]:
    """Run a model, and replay its log."""
    told = tell(text, on=on, window=WINDOW)
    return told, Replay(program=told.program, end=END).read(told)


@examples
@given(MODELS, ON)
def test_time_never_goes_back_nobody_is_in_two_beds_nothing_starts_above_capacity(
    text: str, on: tuple[str, ...]
) -> None:
    _, replay = replayed(text, on)

    assert replay.faults == []


@examples
@given(MODELS, ON)
def test_cases_are_conserved_in_every_activity_and_in_all(text: str, on: tuple[str, ...]) -> None:
    told, replay = replayed(text, on)
    counts, inside = replay.counts, len(replay.open_cases)

    for place, name in enumerate(told.program.names.activities):
        came = counts[log.ARRIVES, place] + counts[log.REFUSED, place] - replay.queued[place]
        assert told.activity(name, records.ARRIVALS) == came
        assert told.activity(name, records.STARTS) == counts[log.STARTS, place] - replay.there[place]
        for field, what in OF_BOTH:
            assert told.activity(name, field) == counts[what, place]
    ended = counts[log.EXITS, -1] + counts[log.DIED, -1]
    assert counts[log.OPENED, -1] == ended + inside
    assert told.run.exits[:, 0].sum() == ended


@examples
@given(MODELS, ON)
def test_person_seconds_are_what_the_log_says_period_by_period(text: str, on: tuple[str, ...]) -> None:
    told, replay = replayed(text, on)
    closes = told.program.calendar.period_close_second.tolist()

    for place, name in enumerate(told.program.names.activities):
        for field, intervals in (
            (records.WAITING_AREA, replay.waits),
            (records.ACTIVE_AREA, replay.actives),
            (records.KEPT_AREA, replay.kepts),
        ):
            assert periods(told, name, field) == by_period(intervals[place], closes)
    for place, name in enumerate(told.program.names.resources):
        assert told.resource(name, records.USED_AREA) == by_period(replay.places[place], closes)


def periods(told: Told, name: str, field: int) -> list[int]:
    """Give a field of an activity period by period."""
    rows = told.program.activities.row[told.program.names.activities.index(name)]
    mine = [
        row + home for row in rows[rows >= 0].tolist() for home in range(len(told.program.names.homes) + 1)
    ]
    found = np.zeros(len(told.program.calendar.period_close_second), dtype=np.int64)
    run = told.run.activities
    chosen = np.isin(run.row, mine)
    np.add.at(found, run.period[chosen], run.values[chosen, field])
    return [int(value) for value in found]


@examples
@given(MODELS, ON)
def test_people_are_conserved(text: str, on: tuple[str, ...]) -> None:
    told, replay = replayed(text, on)
    joined = sum(number for (what, _), number in replay.counts.items() if what == log.JOINS)
    died = sum(number for (what, _), number in replay.counts.items() if what == log.DEATH)
    people = told.run.people

    assert people.at_close[-1].sum() == 24 + joined - died
    assert people.transitions[:, :, -1].sum() + people.deaths_in_care.sum() == died
    assert 0 <= people.person_seconds.sum() <= (24 + joined) * END


@pytest.mark.parametrize("defect", ["two_beds", "capacity", "time"])
def test_the_replay_sees_what_is_wrong(defect: str) -> None:
    told = tell(
        """
[segments.adults]
people = 2
[needs.fall]
rate = "900 per year"
starts_at = "ward"
one_at_a_time = false
[resources.beds]
capacity = 1
[activities.ward]
resource = "beds"
duration = "5 h"
resident = true
"""
    )
    events = told.run.log
    assert events is not None
    second, leaves = events.second.copy(), events.what == log.LEAVES
    if defect == "time":
        second[3] += 90_000
    what = np.where(leaves, log.READY, events.what) if defect != "time" else events.what
    person = np.zeros_like(events.person) if defect == "two_beds" else events.person
    changed = type(events)(
        second=second,
        what=what,
        person=person,
        case=events.case,
        number=events.number,
        activity=events.activity,
        resource=np.full_like(events.resource, -1) if defect == "two_beds" else events.resource,
        klass=events.klass,
    )
    spoilt = Told(program=told.program, run=_with_log(told, changed))

    faults = Replay(program=told.program, end=END).read(spoilt).faults

    assert any({"two_beds": "two beds", "capacity": "above", "time": "back"}[defect] in one for one in faults)


def _with_log(told: Told, changed: EventLog) -> Run:
    return replace(told.run, log=changed)
