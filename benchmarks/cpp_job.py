"""The job of the hand-written C++: written from our compiled Program, and its records read back.

Both sides know the order of the arrays; each is preceded by its length. The C++ has the shape of workload W
in its code, so what it takes for granted is checked here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simulator.compiler.program import (
    LAW_CONTINUOUS,
    LEAVES_AT_ONCE,
    NO_LIMIT,
    TO_EXIT,
    UNTIL_STARTS,
    Ints,
    Program,
)
from simulator.engines.profile_time import profile_seconds
from simulator.engines.records import ACTIVITY_FIELDS, RESOURCE_FIELDS, WAIT_BINS, EventLog, Run

ACTIVITIES = ("ae", "gp", "home", "social_care", "virtual_ward", "ward")
KEPT = {("ae", "ward"), ("ward", "social_care")}
EXIT = len(ACTIVITIES)
CLASSES, WEEK_HOURS = 3, 168
ROWS = EXIT * CLASSES
MASK = (1 << 64) - 1


def write_job(program: Program, path: Path, *, seed: int, replication: int) -> None:
    """Write what the C++ reads."""
    expect_workload_w(program)
    calendar, profiles, referrals = program.calendar, program.profiles, program.referrals
    laws = program.activities.duration_law.ravel()
    year_start = int(calendar.year_start_second[0])
    clock = (profiles.day_start, profiles.day_weight, profiles.border_first)
    borders = (profiles.border_second, profiles.border_integral)
    moment = profile_seconds(*clock, *borders, year_start, int(referrals.profile[0]), 0.0)
    numbers = [seed, replication, calendar.end_second, calendar.first_day, year_start]
    numbers.append(int(program.clocks.target_seconds[0]))
    arrays: list[object] = [
        numbers,
        calendar.period_close_second,
        profiles.day_start[0],
        profiles.day_weight[0],
        *borders,
        referrals.hash,
        program.activities.hash,
        program.resources.capacity[resource_of(program)],
        referrals.rate,
        [float(moment)],
        program.laws.first[laws],
        program.laws.scale[laws],
        program.laws.points,
    ]
    for choice in (*referrals.choice.tolist(), *program.activities.choice.ravel().tolist()):
        arrays += ways(program, choice)
    with path.open("wb") as file:
        for values in map(np.asarray, arrays):
            file.write(np.int64(len(values)).tobytes() + np.ascontiguousarray(values).tobytes())


def expect_workload_w(program: Program) -> None:
    """Raise ``ValueError`` where the program is not what the C++ has in its code."""
    activities, kept = program.activities, np.full((EXIT, EXIT), LEAVES_AT_ONCE)
    for here, there in KEPT:
        kept[ACTIVITIES.index(here), ACTIVITIES.index(there)] = UNTIL_STARTS
    assumed = {
        "activities": program.names.activities == ACTIVITIES,
        "classes": len(program.names.classes) == CLASSES == len(program.referrals.kind),
        "arrivals at a rate": program.referrals.kind.tolist() == [0] * CLASSES,
        "one profile": len(set(program.referrals.profile.tolist())) == 1 == len(program.names.profiles),
        "laws": set(program.laws.kind[activities.duration_law].ravel().tolist()) == {LAW_CONTINUOUS},
        "kept places": np.array_equal(activities.keeps, kept),
        "alternatives": [ACTIVITIES[one] for one in activities.alternative] == ["ward"],
        "room": sorted(program.resources.room.tolist()) == [NO_LIMIT] * (EXIT - 1) + [0],
        "no warm-up": program.calendar.warm_up_seconds == 0,
    }
    wrong = [what for what, is_so in assumed.items() if not is_so]
    if wrong:
        raise ValueError(f"The C++ is written for another workload W: {', '.join(wrong)}.")


def resource_of(program: Program) -> Ints:
    """Give the resource of each activity."""
    return program.activities.resource[:, -1]


def ways(program: Program, choice: int) -> list[Ints]:
    """Give the running shares of a choice, and where each way leads."""
    routes = program.routes
    here = slice(int(routes.first[choice]), int(routes.first[choice + 1]))
    leads_out = routes.kind[here] == TO_EXIT
    return [routes.cumulative[here], np.where(leads_out, EXIT, routes.target[here])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What both engines must agree on, by name."""

    arrays: Mapping[str, Ints]

    def differences(self, other: "Tables") -> list[str]:
        """Name the tables in which the two differ, and how many numbers of each."""
        found = []
        for name, ours in self.arrays.items():
            unequal = int((ours != other.arrays[name]).sum())
            if unequal:
                found.append(f"{name}: {unequal} of {ours.size}")
        return found

    @property
    def size(self) -> int:
        """Count the numbers."""
        return sum(array.size for array in self.arrays.values())


