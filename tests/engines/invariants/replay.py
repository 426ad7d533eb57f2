"""A log replayed by plain bookkeeping that knows nothing of the engine: who is where, and for how long."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np
from telling import Told

from simulator.compiler.program import NO_LIMIT, Program
from simulator.engines import log

Interval = tuple[int, int]


@dataclass(slots=True)
class Replay:
    """What a log says, added up.

    ``counts`` by (what, activity); ``waits``, ``actives``, ``kepts`` and ``places`` are intervals in seconds,
    by activity or resource; ``there`` counts who was in an activity on day one, ``queued`` who waited for it.
    ``faults`` are sentences about what should never happen.
    """

    program: Program
    end: int
    counts: Counter[tuple[int, int]] = field(default_factory=Counter)
    waits: dict[int, list[Interval]] = field(default_factory=lambda: defaultdict(list))
    actives: dict[int, list[Interval]] = field(default_factory=lambda: defaultdict(list))
    kepts: dict[int, list[Interval]] = field(default_factory=lambda: defaultdict(list))
    places: dict[int, list[Interval]] = field(default_factory=lambda: defaultdict(list))
    open_cases: dict[int, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    there: Counter[int] = field(default_factory=Counter)
    queued: Counter[int] = field(default_factory=Counter)
    _waiting: dict[int, tuple[int, int]] = field(default_factory=dict)
    _stays: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    _held: dict[int, tuple[int, int]] = field(default_factory=dict)
    _in_bed: dict[int, int] = field(default_factory=Counter)
    _used: Counter[int] = field(default_factory=Counter)
    _used_before: dict[int, tuple[int, int]] = field(default_factory=dict)
    _dead: dict[int, int] = field(default_factory=dict)

    def read(self, told: Told) -> "Replay":
        """Go through the log of a run."""
        events = told.run.log
        assert events is not None
        if (np.diff(events.second) < 0).any():
            self.faults.append("time went back")
        columns = (events.second, events.what, events.person, events.number, events.activity, events.resource)
        for row in zip(*(column.tolist() for column in columns), strict=True):
            self._event(*row)
        for case, (activity, since) in self._waiting.items():
            self.waits[activity].append((since, self.end))
            assert case in self.open_cases
        for (_, activity), (started, ready) in self._stays.items():
            self._stay_is_over(activity, started, ready=ready, now=self.end)
        for resource, since in self._held.values():
            self.places[resource].append((since, self.end))
        return self

    def _event(self, now: int, what: int, person: int, case: int, activity: int, resource: int) -> None:
        self.counts[what, activity] += 1
        if self._dead.get(person, now) != now:
            self.faults.append(f"somebody dead did something at {now}")
        if what == log.OPENED:
            self.open_cases[case] = now
            if self._in_bed[person] and person >= 0:
                self.faults.append(f"somebody in a bed had a need at {now}")
        elif what == log.ARRIVES:
            self._waiting[case] = (activity, now)
            self.queued[activity] += now == 0 and case <= self._on_day_one()
        elif what == log.STARTS:
            self.there[activity] += case not in self._waiting
            self._stops_waiting(case, now)
            self._starts(now, person, case, activity=activity, resource=resource)
        elif what == log.READY:
            self._stays[case, activity][1] = now
        elif what == log.LEAVES:
            self._leaves(now, person, case, activity=activity)
        elif what in (log.GAVE_UP, log.INTERRUPTED):
            self._stops_waiting(case, now)
        elif what in (log.EXITS, log.DIED):
            self._stops_waiting(case, now)
            del self.open_cases[case]
        elif what == log.DEATH:
            self._dead[person] = now

    def _on_day_one(self) -> int:
        """Return the highest number of a case of day one."""
        return int(self.program.day_one.present.sum() + self.program.day_one.waiting.sum())

    def _stops_waiting(self, case: int, now: int) -> None:
        if case in self._waiting:
            activity, since = self._waiting.pop(case)
            self.waits[activity].append((since, now))

    def _starts(self, now: int, person: int, case: int, *, activity: int, resource: int) -> None:
        self._stays[case, activity] = [now, -1]
        flags = self.program.activities
        if flags.resident[activity] and person >= 0:
            self._in_bed[person] += 1
            if self._in_bed[person] > 1:
                self.faults.append(f"somebody was in two beds at {now}")
        if resource >= 0 and not flags.holds_previous[activity]:
            self._held[case] = (resource, now)
            self._note_before(resource, now)
            self._used[resource] += 1
            limit = self._capacity(resource, now)
            if self._used[resource] > max(limit, self._used_before[resource][1]):
                self.faults.append(f"a case started above capacity at {now}")

    def _leaves(self, now: int, person: int, case: int, *, activity: int) -> None:
        started, ready = self._stays.pop((case, activity))
        self._stay_is_over(activity, started, ready=ready, now=now)
        flags = self.program.activities
        if flags.resident[activity] and person >= 0:
            self._in_bed[person] -= 1
        if not flags.holds_previous[activity] and case in self._held:
            resource, since = self._held.pop(case)
            self.places[resource].append((since, now))
            self._note_before(resource, now)
            self._used[resource] -= 1

    def _stay_is_over(self, activity: int, started: int, *, ready: int, now: int) -> None:
        self.actives[activity].append((started, now if ready < 0 else ready))
        if ready >= 0:
            self.kepts[activity].append((ready, now))

    def _note_before(self, resource: int, now: int) -> None:
        """Remember how many places were in use when this second began."""
        if self._used_before.get(resource, (-1, 0))[0] != now:
            self._used_before[resource] = (now, self._used[resource])

    def _capacity(self, resource: int, now: int) -> int:
        resources = self.program.resources
        capacity = int(resources.capacity[resource])
        changed = (resources.change_resource == resource) & (resources.change_second <= now)
        if changed.any():
            capacity = int(resources.change_capacity[changed][-1])
        return 1 << 40 if capacity == NO_LIMIT else capacity


def by_period(intervals: list[Interval], closes: list[int]) -> list[int]:
    """Add up intervals by period, split at the period ends."""
    found = []
    for first, last in zip([0, *closes], closes, strict=False):
        found.append(sum(max(0, min(b, last) - max(a, first)) for a, b in intervals))
    return found
