"""The steps of time: an hour at most, cut wherever something changes or is read."""

from dataclasses import dataclass, replace

import numpy as np

from simulator.compiler.memory import Memory, said
from simulator.compiler.program import NO_LIMIT, Floats, Ints, Program
from simulator.engines.network.acting import acting
from simulator.engines.network.swinging import mean_turns
from simulator.units import SECONDS_A_DAY

STEP_SECONDS = 3600
NOT_NOW = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Steps of one run.

    ``second`` (steps + 1) where steps begin, and the end; ``kind`` (steps) which of ``lengths`` it has;
    ``pace`` (profiles + 1, steps) profile seconds that pass, the plain clock last. ``change_first`` (steps +
    1) into ``change_station``, ``change_places``. ``hour`` (steps) the clock hour of the week, in the window,
    else -1. ``look`` (steps) the row of what is read there: daily counts first, in order of time, then
    instants. ``count_look`` (days, counts) rows of the counts; ``instant_look`` rows of the instants.
    """

    second: Ints
    kind: Ints
    lengths: Ints
    pace: Floats
    change_first: Ints
    change_station: Ints
    change_places: Ints
    hour: Ints
    look: Ints
    looks: int
    count_look: Ints
    instant_look: Ints


# Of the last few programs, by all that they follow from.
LAID = Memory[Grid](8)


def lay_grid(program: Program, *, step_seconds: int = STEP_SECONDS) -> Grid:
    """Cut a run into steps. Nobody may write into their arrays: worlds and points of a sweep share them."""
    calendar, resources, profiles = program.calendar, program.resources, program.profiles
    numbers = step_seconds, calendar.end_second, calendar.first_day, calendar.warm_up_seconds
    key = said(
        *(block_seconds(program), calendar.year_start_second, count_seconds(program)),
        *(resources.change_second, resources.change_resource, resources.change_capacity),
        *(program.counts.instant_second, profiles.day_start, profiles.day_weight),
        *(profiles.border_first, profiles.border_second, profiles.border_integral),
    )
    return LAID.give((numbers, key), lambda: _laid(program, step_seconds=step_seconds))


def _laid(program: Program, *, step_seconds: int) -> Grid:
    end = program.calendar.end_second
    counts = count_seconds(program)
    instants = np.clip(program.counts.instant_second, 0, end - 1)
    cuts: list[Ints] = [
        np.arange(0, end, step_seconds),
        block_seconds(program),
        program.resources.change_second,
        counts.ravel(),
        instants,
        np.array([0, end]),
    ]
    second = np.unique(np.concatenate(cuts).astype(np.int64))
    second = second[(second >= 0) & (second <= end)]
    lengths, kind = np.unique(np.diff(second), return_inverse=True)
    read, row = np.unique(np.concatenate([counts.ravel(), instants]), return_inverse=True)
    look = np.full(len(second) - 1, NOT_NOW, dtype=np.int64)
    look[np.searchsorted(second, read)] = np.arange(len(read))
    return Grid(
        second=second,
        kind=kind.astype(np.int64),
        lengths=lengths.astype(np.int64),
        pace=_pace(program, second),
        change_first=np.searchsorted(program.resources.change_second, second, side="left").astype(np.int64),
        change_station=program.resources.change_resource,
        change_places=program.resources.change_capacity,
        hour=_hours(program, second[:-1]),
        look=look,
        looks=len(read),
        count_look=row[: counts.size].reshape(counts.shape).astype(np.int64),
        instant_look=row[counts.size :].astype(np.int64),
    )


def block_seconds(program: Program) -> Ints:
    """List the seconds between which rates stand still: weeks, periods, quarters, years, switches, swings,
    exchanges.

    Of switches those that act: who only costs something cuts no step.
    """
    calendar, schemes, turns = program.calendar, program.interventions, mean_turns(program)
    acts = acting(program)
    cuts = np.concatenate(
        [
            calendar.monday_second,
            calendar.period_close_second,
            calendar.quarter_second,
            calendar.year_start_second,
            schemes.first_second[acts],
            schemes.last_second[acts],
            [] if turns is None else turns.turning,
            exchange_seconds(program),
            [0, calendar.end_second],
        ]
    )
    found = np.unique(cuts)
    return np.asarray(found[(found >= 0) & (found <= calendar.end_second)], dtype=np.int64)


def exchange_seconds(program: Program) -> Ints:
    """List the seconds at which stocks of the file meet the network: every interval from second 0 on, or
    none."""
    if program.exchange is None:
        return np.zeros(0, dtype=np.int64)
    return np.arange(0, program.calendar.end_second + 1, program.exchange.every_seconds)


def usual_blocks(program: Program, seconds: Ints) -> Ints:
    """Number the blocks that begin at some seconds; -1 where one begins only because of an exchange."""
    usual = block_seconds(replace(program, exchange=None))
    number = np.searchsorted(usual, seconds)
    return np.asarray(np.where(usual[np.minimum(number, len(usual) - 1)] == seconds, number, -1))


def count_seconds(program: Program) -> Ints:
    """Give the seconds at which daily counts are read (days of the window, counts)."""
    calendar = program.calendar
    of_day = program.counts.second_of_day
    first = -(-(calendar.warm_up_seconds - of_day) // SECONDS_A_DAY)
    last = -(-(calendar.end_second - of_day) // SECONDS_A_DAY)
    days = int((last - first).min(initial=10**9)) if len(of_day) else 0
    return np.asarray((first[None, :] + np.arange(days)[:, None]) * SECONDS_A_DAY + of_day, dtype=np.int64)


def _pace(program: Program, second: Ints) -> Floats:
    """Give the profile seconds of each step; the plain clock last."""
    profiles = program.profiles
    passed = second - int(program.calendar.year_start_second[0])
    day, clock = np.divmod(passed, SECONDS_A_DAY)
    rows = []
    for profile in range(len(profiles.day_start)):
        border = slice(int(profiles.border_first[profile]), int(profiles.border_first[profile + 1]))
        within = np.interp(clock, profiles.border_second[border], profiles.border_integral[border])
        last = profiles.day_weight.shape[1] - 1
        weight = profiles.day_weight[profile, np.minimum(day, last)]
        rows.append(np.diff(profiles.day_start[profile, np.minimum(day, last + 1)] + weight * within))
    return np.array([*rows, np.diff(second).astype(np.float64)])


def _hours(program: Program, second: Ints) -> Ints:
    """Give the clock hour of the week of each step that begins one in the window."""
    days, rest = np.divmod(second, SECONDS_A_DAY)
    hour = ((program.calendar.first_day + days + 6) % 7) * 24 + rest // 3600
    is_read = (rest % 3600 == 0) & (second >= program.calendar.warm_up_seconds)
    return np.asarray(np.where(is_read, hour, NOT_NOW), dtype=np.int64)


def is_limited(places: int) -> bool:
    """Say whether a capacity is a number."""
    return places != NO_LIMIT
