"""The agenda: what happens next, in the written order of second, phase and number.

SimPy keeps the heap and the clock. Every event is a ``Moment`` scheduled with (phase, number) as its
priority, so that simultaneous events happen in a written order and never in order of insertion. The phases of
a second (design §5):

0 counts, then period close; 1 calendar: quarter, ramps, interventions by name, ends of enrolments, enrolment;
2 capacity by resource name; 3 ends of activities by case number, then ends of turnarounds by case number and
resource; 4 patience; 5 life events, death first; 6 needs and referrals.
"""

from collections.abc import Callable

import simpy
from simpy.events import EventPriority

from simulator.errors import SelfCheckFailed

COUNTS, CALENDAR, CAPACITY, ENDS, PATIENCE, LIFE, NEEDS = range(7)

# Numbers within a phase that put one kind of event after another.
AFTER_THE_ENDS = 1 << 40

_NUMBER_BITS = 62
_LAST = (1 << _NUMBER_BITS) - 1


class Moment(simpy.Event):
    """One thing that happens at one second."""

    def __init__(
        self, env: simpy.Environment, agenda: "Agenda", *, second: int, act: Callable[[], None]
    ) -> None:
        self.env = env
        self.agenda = agenda
        self.second = second
        self.act = act
        self.callbacks = [_happen]
        self._ok = True
        self._value = None


def _happen(moment: Moment) -> None:
    moment.agenda.now = moment.second
    moment.act()


class Agenda:
    """The moments to come. ``settle`` runs after each: it empties the list of offers before the next one.

    ``now`` is the present second, that of the moment that happens.
    """

    def __init__(self, settle: Callable[[], None]) -> None:
        self._env = simpy.Environment(initial_time=0)
        self._settle = settle
        self._is_over = False
        self.events = 0
        self.now = 0

    def add(self, second: int, *, phase: int, number: int, act: Callable[[], None]) -> None:
        """Put ``act`` on the agenda at ``second`` (the present one or later), in ``phase``, as ``number``."""
        env = self._env
        if second < self.now:
            raise SelfCheckFailed(f"At second {self.now} something was to happen at second {second}.")
        priority = EventPriority((phase << _NUMBER_BITS) + number)
        env.schedule(Moment(env, self, second=second, act=act), priority=priority, delay=second - self.now)

    def run_until(self, end: int) -> None:
        """Let everything before ``end`` happen, and phase 0 of ``end`` itself."""
        self.add(end, phase=COUNTS, number=_LAST, act=self._is_done)
        env, settle = self._env, self._settle
        while not self._is_over:
            env.step()
            self.events += 1
            settle()

    def _is_done(self) -> None:
        self._is_over = True
