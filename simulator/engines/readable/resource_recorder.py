"""The recorder of resources: place-seconds used, kept, turning, waited for, available and full."""

import numpy as np

from simulator.compiler.program import NO_LIMIT, Counts
from simulator.engines import records as field
from simulator.engines.records import RESOURCE_FIELDS, ResourceRecords
from simulator.units import SECONDS_A_DAY

_HOUR = 3600
_WEEK_HOURS = 168


class ResourceRecorder:
    """Integrates the state of every resource, piece by piece between changes, and reads counts at clock
    times.

    The lists ``used``, ``kept``, ``turning``, ``queued`` and ``capacity`` are the engine's own state: it says
    ``changes(r, now)`` *before* it alters one, so that the piece just ended is added with the old values.
    Only the first ``real`` are recorded.
    """

    def __init__(self, capacity: list[int], counts: Counts, *, real: int) -> None:
        self.capacity = list(capacity)
        self._real = real
        size = len(capacity)
        self.used = [0] * size
        self.kept = [0] * size
        self.turning = [0] * size
        self.queued = [0] * size
        self._since = [0] * size
        self._areas = [[0] * RESOURCE_FIELDS for _ in range(size)]
        self._closed: list[list[list[int]]] = []
        self._hour_sums = np.zeros((size, _WEEK_HOURS, 3), dtype=np.int64)
        self._hour_counts = np.zeros(_WEEK_HOURS, dtype=np.int64)
        self._count_days: list[list[int]] = [[] for _ in range(len(counts.second_of_day))]
        self._instants: list[list[list[int]]] = []

    def changes(self, resource: int, now: int) -> None:
        """Add the piece that ends now: call it before altering the state of the resource."""
        seconds = now - self._since[resource]
        if seconds == 0:
            return
        self._since[resource] = now
        areas = self._areas[resource]
        used, turning, capacity = self.used[resource], self.turning[resource], self.capacity[resource]
        areas[field.USED_AREA] += used * seconds
        areas[field.RESOURCE_KEPT_AREA] += self.kept[resource] * seconds
        areas[field.TURNING_AREA] += turning * seconds
        areas[field.QUEUE_AREA] += self.queued[resource] * seconds
        if capacity != 0:
            areas[field.OPEN_AREA] += seconds
        if capacity == NO_LIMIT:
            return
        areas[field.AVAILABLE_AREA] += capacity * seconds
        if used > capacity:
            areas[field.OVERTIME_AREA] += (used - capacity) * seconds
        if used + turning >= capacity and capacity != 0:
            areas[field.FULL_AREA] += seconds

    def metered(self, resource: int, what: int, *, now: int) -> tuple[int, int]:
        """Return what is used, kept, turning, queued or open of a resource now, and its area so far."""
        self.changes(resource, now)
        states = (self.used, self.kept, self.turning, self.queued, self.capacity)
        return max(states[what][resource], 0), self._areas[resource][what]

    def reads_the_hour(self, hour_of_week: int) -> None:
        """Add the present state to the sums of a clock hour."""
        self._hour_counts[hour_of_week] += 1
        for column, state in enumerate((self.used, self.kept, self.queued)):
            self._hour_sums[:, hour_of_week, column] += state

    def reads_count(self, count: int, number: int) -> None:
        """Write down one daily count."""
        self._count_days[count].append(number)

    def reads_instant(self) -> None:
        """Write down the state at a named instant."""
        self._instants.append([[used, queued] for used, queued in zip(self.used, self.queued, strict=True)])

    def close(self, now: int) -> None:
        """Close a period."""
        for resource in range(self._real):
            self.changes(resource, now)
        self._closed.append(self._areas)
        self._areas = [[0] * RESOURCE_FIELDS for _ in self.used]

    def records(self) -> ResourceRecords:
        """Return the tables."""
        real = self._real
        days = min((len(read) for read in self._count_days), default=0)
        return ResourceRecords(
            values=np.array(self._closed, dtype=np.int64)[:, :real],
            hour_sums=self._hour_sums[:real],
            hour_counts=self._hour_counts,
            count_days=np.array([read[:days] for read in self._count_days], dtype=np.int64)
            .reshape(len(self._count_days), days)
            .T,
            instants=np.array(self._instants, dtype=np.int64).reshape(len(self._instants), len(self.used), 2)[
                :, :real
            ],
        )


def hour_of_week(second: int, first_day: int) -> int:
    """Return the clock hour of the week (Monday 00:00 first) of a second counted from 00:00 of the day of
    ordinal ``first_day``."""
    days, rest = divmod(second, SECONDS_A_DAY)
    return ((first_day + days + 6) % 7) * 24 + rest // _HOUR
