"""One run of the compiled engine, which can stop, go on, and be forked.

The kernels do the work; the host gives them room, hands them a calendar year of candidates at a time, closes
periods, and listens for somebody who wants to stop.
"""

from collections.abc import Callable

import numpy as np

from simulator.compiler.program import Ints, Program
from simulator.engines.demand import Demand
from simulator.engines.exchange import Exchange
from simulator.engines.kernels import layout as at
from simulator.engines.kernels.agenda import BRANCHES
from simulator.engines.kernels.beginning import plan_from_now
from simulator.engines.kernels.enrolling import draw_willing
from simulator.engines.kernels.loop import run_until
from simulator.engines.kernels.noting import LOG_WIDTH
from simulator.engines.kernels.patience import plan_day
from simulator.engines.months import OtherWorld, months_of
from simulator.engines.people.arrivals import day_one_rows
from simulator.engines.people.calendar_events import TURN
from simulator.engines.people.candidates import FeedsOfRun
from simulator.engines.people.exchange_side import Side
from simulator.engines.people.forking import Move, rows_after
from simulator.engines.people.ledger import Ledger
from simulator.engines.people.money_side import MoneySide
from simulator.engines.people.rate_levers import RateLevers
from simulator.engines.people.runs import run_of
from simulator.engines.people.trouble import raise_broken, raise_ring
from simulator.engines.people.world import Room, lay_out
from simulator.engines.population import Key
from simulator.engines.records import Run
from simulator.engines.swings import signed
from simulator.engines.turns import Turner, draw_turns, with_turns
from simulator.errors import Interrupted, RunFailed
from simulator.units import SECONDS_A_DAY

EVENTS_A_LOOK = 1 << 20
MOST_EVENTS = 20_000_000_000


