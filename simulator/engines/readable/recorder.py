"""The recorder of activities: counts and person-seconds by row and period.

Areas use one idea: subtract the second on entering and add it on leaving, so that at a period's close T the
person-seconds are the area + number inside × T, exact in whole numbers, with no time of last change to
remember.
"""

import numpy as np

from simulator.engines import records as field
from simulator.engines.records import ACTIVITY_FIELDS, WAIT_BINS, ActivityRecords
from simulator.engines.wait_bins import wait_bin

# Behind the fields of a row: how many wait, are in it, and keep a place after it.
_WAITING, _ACTIVE, _KEPT = ACTIVITY_FIELDS, ACTIVITY_FIELDS + 1, ACTIVITY_FIELDS + 2
_AREAS = ((field.WAITING_AREA, _WAITING), (field.ACTIVE_AREA, _ACTIVE), (field.KEPT_AREA, _KEPT))


class ActivityRecorder:
    """Writes down what happens at activities, row by row."""

    def __init__(self, rows: int, window_begins: int) -> None:
        self._count = rows
        self._begins = window_begins
        self._rows: dict[int, list[int]] = {}
        self._bins: dict[int, list[int]] = {}
        self._closed: list[tuple[int, int, list[int]]] = []

    def _row(self, row: int) -> list[int]:
        found = self._rows.get(row)
        if found is None:
            found = self._rows[row] = [0] * (ACTIVITY_FIELDS + 3)
        return found

    def add(self, row: int, what: int) -> None:
        """Count one event of the field ``what``."""
        self._row(row)[what] += 1

    def begins_to_wait(self, row: int, now: int) -> None:
        """One more waits."""
        fields = self._row(row)
        fields[_WAITING] += 1
        fields[field.WAITING_AREA] -= now

    def stops_waiting(self, row: int, now: int) -> None:
        """One fewer waits."""
        fields = self._row(row)
        fields[_WAITING] -= 1
        fields[field.WAITING_AREA] += now

    def starts(self, row: int, now: int, *, waited: int) -> None:
        """One starts after a wait."""
        self.is_there(row, now)
        fields = self._row(row)
        fields[field.STARTS] += 1
        if waited:
            fields[field.WAITED] += 1
            fields[field.WAIT_SECONDS] += waited
        if now >= self._begins:
            bins = self._bins.get(row)
            if bins is None:
                bins = self._bins[row] = [0] * WAIT_BINS
            bins[wait_bin(waited)] += 1

    def is_there(self, row: int, now: int) -> None:
        """One more is in the activity (on day one without having started in this run)."""
        fields = self._row(row)
        fields[_ACTIVE] += 1
        fields[field.ACTIVE_AREA] -= now

    def is_over(self, row: int, now: int) -> None:
        """The activity of one is over; the place is still kept."""
        fields = self._row(row)
        fields[_ACTIVE] -= 1
        fields[field.ACTIVE_AREA] += now
        fields[_KEPT] += 1
        fields[field.KEPT_AREA] -= now

    def leaves(self, row: int, now: int, *, waited: int, started: int, ready: int) -> None:
        """One leaves: at ``ready`` (or now, if the activity was not over) it stopped being active."""
        fields = self._row(row)
        fields[field.LEAVES] += 1
        fields[field.LEFT_WAIT_SECONDS] += waited
        fields[field.STAY_SECONDS] += now - started
        if ready < 0:
            fields[_ACTIVE] -= 1
            fields[field.ACTIVE_AREA] += now
        else:
            fields[_KEPT] -= 1
            fields[field.KEPT_AREA] += now
            fields[field.KEPT_STAY_SECONDS] += now - ready

    def gives_up(self, row: int, *, waited: int) -> None:
        """One gives up waiting."""
        fields = self._row(row)
        fields[field.GAVE_UP] += 1
        fields[field.GAVE_UP_SECONDS] += waited

    def close(self, period: int, now: int) -> None:
        """Close a period: write down each row in which something was not nought, and begin anew."""
        for row in sorted(self._rows):
            fields = self._rows[row]
            for area, inside in _AREAS:
                fields[area] += fields[inside] * now
            written = fields[:ACTIVITY_FIELDS]
            if any(written):
                self._closed.append((period, row, written))
            fields[:ACTIVITY_FIELDS] = [0] * ACTIVITY_FIELDS
            for area, inside in _AREAS:
                fields[area] = -fields[inside] * now
            if not any(fields[ACTIVITY_FIELDS:]):
                del self._rows[row]

    def metered(self, rows: list[int], what: int, *, now: int) -> tuple[int, int]:
        """Return how many are in some rows now (where ``what`` is an area), and the period's total."""
        inside = dict(_AREAS).get(what)
        found = [fields for fields in (self._rows.get(row) for row in rows) if fields is not None]
        present = 0 if inside is None else sum(fields[inside] for fields in found)
        return present, sum(fields[what] for fields in found) + present * now

    def so_far(self, what: int, *, now: int) -> dict[int, int]:
        """Give what a field, or an area up to now, has added up to since the run began, by row."""
        inside = dict(_AREAS).get(what)
        found: dict[int, int] = {}
        for _, row, values in self._closed:
            found[row] = found.get(row, 0) + values[what]
        for row, fields in self._rows.items():
            more = 0 if inside is None else fields[inside] * now
            found[row] = found.get(row, 0) + fields[what] + more
        return found

    def present(self, rows: list[int]) -> int:
        """How many are in an activity's rows now, its end behind them or not."""
        found = (self._rows.get(row) for row in rows)
        return sum(fields[_ACTIVE] + fields[_KEPT] for fields in found if fields is not None)

    def inside(self) -> int:
        """How many stays and waits are open, over all rows (for the self-check)."""
        return sum(sum(fields[ACTIVITY_FIELDS:]) for fields in self._rows.values())

    def records(self) -> ActivityRecords:
        """Return the tables."""
        bins = np.zeros((self._count, WAIT_BINS), dtype=np.int64)
        for row, counts in self._bins.items():
            bins[row] = counts
        values = np.array([values for _, _, values in self._closed], dtype=np.int64)
        return ActivityRecords(
            period=np.array([period for period, _, _ in self._closed], dtype=np.int64),
            row=np.array([row for _, row, _ in self._closed], dtype=np.int64),
            values=values.reshape(len(self._closed), ACTIVITY_FIELDS),
            wait_bins=bins,
        )