def read_records(path: Path, *, periods: int) -> Tables:
    """Read what the C++ left behind."""
    values = np.fromfile(path, dtype=np.int64)
    widths = (ROWS * ACTIVITY_FIELDS, EXIT * RESOURCE_FIELDS, 3, 2, 2)
    by_period, rest = np.split(values, [periods * sum(widths)])
    closed = np.split(by_period.reshape(periods, -1), np.cumsum(widths)[:-1], axis=1)
    sizes = (ROWS * WAIT_BINS, EXIT * WEEK_HOURS * 3, CLASSES * 3, CLASSES * WAIT_BINS)
    waits, hours, clocks, bins = np.split(rest, np.cumsum(sizes)[:-1])
    return Tables(
        arrays={
            "activities by period": closed[0],
            "resources by period": closed[1],
            "clock by period": closed[2],
            "open clocks by period": closed[3],
            "exits by period": closed[4],
            "waits": waits,
            "hours of the week": hours,
            "clock by class": clocks,
            "clock bins": bins,
        }
    )


def tables_of(run: Run, program: Program) -> Tables:
    """Give the same tables of one of our runs."""
    periods, resources, clocks = len(run.exits), resource_of(program), run.clocks
    rows = program.activities.row.ravel() + len(program.names.homes)
    dense = np.zeros((periods, program.rows, ACTIVITY_FIELDS), dtype=np.int64)
    dense[run.activities.period, run.activities.row] = run.activities.values
    by_class = np.stack([clocks.stopped[0, :, -1], clocks.seconds[0, :, -1], clocks.within[0, :, -1]], axis=1)
    return Tables(
        arrays={
            "activities by period": dense[:, rows].reshape(periods, -1),
            "resources by period": run.resources.values[:, resources].reshape(periods, -1),
            "clock by period": np.column_stack([clocks.series[:, 0], clocks.within_series[:, 0]]),
            "open clocks by period": np.column_stack([clocks.open_at_close[:, 0], clocks.open_over[:, 0]]),
            "exits by period": run.exits,
            "waits": run.activities.wait_bins[rows].ravel(),
            "hours of the week": run.resources.hour_sums[resources].ravel(),
            "clock by class": by_class.ravel(),
            "clock bins": clocks.bins[0].ravel(),
        }
    )


def hash_of(log: EventLog, program: Program) -> int:
    """Hash every event of a log in its order, as the C++ does."""
    activity_of = np.full(EXIT + 1, 0)
    activity_of[resource_of(program) + 1] = np.arange(EXIT) + 1
    columns = (log.second, log.what, log.case, log.number)
    columns += (log.activity + 1, activity_of[log.resource + 1], log.klass)
    hashed = mixed(np.arange(len(log.second), dtype=np.uint64))
    for column in columns:
        hashed = mixed(hashed ^ column.astype(np.int64).view(np.uint64))
    return int(hashed.sum(dtype=np.uint64)) & MASK


def mixed(z: np.ndarray) -> np.ndarray:
    """Mix 64 bits one to one: the finaliser of SplitMix64."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
