"""The world of one run: its parts, and the few facts about a case that all of them ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.compiler.program import Program
from simulator.engines.readable.agenda import Agenda
from simulator.engines.readable.case import NOBODY, Case
from simulator.engines.readable.chance import Chance
from simulator.engines.readable.clock_recorder import ClockRecorder
from simulator.engines.readable.consequences import Consequences
from simulator.engines.readable.network import Network
from simulator.engines.readable.people_recorder import PeopleRecorder
from simulator.engines.readable.places import Places
from simulator.engines.readable.pools import Pools
from simulator.engines.readable.rates import Rates
from simulator.engines.readable.recorder import ActivityRecorder
from simulator.engines.readable.resource_recorder import ResourceRecorder
from simulator.errors import SelfCheckFailed

if TYPE_CHECKING:
    from simulator.engines.demand import Demand
    from simulator.engines.readable.aid import Aid
    from simulator.engines.readable.feeds import Referrals
    from simulator.engines.readable.moves import Moves
    from simulator.engines.readable.people import People
    from simulator.engines.readable.schemes import Schemes
    from simulator.engines.readable.shifting import Shifting

LogRow = tuple[int, int, int, int, int, int, int, int]


class World:
    """All that one run is made of. ``log`` is None where no log is kept."""

    agenda: Agenda
    people: People
    schemes: Schemes
    moves: Moves
    referrals: Referrals
    aid: Aid | None = None
    shifting: Shifting | None = None

    def __init__(self, program: Program, *, chance: Chance, demand: Demand, keeps_log: bool) -> None:
        self.program = program
        self.demand = demand
        self.chance = chance
        self.network = Network(program)
        self.activities = ActivityRecorder(program.rows, program.calendar.warm_up_seconds)
        self.resources = ResourceRecorder(self.network.capacity, program.counts, real=self.network.real)
        self.clocks = ClockRecorder(program)
        self.folk = PeopleRecorder(program)
        self.consequences = Consequences(program)
        self.places = Places(
            self.network,
            self.resources,
            partners=self._partners,
            group=self.group,
            is_free=self._is_free,
        )
        self.rates = Rates(program)
        self.pools = Pools(program)
        self.log: list[LogRow] | None = [] if keeps_log else None
        self.exits: list[list[int]] = [[0, 0]]
        self.inside: dict[int, Case] = {}
        self.rows_of = [_rows(row, homes=self.network.no_home + 1) for row in self.network.row]
        self._number = 0

    def _partners(self, resource: int) -> list[int]:
        """List with whom a resource shares now, by name."""
        return [] if self.aid is None else self.aid.partners_now(resource)

    def new_case(self, *, id: int, person: int, klass: int, need: int = -1) -> Case:
        """Make the next case in order of opening."""
        self._number += 1
        home = self.people.home[person] if person != NOBODY else self.network.no_home
        return Case(
            number=self._number,
            id=id,
            person=person,
            klass=klass,
            home=home,
            opened=self.agenda.now,
            need=need,
            returns_to=self.pools.of_class.get(klass, -1),
        )

    def enter(self, case: Case) -> None:
        """Count a case in."""
        self.inside[case.number] = case
        self.people.opens(case)

    def leave(self, case: Case) -> None:
        """Count a case out, forgetting its clocks."""
        del self.inside[case.number]
        self.exits[-1][0] += 1
        self.exits[-1][1] += self.agenda.now - case.opened
        self.clocks.drops(case)
        self.people.closes(case)

    def group(self, case: Case) -> int:
        """Return the case's group: its person's present segment, and its class."""
        segment = self.people.segment[case.person] if case.person != NOBODY else self.network.nobody
        return segment * self.network.classes + case.klass

    def row(self, case: Case, activity: int) -> int:
        """Return the record row of a case at an activity."""
        row = self.network.row[activity][self.group(case)]
        if row < 0:
            names = self.program.names
            raise SelfCheckFailed(
                f"A case of class '{names.classes[case.klass]}' came to activity "
                f"'{names.activities[activity]}', where the compiler found that none could come."
            )
        return row + case.home

    def _is_free(self, case: Case, activity: int) -> bool:
        return self.people.is_free(case, activity)

    def note(self, what: int, case: Case, *, activity: int = -1) -> None:
        """Write an event of a case into the log, if one is kept."""
        if self.log is not None:
            place = case.place if case.place < self.network.real else -1
            self.log.append(
                (self.agenda.now, what, case.person, case.id, case.number, activity, place, case.klass)
            )

    def note_person(self, what: int, person: int, *, number: int, klass: int) -> None:
        """Write an event of a person into the log, if one is kept."""
        if self.log is not None:
            self.log.append((self.agenda.now, what, person, 0, number, -1, -1, klass))


def _rows(of_groups: list[int], *, homes: int) -> list[int]:
    return [row + home for row in of_groups if row >= 0 for home in range(homes)]
