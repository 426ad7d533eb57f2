"""The log of cases as a table with the columns of vidigi (github.com/hsma-tools/vidigi, version 2).

One row an event: ``arrival``, ``queue`` for an activity, ``resource_use`` and ``resource_use_end`` in it,
``depart``. Time is in minutes from second 0, the beginning of warm-up. Places of a resource have no numbers
here, so ``resource_id`` names the resource.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from simulator.analysis.table import REAL, TEXT, WHOLE, Column, Table, table_of
from simulator.compiler.program import Names
from simulator.engines import log
from simulator.engines.records import EventLog
from simulator.experiment.logs import of_cases
from simulator.experiment.results import Results

SECONDS_A_MINUTE = 60

KINDS = {
    log.OPENED: "arrival_departure",
    log.ARRIVES: "queue",
    log.STARTS: "resource_use",
    log.LEAVES: "resource_use_end",
    log.EXITS: "arrival_departure",
    log.DIED: "arrival_departure",
}
EVENTS = {log.OPENED: "arrival", log.EXITS: "depart", log.DIED: "depart"}

COLUMNS = (
    Column(name="entity_id", kind=WHOLE, says="The case, in order of opening in its run."),
    Column(
        name="event_type",
        kind=TEXT,
        says="arrival_departure, queue, resource_use, resource_use_end or other.",
    ),
    Column(name="event", kind=TEXT, says="arrival, depart, or what happened in which activity."),
    Column(name="time", kind=REAL, says="Minutes since second 0, the beginning of warm-up."),
    Column(name="pathway", kind=TEXT, says="The class of the case."),
    Column(name="run_number", kind=WHOLE, says="The replication, from 1."),
    Column(name="resource_id", kind=TEXT, says="The resource used."),
    Column(name="scenario", kind=TEXT, says="The scenario."),
    Column(name="person", kind=WHOLE, says="The person, or absent for a referral."),
    Column(name="case", kind=WHOLE, says="The case's id, the same in every scenario."),
    Column(name="second", kind=WHOLE, says="Seconds since second 0."),
)


class Row(NamedTuple):
    """One event as vidigi's columns have it, and ours after them."""

    entity_id: int
    event_type: str
    event: str
    time: float
    pathway: str | None
    run_number: int
    resource_id: str | None
    scenario: str
    person: int | None
    case: int
    second: int


def log_table(results: Results) -> Table | None:
    """Make the table of all logs; ``None`` where none was kept."""
    if results.experiment.log == "none":
        return None
    rows = [
        row
        for piece in results.pieces()
        for scenario, observation in piece.observations.items()
        if observation.log is not None
        for row in _rows(
            observation.log, results.programs[scenario].names, run=(scenario, piece.replication + 1)
        )
    ]
    return table_of(
        "log",
        "The log of cases, in order of happening.",
        columns=COLUMNS,
        values={column.name: [getattr(row, column.name) for row in rows] for column in COLUMNS},
    )


def _rows(events: EventLog, names: Names, *, run: tuple[str, int]) -> Iterator[Row]:
    """Write the events of cases of one run."""
    for place in np.flatnonzero(of_cases(events)):
        what, activity = int(events.what[place]), int(events.activity[place])
        resource, klass = int(events.resource[place]), int(events.klass[place])
        word = EVENTS.get(what, log.NAMES[what])
        person = int(events.person[place])
        yield Row(
            entity_id=int(events.number[place]),
            event_type=KINDS.get(what, "other"),
            event=f"{names.activities[activity]}_{word}" if activity >= 0 and what not in EVENTS else word,
            time=int(events.second[place]) / SECONDS_A_MINUTE,
            pathway=names.classes[klass] if klass >= 0 else None,
            run_number=run[1],
            resource_id=names.resources[resource] if resource >= 0 else None,
            scenario=run[0],
            person=person if person >= 0 else None,
            case=int(events.case[place]),
            second=int(events.second[place]),
        )