class Simulation:
    """One replication of a program: begun at second 0, run until a second, finished.

    ``keeping`` gets the rows of the log (events, LOG_WIDTH) now and then, and gives those that are kept: of a
    whole place there are too many to keep all.
    """

    def __init__(
        self,
        program: Program,
        *,
        seed: int,
        replication: int,
        demand: Demand | None = None,
        tracked: tuple[int, ...] = (),
        keeps_log: bool = False,
        keeping: Callable[[Ints], Ints] | None = None,
        room: Room | None = None,
        stop: Callable[[], bool] = lambda: False,
        most_events: int = MOST_EVENTS,
        other_world: OtherWorld | None = None,
    ) -> None:
        key = Key(signed(seed), replication)
        self._turns = draw_turns(program, key)
        program = self.program = with_turns(program, self._turns)
        self.seed, self.replication = seed, replication
        self.second = 0
        self.demand = demand or Demand(program, seed=seed, replication=replication)
        self.tracked = tracked_needs(program, tracked)
        self.keeps_log = keeps_log
        self.ledger = Ledger()
        self.log: list[Ints] = []
        self._keeping = keeping
        self._stop = stop
        self._most_events = most_events
        room = room or Room()
        if not keeps_log:
            room = Room(cases=room.cases, agenda=room.agenda, enrolments=room.enrolments, log=0)
        self.world = lay_out(program, self.demand.population, key=key, tracked=self.tracked, room=room)
        present = day_one_rows(program, self.demand, key=key)
        self.feeds = FeedsOfRun(
            program, self.demand, present=present, tracked=len(self.tracked), turns=self._turns
        )
        self.world.ints[at.LONGEST_BATCH] = self.feeds.longest_batch
        self.side = None if program.exchange is None else Side(program, self.world, feeds=self.feeds)
        self.exchange = None if self.side is None else Exchange(program, self.side)
        money = MoneySide(program, self.world, self.ledger)
        self.months = months_of(program, money, other=other_world)
        self._turner = self._new_turner()
        self._begin()

    def run_until(self, second: int) -> None:
        """Let everything before ``second`` happen (and, at the end of the run, the last close)."""
        end = self.program.calendar.end_second
        stop = end * at.KINDS + 1 if second >= end else second * at.KINDS
        while not self._goes_on(stop):
            pass
        self.second = min(max(self.second, second), end)

    def fork(self, program: Program) -> "Simulation":
        """Return a simulation that goes on from here under another program, which has been the same so far.

        No intervention of either may have begun. Both read one demand.
        """
        room = Room(
            cases=int(self.world.ints[at.CASES_END] - self.world.ints[at.CASES])
            // int(self.world.ints[at.CASE_WIDTH]),
            log=Room().log if self.keeps_log else 0,
        )
        found = object.__new__(Simulation)
        program = with_turns(program, self._turns)
        found.program, found.demand = program, self.demand
        found.seed, found.replication, found.second = self.seed, self.replication, self.second
        found.tracked, found.keeps_log = self.tracked, self.keeps_log
        found._stop, found._most_events = self._stop, self._most_events
        found._keeping, found._turns = self._keeping, self._turns
        self._take_log()
        found.log = list(self.log)
        found.ledger = self.ledger.after_fork(self.program, program)
        key = Key(signed(self.seed), self.replication)
        found.world = lay_out(program, self.demand.population, key=key, tracked=self.tracked, room=room)
        self.world.ints[at.FORKED_AT] = self.second
        Move(self.world, found.world, before=self.program, after=program).everything()
        found.feeds = self.feeds.after_fork(program, second=self.second)
        ints = found.world.ints
        keys = found.feeds.now.calendar[:, 0]
        is_over = self.second == program.calendar.end_second  # then the last period has closed already
        ints[at.CALENDAR_AT] = len(keys) if is_over else np.searchsorted(keys, self.second * at.KINDS)
        draw_willing(ints, found.world.reals)
        found.side = None if self.side is None else self.side.fork(program, found.world, feeds=found.feeds)
        found.exchange = None
        if self.exchange is not None and found.side is not None:
            found.exchange = self.exchange.fork(program, found.side)
            found.exchange.carry_on(self.second)
        found.months = None
        if self.months is not None:
            money = MoneySide(program, found.world, found.ledger)
            found.months = self.months.fork(program, money, rows=rows_after(self.program, program))
        found._turner = found._new_turner()
        if found._turner is not None:
            found._turner.turns(max(self.second - 1, 0))
        found._plans_step_downs()
        return found

    def _new_turner(self) -> Turner | None:
        """Give what turns rates of the present world, where anything does."""
        if self._turns is None:
            return None
        return Turner(self.program, self._turns, levers=RateLevers(self.program, self.world))

    def _plans_step_downs(self) -> None:
        """Let present stays know of step-downs that the program before had not."""
        ints = self.world.ints
        most = int(ints[at.AGENDA_END]) + BRANCHES + int(ints[at.INSIDE]) * int(ints[at.MARGIN])
        while 2 * most > len(self.world.agenda):
            self.world.grow_agenda()
        plan_from_now(ints, self.world.agenda, self.second)

    def finish(self) -> Run:
        """Go on to the end, and return what the run leaves behind."""
        self.run_until(self.program.calendar.end_second)
        self._take_log()
        return run_of(self)

    def _begin(self) -> None:
        """Put those of day one in their places."""
        draw_willing(self.world.ints, self.world.reals)
        if self._turner is not None:
            self._turner.turns(0)
        if self.exchange is not None:
            self.exchange.begin()
        self.feeds.begin(self.world)
        while not self._goes_on(0):
            pass

    def _goes_on(self, stop: int) -> bool:
        """Go on to the end of a calendar year or to ``stop``; say whether that is reached."""
        world = self.world
        world.ints[at.PAUSE] = world.ints[at.EVENTS] + EVENTS_A_LOOK
        year_stop = min(stop, self.feeds.year_end(world) * at.KINDS)
        status = run_until(world.ints, world.reals, world.agenda, self.feeds.now, year_stop)
        if status == at.REACHED:
            if year_stop == stop:
                return True
            self.feeds.begins_year(world)
            return False
        self._answer(status)
        return False

    def _answer(self, status: int) -> None:
        """Do what the loop came back for."""
        if status == at.AT_HOST:
            self._reads()
        elif status == at.PAUSED:
            self._looks_in()
        elif status == at.AGENDA_FULL:
            self.world.grow_agenda()
        elif status == at.CASES_FULL:
            self.world.grow(cases=2)
        elif status == at.ENROLMENTS_FULL:
            self.world.grow(enrolments=2)
        elif status == at.LOG_FULL:
            self._makes_room_in_log()
        elif status == at.RING_CLOSED:
            raise_ring(self.program, self.world)
        else:
            raise_broken(self.program, self.world)

    def _reads(self) -> None:
        """Close a period, exchange with the stocks, or read what the calendar asks for."""
        event = self.feeds.now.calendar[self.world.ints[at.CALENDAR_AT] - 1]
        what, whom = int(event[2]), int(event[3])
        if what == TURN and self._turner is not None:
            self._turner.turns(int(self.world.ints[at.NOW]))
        elif what == at.EXCHANGE and whom:
            if self.months is not None:
                self.months.begins(whom - 1)
        elif self.exchange is not None and what == at.EXCHANGE:
            self._plans_patience()
            self.exchange.happens(int(self.world.ints[at.NOW]))
        elif self.exchange is not None and what == at.PASS_LINE:
            self.exchange.line_changes(whom)
        elif what == at.CLOSE_PERIOD:
            if self.side is not None:
                self.side.period_closes()
            self.ledger.close(self.world, self.program)
        elif what == at.READ_OPEN:
            self.ledger.read_open(self.world, self.program)
        else:
            self.ledger.read_instant(self.world, self.program)

    def _plans_patience(self) -> None:
        """At midnight, plan the day's losses of patience before an exchange lets some of them start.

        Who starts today steps out of no list of today: they must stand on the agenda by then.
        """
        ints, now = self.world.ints, int(self.world.ints[at.NOW])
        if now % SECONDS_A_DAY or now >= self.program.calendar.end_second:
            return
        today = int(ints[at.PATIENCE_DAYS]) + now // SECONDS_A_DAY * at.DAY_SIZE
        most = int(ints[at.AGENDA_END]) + BRANCHES + int(ints[today + at.COUNT])
        while 2 * most > len(self.world.agenda):
            self.world.grow_agenda()
        plan_day(ints, self.world.agenda)

    def _looks_in(self) -> None:
        """See whether somebody wants to stop, and whether there were more events than a run may have."""
        if self._stop():
            raise Interrupted
        if self.world.ints[at.EVENTS] > self._most_events:
            raise RunFailed(
                f"there were more than {self._most_events:,} events, more than a run may have; is demand far "
                "above capacity, or does something go round in no time?"
            )

    def _makes_room_in_log(self) -> None:
        before = self._take_log()
        if not before:
            self.world.grow(log=2)

    def _take_log(self) -> bool:
        """Take away what is in the log; say whether there was anything."""
        ints = self.world.ints
        first, last = int(ints[at.LOG]), int(ints[at.LOG_NEXT])
        if last > first:
            rows = ints[first:last].copy()
            kept = rows if self._keeping is None else self._keeping(rows.reshape(-1, LOG_WIDTH)).ravel()
            self.log.append(kept)
            ints[at.LOG_NEXT] = first
        return last > first


def tracked_needs(program: Program, tracked: tuple[int, ...]) -> Ints:
    """List the needs whose use is counted: those asked for, and those that some eligibility reads."""
    read = np.flatnonzero(program.interventions.use_need.any(axis=0)).tolist()
    return np.array(sorted({*tracked, *read}), dtype=np.int64)
