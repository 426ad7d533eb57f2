"""The people an intervention enrolled: their needs before, after, and after in the world without it.

People picked for recent high use fall back towards the mean by themselves: before against after, which is
what most evaluations publish, credits the intervention with that. The same people's needs in the baseline
say what would have happened anyway.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Calendar, Program
from simulator.engines.records import PeopleRecords
from simulator.experiment.matching import World
from simulator.units import SECONDS_A_QUARTER

QUARTERS_COMPARED = 4
NOT_RECORDED = -1

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledUse:
    """Needs of those first enrolled with four complete quarters before and after.

    ``people`` (I). ``before``, ``after``, ``after_without`` (I, N): their needs in the last four complete
    quarters before their first enrolment, in the first four complete ones after it, and in the same
    quarters of the baseline. Needs whose use the run does not record hold ``NOT_RECORDED``.
    """

    people: Ints
    before: Ints
    after: Ints
    after_without: Ints


def enrolled_use(baseline: World, other: World, *, program: Program) -> EnrolledUse:
    """Follow those enrolled in a scenario through both worlds."""
    shape = (len(program.names.interventions), len(program.names.needs))
    people = np.zeros(shape[0], dtype=np.int64)
    before, after, without = (np.full(shape, NOT_RECORDED, dtype=np.int64) for _ in range(3))
    for intervention in range(shape[0]):
        person, quarter_before, quarter_after = _followed(other, program.calendar, intervention=intervention)
        twin = _twins(baseline, other, person=person)
        people[intervention] = person.size
        for need in np.intersect1d(other.people.use_need, baseline.people.use_need).tolist():
            before[intervention, need] = _use(other.people, need, person=person, quarter=quarter_before)
            after[intervention, need] = _use(other.people, need, person=person, quarter=quarter_after)
            without[intervention, need] = _use(baseline.people, need, person=twin, quarter=quarter_after)
    return EnrolledUse(people=people, before=before, after=after, after_without=without)


def _followed(world: World, calendar: Calendar, *, intervention: int) -> tuple[Ints, Ints, Ints]:
    """Give the people first enrolled with enough quarters either side, and the first quarter of each four."""
    mine = np.flatnonzero(world.enrolments.intervention == intervention)
    mine = mine[np.argsort(world.enrolments.second[mine], kind="stable")]
    person, first = np.unique(world.enrolments.person[mine], return_index=True)
    second = world.enrolments.second[mine][first]
    starts = np.concatenate(([0], calendar.quarter_second))
    ends = np.concatenate((calendar.quarter_second, [calendar.end_second]))
    quarter_before = np.searchsorted(ends, second, side="right") - QUARTERS_COMPARED
    quarter_after = np.searchsorted(starts, second, side="left")
    complete = np.flatnonzero(ends - starts == SECONDS_A_QUARTER)
    if not complete.size:
        return person[:0], person[:0], person[:0]
    followed = (quarter_before >= complete[0]) & (quarter_after + QUARTERS_COMPARED - 1 <= complete[-1])
    return person[followed], quarter_before[followed], quarter_after[followed]


def _use(people: PeopleRecords, need: int, *, person: Ints, quarter: Ints) -> int:
    """Add up these people's needs of one kind in the four quarters that begin with each one's ``quarter``."""
    row = int(np.flatnonzero(people.use_need == need)[0])
    quarters = quarter[:, None] + np.arange(QUARTERS_COMPARED)
    return int(people.use[row][quarters, person[:, None]].sum(dtype=np.int64))


def _twins(baseline: World, other: World, *, person: Ints) -> Ints:
    """Find where these people of a scenario stand in the baseline's order, which is mostly the same."""
    address = baseline.people.address
    if np.array_equal(address, other.people.address):
        return person
    order = np.argsort(address, kind="stable")
    found = np.searchsorted(address, other.people.address[person], sorter=order)
    return np.asarray(order[found], dtype=np.int64)
