"""A finished simulation becomes a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.compiler.harm_arrays import rows_of
from simulator.compiler.program import Ints
from simulator.engines.kernels import layout as at
from simulator.engines.kernels.noting import LOG_WIDTH
from simulator.engines.people.checks import check_end
from simulator.engines.people.ledger import cells_of
from simulator.engines.people.written_up import (
    activity_records,
    clock_records,
    enrolment_records,
    resource_records,
    stacked,
    stacked_reals,
)
from simulator.engines.records import EventLog, HelpRecords, NeedRecords, Outcome, PeopleRecords, Run

if TYPE_CHECKING:
    from simulator.engines.people.simulation import Simulation


def run_of(simulation: Simulation) -> Run:
    """Write up a run that has reached its end; raises ``SelfCheckFailed`` where its sums do not agree."""
    world, ledger, program = simulation.world, simulation.ledger, simulation.program
    check_end(world, program)
    return Run(
        fingerprint=program.fingerprint,
        engine="people",
        seed=simulation.seed,
        replication=simulation.replication,
        outcome=Outcome.COMPLETED,
        events=int(world.ints[at.EVENTS]),
        ring_moves=int(world.ints[at.RING_MOVES]),
        exits=np.array(ledger.exits, dtype=np.int64).reshape(-1, 2),
        activities=activity_records(world, ledger, program=program),
        resources=resource_records(world, ledger, program=program),
        clocks=clock_records(world, ledger, program=program),
        needs=need_records(simulation),
        people=people_records(simulation),
        enrolments=enrolment_records(world, ledger, program=program),
        log=event_log(simulation.log) if simulation.keeps_log else None,
        exchange=None if simulation.exchange is None else simulation.exchange.records(),
        collaboration=None if simulation.months is None else simulation.months.records(),
        helped=help_records(simulation),
    )


def help_records(simulation: Simulation) -> HelpRecords | None:
    """Write up what partners have done, if there are any."""
    if simulation.program.pacts is None:
        return None
    shape = (*cells_of(simulation.program), 2)
    return HelpRecords(values=stacked(simulation.ledger.helped, shape))


def need_records(simulation: Simulation) -> NeedRecords:
    """Write up needs."""
    program, ledger = simulation.program, simulation.ledger
    needs, segments = program.needs.rate.shape
    homes, schemes = len(program.names.homes), len(program.names.interventions)
    shape = (needs, segments, homes)
    return NeedRecords(
        happened=stacked(ledger.happened, shape),
        induced=stacked(ledger.induced, shape),
        displaced=stacked(ledger.displaced, shape),
        averted=stacked_reals(ledger.averted, (needs, segments, schemes)),
        fate=tuple(simulation.feeds.fates),
    )


def people_records(simulation: Simulation) -> PeopleRecords:
    """Write up people."""
    ledger, program = simulation.ledger, simulation.program
    segments, homes = len(program.names.segments), len(program.names.homes)
    return PeopleRecords(
        person_seconds=stacked(ledger.person_seconds, (segments, homes)),
        at_close=stacked(ledger.at_close, (segments,)),
        transitions=stacked(ledger.transitions, (segments, segments + 1)),
        deaths_in_care=stacked(ledger.deaths_in_care, (segments,)),
        use=simulation.feeds.now.use,
        use_need=simulation.tracked,
        address=simulation.demand.address,
        befallen=stacked(
            ledger.befallen, (rows_of(program.consequences), segments, len(program.names.homes))
        ),
    )


def event_log(parts: list[Ints]) -> EventLog:
    """Write up the log."""
    nothing = np.empty(0, dtype=np.int64)
    columns = np.concatenate([nothing, *parts]).reshape(-1, LOG_WIDTH).T
    second, what, person, case, number, activity, resource, klass = (
        np.ascontiguousarray(column) for column in columns
    )
    return EventLog(
        second=second,
        what=what,
        person=person,
        case=case,
        number=number,
        activity=activity,
        resource=resource,
        klass=klass,
    )
