"""The recorder of people and their needs: what happened, what was averted, who changed, who died."""

import numpy as np

from simulator.compiler.program import Program
from simulator.engines.records import AVERTED, HAPPENED, INDUCED, Bytes, Ints, NeedRecords, PeopleRecords


class PeopleRecorder:
    """Counts needs and life events by period, segment and home."""

    def __init__(self, program: Program) -> None:
        names = program.names
        self._begins = program.calendar.warm_up_seconds
        segments, homes = len(names.segments), len(names.homes)
        periods = len(program.calendar.period_close_second)
        self._period = 0
        shape = (periods, len(names.needs), segments, homes)
        self._happened = np.zeros(shape, dtype=np.int64)
        self._induced = np.zeros(shape, dtype=np.int64)
        self._displaced = np.zeros(shape, dtype=np.int64)
        self._averted = np.zeros((*shape[:3], len(names.interventions)), dtype=np.float64)
        self._fate: list[Bytes] = []
        self._inside = np.zeros((segments, homes), dtype=np.int64)
        self._area = np.zeros((segments, homes), dtype=np.int64)
        self._person_seconds = np.zeros((periods, segments, homes), dtype=np.int64)
        self._at_close = np.zeros((periods, segments), dtype=np.int64)
        self._transitions = np.zeros((periods, segments, segments + 1), dtype=np.int64)
        self._deaths_in_care = np.zeros((periods, segments), dtype=np.int64)

    def begins_year(self, candidates: int) -> None:
        """The next calendar year has so many candidates."""
        self._fate.append(np.zeros(candidates, dtype=np.uint8))

    def happens(self, need: int, *, segment: int, home: int, place: int, is_induced: bool, now: int) -> None:
        """A need happens: the candidate at this place of the present year."""
        self._happened[self._period, need, segment, home] += 1
        if is_induced:
            self._induced[self._period, need, segment, home] += 1
        if now >= self._begins:
            self._fate[-1][place] = HAPPENED | INDUCED if is_induced else HAPPENED

    def is_displaced(self, need: int, *, segment: int, home: int) -> None:
        """A case of a need is taken another way."""
        self._displaced[self._period, need, segment, home] += 1

    def is_averted(
        self, need: int, *, segment: int, place: int, shares: list[tuple[int, float]], now: int
    ) -> None:
        """A need that would have happened does not, because of interventions in these shares."""
        for intervention, share in shares:
            self._averted[self._period, need, segment, intervention] += share
        if now >= self._begins:
            self._fate[-1][place] = AVERTED

    def comes(self, segment: int, home: int, *, now: int) -> None:
        """One more lives in a segment."""
        self._inside[segment, home] += 1
        self._area[segment, home] -= now

    def goes(self, segment: int, home: int, *, now: int) -> None:
        """One fewer lives in a segment."""
        self._inside[segment, home] -= 1
        self._area[segment, home] += now

    def changes(self, segment: int, target: int) -> None:
        """One moved by hazard to another segment, or (the last column) died."""
        self._transitions[self._period, segment, target] += 1

    def dies_in_care(self, segment: int) -> None:
        """One died by a route."""
        self._deaths_in_care[self._period, segment] += 1

    def alive_so_far(self, now: int) -> int:
        """How many person-seconds people have lived since the run began."""
        return int(self._person_seconds.sum() + (self._area + self._inside * now).sum())

    def all_needs_so_far(self) -> Ints:
        """How many of each need have happened since the run began."""
        return np.asarray(self._happened.sum(axis=(0, 2, 3)), dtype=np.int64)

    def needs_so_far(self, need: int) -> int:
        """Return how often a need has happened in the period."""
        return int(self._happened[self._period : self._period + 1, need].sum())

    def deaths_so_far(self) -> int:
        """Return how many have died in the period."""
        period = slice(self._period, self._period + 1)
        return int(self._transitions[period, :, -1].sum() + self._deaths_in_care[period].sum())

    def living(self, segment: int, now: int) -> tuple[int, int]:
        """Return how many live in a segment now, and their person-seconds of the period."""
        inside = int(self._inside[segment].sum())
        return inside, int(self._area[segment].sum()) + inside * now

    def close(self, now: int) -> None:
        """Close a period."""
        self._person_seconds[self._period] = self._area + self._inside * now
        self._at_close[self._period] = self._inside.sum(axis=1)
        self._area = -self._inside * now
        self._period += 1

    def need_records(self) -> NeedRecords:
        """Return the tables of needs."""
        return NeedRecords(
            happened=self._happened,
            induced=self._induced,
            displaced=self._displaced,
            averted=self._averted,
            fate=tuple(self._fate),
        )

    def people_records(
        self, *, use: np.ndarray, use_need: np.ndarray, address: np.ndarray, befallen: np.ndarray
    ) -> PeopleRecords:
        """Return the tables of people; ``use`` and its axes come from the history, ``befallen`` from
        consequences."""
        return PeopleRecords(
            person_seconds=self._person_seconds,
            at_close=self._at_close,
            transitions=self._transitions,
            deaths_in_care=self._deaths_in_care,
            use=use,
            use_need=use_need,
            address=address,
            befallen=befallen,
        )
