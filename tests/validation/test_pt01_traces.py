"""Ciw's test-suite (Palmer, Knight, Harper & Hawa 2019, Journal of Simulation 13:68-82): traces met exactly.

Giving up, giving up together, priority without pre-emption, and blocking between two stations with no or
one waiting place. Times are hours from the start. One who keeps the place before has, at the next
station, arrived when that place was let go of.
"""

from dataclasses import dataclass

import pytest
from running import Setting, observed

from simulator.engines import log

CASE = "PT01_ciw_deterministic_traces"
HOUR = 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One visit to a station, in hours; absent where somebody gave up."""

    id: int
    node: int
    type: str
    arr: float
    start: float | None
    end: float | None
    exit: float
    wait: float
    blocked: float | None


def served(id: int, node: int, *, arr: float, start: float, end: float, exit: float) -> Record:
    """Write down a visit that was served."""
    return Record(
        id=id,
        node=node,
        type="service",
        arr=arr,
        start=start,
        end=end,
        exit=exit,
        wait=start - arr,
        blocked=exit - end,
    )


def gave_up(id: int, *, arr: float, exit: float) -> Record:
    """Write down a visit that ended in giving up."""
    return Record(
        id=id, node=1, type="renege", arr=arr, start=None, end=None, exit=exit, wait=exit - arr, blocked=None
    )


TRACES = {
    "reneging": [
        served(1, 1, arr=7.0, start=7.0, end=18.0, exit=18.0),
        gave_up(2, arr=14.0, exit=17.0),
        gave_up(4, arr=28.0, exit=31.0),
    ],
    "renege_simultaneous": [
        served(1, 1, arr=3.0, start=3.0, end=23.0, exit=23.0),
        gave_up(2, arr=4.0, exit=11.0),
        gave_up(3, arr=5.0, exit=11.0),
        served(4, 1, arr=20.0, start=23.0, end=43.0, exit=43.0),
    ],
    "priority_non_preemptive": [
        served(1, 1, arr=1.5, start=1.5, end=6.5, exit=6.5),
        served(2, 1, arr=5.0, start=6.5, end=11.5, exit=11.5),
        served(3, 1, arr=7.5, start=11.5, end=15.5, exit=15.5),
    ],
    "tandem_block": [
        served(1, 1, arr=1.0, start=1.0, end=2.0, exit=2.0),
        served(1, 2, arr=2.0, start=2.0, end=5.0, exit=5.0),
        served(2, 1, arr=2.0, start=2.0, end=3.0, exit=5.0),
        served(3, 1, arr=3.0, start=5.0, end=6.0, exit=8.0),
        served(4, 1, arr=4.0, start=8.0, end=9.0, exit=11.0),
        served(2, 2, arr=5.0, start=5.0, end=8.0, exit=8.0),
        served(3, 2, arr=8.0, start=8.0, end=11.0, exit=11.0),
        served(4, 2, arr=11.0, start=11.0, end=14.0, exit=14.0),
    ],
    "tandem_block_buffer1": [
        served(1, 1, arr=1.0, start=1.0, end=2.0, exit=2.0),
        served(1, 2, arr=2.0, start=2.0, end=5.0, exit=5.0),
        served(2, 1, arr=2.0, start=2.0, end=3.0, exit=3.0),
        served(2, 2, arr=3.0, start=5.0, end=8.0, exit=8.0),
        served(3, 1, arr=3.0, start=3.0, end=4.0, exit=5.0),
        served(4, 1, arr=4.0, start=5.0, end=6.0, exit=8.0),
        served(3, 2, arr=5.0, start=8.0, end=11.0, exit=11.0),
        served(4, 2, arr=8.0, start=11.0, end=14.0, exit=14.0),
    ],
}
SETTINGS = {
    "reneging": Setting(model="pt01_reneging", horizon_days=31.5 / 24, replications=1, keeps_log=True),
    "renege_simultaneous": Setting(
        model="pt01_reneging_together", horizon_days=50 / 24, replications=1, keeps_log=True
    ),
    "priority_non_preemptive": Setting(model="pt01_priority", horizon_days=1, replications=1, keeps_log=True),
    "tandem_block": Setting(model="pt01_tandem", horizon_days=1, replications=1, keeps_log=True),
    "tandem_block_buffer1": Setting(
        model="pt01_tandem",
        changes=("resources.second_desk.room=1", 'activities.first.keeps_place_until_next="has_room"'),
        horizon_days=1,
        replications=1,
        keeps_log=True,
    ),
}


def records_of(setting: Setting) -> list[Record]:
    """Read the visits that are over off the log, in order of patient and station."""
    program, (observation,) = observed(setting)
    events = observation.log
    assert events is not None
    stations = {name: node for node, name in enumerate(program.names.activities, start=1)}
    first_number = int(events.number.min())
    times: dict[tuple[int, int], dict[int, float]] = {}
    for second, what, number, activity in zip(
        events.second.tolist(),
        events.what.tolist(),
        events.number.tolist(),
        events.activity.tolist(),
        strict=True,
    ):
        if activity >= 0:
            visit = (number - first_number + 1, stations[program.names.activities[activity]])
            times.setdefault(visit, {})[what] = second / HOUR
    return [
        record_of(patient, node, times[patient, node], before=times.get((patient, node - 1), {}))
        for patient, node in sorted(times)
        if times[patient, node].keys() & {log.LEAVES, log.GAVE_UP}
    ]


def record_of(patient: int, node: int, time: dict[int, float], *, before: dict[int, float]) -> Record:
    """Make a record of the times of one visit; ``before`` are those of the visit to the station before."""
    if log.GAVE_UP in time:
        return gave_up(patient, arr=time[log.ARRIVES], exit=time[log.GAVE_UP])
    return served(
        patient,
        node,
        arr=max(time[log.ARRIVES], before.get(log.LEAVES, 0.0)),
        start=time[log.STARTS],
        end=time[log.READY],
        exit=time[log.LEAVES],
    )


@pytest.mark.parametrize("name", TRACES)
def test_a_trace_is_met_event_by_event(name: str) -> None:
    assert records_of(SETTINGS[name]) == sorted(TRACES[name], key=lambda record: (record.id, record.node))
