"""The recorder of clocks: spans that a standard is about, stopped and still open."""

import numpy as np

from simulator.compiler.program import Clocks, Program
from simulator.engines.readable.case import Case
from simulator.engines.records import WAIT_BINS, ClockRecords
from simulator.engines.wait_bins import wait_bin


class ClockRecorder:
    """Starts and stops each case's clocks at the points where they say so."""

    def __init__(self, program: Program) -> None:
        clocks = program.clocks
        self._starts = _clocks_at_points(
            clocks.start_first, clocks.start_point, activity=clocks.start_activity
        )
        self._stops = _clocks_at_points(clocks.stop_first, clocks.stop_point, activity=clocks.stop_activity)
        self._targets = [
            [(target, int(clocks.target_seconds[target])) for target in range(first, last)]
            for first, last in zip(clocks.target_first[:-1], clocks.target_first[1:], strict=True)
        ]
        self._restarts = frozenset(
            () if clocks.restarts is None else np.flatnonzero(clocks.restarts).tolist()
        )
        self._begins = program.calendar.warm_up_seconds
        self._running: list[dict[int, int]] = [{} for _ in self._targets]
        shape = _shape(clocks, program)
        self._stopped = np.zeros(shape[:3], dtype=np.int64)
        self._seconds = np.zeros(shape[:3], dtype=np.int64)
        self._within = np.zeros((shape[3], *shape[1:3]), dtype=np.int64)
        self._bins = np.zeros((shape[0], shape[1], WAIT_BINS), dtype=np.int64)
        self._period: list[list[int]] = [[0, 0] for _ in self._targets]
        self._period_within = [0] * shape[3]
        self._closed: list[tuple[list[list[int]], list[int], list[int], list[int]]] = []
        self._open_sum = np.zeros(shape[0], dtype=np.int64)
        self._open_over_sum = np.zeros(shape[3], dtype=np.int64)
        self._readings = 0
        self.is_used = bool(self._targets)

    def reaches(self, case: Case, point: int, *, activity: int, now: int, group: int) -> None:
        """Note that a case is at a point: clocks that stop here stop first, then clocks that start here
        start."""
        for clock in self._stops.get((point, activity), ()):
            started = case.clocks.pop(clock, None)
            if started is not None:
                del self._running[clock][case.number]
                self._stop(clock, seconds=now - started, group=group, home=case.home, now=now)
        for clock in self._starts.get((point, activity), ()):
            if clock not in case.clocks or clock in self._restarts:
                case.clocks[clock] = now
                self._running[clock][case.number] = now

    def _stop(self, clock: int, *, seconds: int, group: int, home: int, now: int) -> None:
        self._period[clock][0] += 1
        self._period[clock][1] += seconds
        in_window = now >= self._begins
        for target, limit in self._targets[clock]:
            if seconds <= limit:
                self._period_within[target] += 1
                if in_window:
                    self._within[target, group, home] += 1
        if in_window:
            self._stopped[clock, group, home] += 1
            self._seconds[clock, group, home] += seconds
            self._bins[clock, group, wait_bin(seconds)] += 1

    def drops(self, case: Case) -> None:
        """Forget the clocks of a case that ends with them running."""
        for clock in case.clocks:
            del self._running[clock][case.number]
        case.clocks.clear()

    def close(self, now: int) -> None:
        """Close a period: how many clocks are open, and how many beyond each target."""
        self._closed.append((self._period, self._period_within, self._open(), self._open_over(now)))
        self._period = [[0, 0] for _ in self._targets]
        self._period_within = [0] * len(self._period_within)

    def reads_open(self, now: int) -> None:
        """Add those that are open now, and those beyond each target, to the sums over readings."""
        self._open_sum += np.array(self._open(), dtype=np.int64)
        self._open_over_sum += np.array(self._open_over(now), dtype=np.int64)
        self._readings += 1

    def _open(self) -> list[int]:
        return [len(running) for running in self._running]

    def _open_over(self, now: int) -> list[int]:
        return [
            sum(1 for started in self._running[clock].values() if now - started > limit)
            for clock, targets in enumerate(self._targets)
            for _, limit in targets
        ]

    def records(self) -> ClockRecords:
        """Return the tables."""
        periods, clocks, targets = len(self._closed), len(self._targets), len(self._period_within)
        return ClockRecords(
            stopped=self._stopped,
            seconds=self._seconds,
            within=self._within,
            bins=self._bins,
            series=np.array([closed[0] for closed in self._closed], dtype=np.int64).reshape(
                periods, clocks, 2
            ),
            within_series=np.array([closed[1] for closed in self._closed], dtype=np.int64).reshape(
                periods, targets
            ),
            open_at_close=np.array([closed[2] for closed in self._closed], dtype=np.int64).reshape(
                periods, clocks
            ),
            open_over=np.array([closed[3] for closed in self._closed], dtype=np.int64).reshape(
                periods, targets
            ),
            open_sum=self._open_sum,
            open_over_sum=self._open_over_sum,
            open_readings=self._readings,
        )


def _clocks_at_points(
    first: np.ndarray, point: np.ndarray, *, activity: np.ndarray
) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    for clock in range(len(first) - 1):
        for row in range(int(first[clock]), int(first[clock + 1])):
            found.setdefault((int(point[row]), int(activity[row])), []).append(clock)
    return found


def _shape(clocks: Clocks, program: Program) -> tuple[int, int, int, int]:
    names = program.names
    groups = (len(names.segments) + 1) * len(names.classes)
    return len(clocks.target_first) - 1, groups, len(names.homes) + 1, len(clocks.target_seconds)
