"""The readable people engine: the specification of the system, on SimPy.

The next event is always the least (second, phase, number) pending, those just created for this second
included. An event may leave resources with something to offer: they go on one first-in-first-out list,
emptied before the next event.
"""

from typing import Unpack

import numpy as np

from simulator.compiler.program import Program
from simulator.engines.asked import Asked
from simulator.engines.demand import Demand
from simulator.engines.exchange import Exchange
from simulator.engines.months import OtherWorld, months_of
from simulator.engines.population import Key
from simulator.engines.readable import beginning, care, timetable
from simulator.engines.readable.agenda import Agenda
from simulator.engines.readable.aid import Aid
from simulator.engines.readable.case import Case
from simulator.engines.readable.chance import Chance
from simulator.engines.readable.exchange_side import Side
from simulator.engines.readable.feeds import Life, Needs, Referrals
from simulator.engines.readable.money_side import MoneySide
from simulator.engines.readable.moves import Moves
from simulator.engines.readable.people import History, People
from simulator.engines.readable.rings import find_ring
from simulator.engines.readable.schemes import Schemes
from simulator.engines.readable.shifting import Shifting
from simulator.engines.readable.world import World
from simulator.engines.records import EventLog, Outcome, Run
from simulator.engines.turns import Turns, draw_turns, with_turns
from simulator.errors import RunFailed, SelfCheckFailed


def run_readable(program: Program, **asked: Unpack[Asked]) -> Run:
    """Run one replication of a program, from second 0 to its end.

    ``demand`` may be shared by scenarios; ``tracked`` names needs whose use by person and quarter is kept
    besides those that eligibility reads. Raises ``RunFailed`` when a ring closes that the model forbids,
    ``SelfCheckFailed`` when an invariant breaks.
    """
    seed, replication = asked["seed"], asked["replication"]
    demand = asked.get("demand") or Demand(program, seed=seed, replication=replication)
    turns = draw_turns(program, Key(seed, replication))
    program = with_turns(program, turns)
    chance = Chance(program, seed=seed, replication=replication)
    world = World(program, chance=chance, demand=demand, keeps_log=asked.get("keeps_log", False))
    engine = _Engine(world, asked.get("tracked", ()), other_world=asked.get("other_world"), turns=turns)
    engine.goes_through()
    return engine.run(seed=seed, replication=replication)


class _Engine:
    def __init__(
        self,
        world: World,
        tracked: tuple[int, ...],
        *,
        other_world: OtherWorld | None,
        turns: Turns | None,
    ) -> None:
        self._world = world
        world.agenda = Agenda(self._settle)
        world.people = People(world)
        self._history = History(world, len(world.people), tracked)
        world.schemes = Schemes(world, self._history)
        world.moves = Moves(world)
        world.referrals = Referrals(world)
        world.aid = None if world.program.pacts is None else Aid(world)
        shifts = world.program.shifts
        world.shifting = None if shifts is None else Shifting(world, shifts)
        self._ring_moves = 0
        self._turns = turns
        self._side = None if world.program.exchange is None else Side(world)
        self._exchange = None if self._side is None else Exchange(world.program, self._side)
        self._months = months_of(world.program, MoneySide(world), other=other_world)

    def goes_through(self) -> None:
        """Begin with day one, then let everything happen until the end."""
        world = self._world
        timetable.begin(world, self._history, close=self._close, moves_rings=self._moves_rings)
        timetable.add_turns(world, self._turns)
        if self._exchange is not None:
            self._exchange.begin()
            timetable.add_exchange(world, self._exchange)
        if self._months is not None:
            timetable.add_months(world, self._months)
        beginning.begin(world)
        self._settle()
        Needs(world, self._history).begin()
        Life(world).begin()
        world.referrals.begin()
        world.agenda.run_until(world.program.calendar.end_second)

    def _settle(self) -> None:
        """See to cases that have moved; then empty the list of offers: the head offers until nobody may
        start."""
        places, people = self._world.places, self._world.people
        people.sees_to_matters()
        while (resource := places.next_offer()) is not None:
            while self._starts_next(resource):
                people.sees_to_matters()

    def _starts_next(self, resource: int) -> bool:
        """Let the next one start in a place of a resource, its own or a partner's; say whether there was
        one."""
        world = self._world
        if world.aid is None:
            case = world.places.first_who_may_start(resource)
        else:
            case, pact = world.aid.first_who_may_start(resource)
            if case is not None and pact >= 0:
                world.aid.helps(case, resource, pact=pact)
        if case is not None:
            care.starts_from_queue(world, case)
        return case is not None

    # The end

    def _close(self, period: int) -> None:
        """Close a period."""
        world, now = self._world, self._world.agenda.now
        if now == 0:
            return
        if self._side is not None:
            self._side.period_closes()
        world.activities.close(period, now)
        world.resources.close(now)
        world.clocks.close(now)
        world.folk.close(now)
        world.consequences.close()
        world.schemes.close(now)
        if world.aid is not None:
            world.aid.close(now)
        world.exits.append([0, 0])

    def _moves_rings(self) -> None:
        """Look for rings that have closed; each moves, or fails the run."""
        world = self._world
        while ring := find_ring(world):
            if world.program.ring_fails:
                names = world.program.names
                where = " → ".join(f"'{names.activities[case.waits_for]}'" for case in ring)
                raise RunFailed(
                    f"At second {world.agenda.now} a ring had closed: cases hold the places that each other "
                    f"wait for ({where}), and the model says ring = 'fail'."
                )
            care.change_places(world, ring)
            self._ring_moves += len(ring)

    def run(self, *, seed: int, replication: int) -> Run:
        """Return what the run leaves behind."""
        world = self._world
        _check(world)
        people = world.folk.people_records(
            use=self._history.table(),
            use_need=self._history.needs,
            address=np.asarray(world.people.address, dtype=np.int64),
            befallen=world.consequences.table(),
        )
        return Run(
            fingerprint=world.program.fingerprint,
            engine="readable",
            seed=seed,
            replication=replication,
            outcome=Outcome.COMPLETED,
            events=world.agenda.events,
            ring_moves=self._ring_moves,
            exits=np.array(world.exits[:-1], dtype=np.int64).reshape(-1, 2),
            activities=world.activities.records(),
            resources=world.resources.records(),
            clocks=world.clocks.records(),
            needs=world.folk.need_records(),
            people=people,
            enrolments=world.schemes.records(),
            log=_log(world),
            exchange=None if self._exchange is None else self._exchange.records(),
            collaboration=None if self._months is None else self._months.records(),
            helped=None if world.aid is None else world.aid.records(),
        )


def _check(world: World) -> None:
    """Check that cases and stays agree: nobody lost, nobody counted twice."""
    stays = sum(_open_rows(case) for case in world.inside.values())
    if stays != world.activities.inside():
        raise SelfCheckFailed(
            f"At the end {world.activities.inside()} stays and waits were counted in the records, "
            f"but the cases still open have {stays}."
        )
    queued = sum(case.waits_for >= 0 for case in world.inside.values())
    if queued != sum(world.places.waiting(resource) for resource in range(len(world.places.used))):
        raise SelfCheckFailed(f"At the end {queued} cases waited, but the queues held another number.")
    held = sum(case.place >= 0 for case in world.inside.values())
    if held != sum(world.places.used):
        raise SelfCheckFailed(
            f"At the end {held} cases held a place, but {sum(world.places.used)} places were in use."
        )


def _open_rows(case: Case) -> int:
    stay, place_stay = case.stay, case.place_stay
    own = 1 if stay is not None else 0
    under = 1 if place_stay is not None and place_stay is not stay else 0
    return own + under + (1 if case.waits_for >= 0 else 0)


def _log(world: World) -> EventLog | None:
    if world.log is None:
        return None
    columns = np.array(world.log, dtype=np.int64).reshape(len(world.log), 8).T
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
