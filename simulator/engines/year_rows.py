"""A calendar year's candidates drawn and put in order, as rows (see ``candidates``)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulator.compiler.program import ABSENT, Floats, Ints
from simulator.engines.blocks import VISIT_SHIFT, counter_at
from simulator.engines.candidate_columns import thresholds
from simulator.engines.candidates import (
    FIRST_YEAR,
    LOWS,
    MOST_COLUMNS,
    MOST_LAYERS,
    MOST_PEOPLE,
    RANK_BITS,
    RANKS,
    SECONDS_A_YEAR,
    VISITS_A_YEAR,
    WIDTHS,
)
from simulator.engines.day_order import Pool, new_pool, put_in_order
from simulator.engines.population import Key
from simulator.engines.profile_time import DAY
from simulator.engines.reach import kinds_of
from simulator.engines.streams import FULL, WORD_BITS, Desk, Layers, People, Wanted, draw_column, new_desk
from simulator.engines.year_candidates import Columns, Span
from simulator.engines.year_pace import Clock, Pieces, moment_at, year_pace
from simulator.errors import RunFailed


class Reaching(NamedTuple):
    """Some of the people: places, addresses, when each joins, and the set of segments (bits) that each can be
    in by the end of a year."""

    who: Ints
    address: Ints
    joins: Ints
    sets: Ints


class Task(NamedTuple):
    """All that one column is drawn from, and how many candidates of it are expected."""

    people: People
    layers: Layers
    pieces: Pieces
    wanted: Wanted
    expected: float


def draw_rows(
    columns: Columns, span: Span, *, key: Key, people: Reaching, factor: Floats, clock: Clock
) -> Ints:
    """Draw the candidates of a year in order; raises ``RunFailed`` where rates are past all use."""
    if span.start >= span.run_end or not columns.layers.any():
        return np.empty((0, 2), np.int64)
    check_sizes(columns, people.who)
    tasks = tasks_of(columns, span, people=people, factor=factor, clock=clock)
    expected = sum(task.expected for task in tasks)
    room = int(expected + 8.0 * expected**0.5) + 1000
    desk = new_desk()
    while True:
        pool = new_pool(room, (span.end - span.start) // DAY)
        if all_drawn(tasks, pool, desk=desk, key=key):
            return put_in_order(pool)
        room *= 2


def check_sizes(columns: Columns, who: Ints) -> None:
    """Refuse what the numbers of a candidate cannot hold."""
    if columns.layers.max() > MOST_LAYERS:
        raise RunFailed(f"rates above {2 ** (MOST_LAYERS - 2):,} a year for one person cannot be run.")
    if len(columns.purpose) > MOST_COLUMNS or who.max(initial=0) >= MOST_PEOPLE:
        raise RunFailed(f"more than {MOST_COLUMNS:,} needs or {MOST_PEOPLE:,} people cannot be run.")


def all_drawn(tasks: Sequence[Task], pool: Pool, *, desk: Desk, key: Key) -> bool:
    """Put the candidates of all columns into the pool; say whether there was room for them."""
    for task in tasks:
        status = draw_column(
            pool, desk, (key.seed, key.replication), task.people, task.layers, task.pieces, task.wanted
        )
        if status == FULL:
            return False
        if status < 0:
            raise RunFailed(
                "somebody has 65,536 candidates or more for one need in a year; rates are too high."
            )
    return True


def tasks_of(columns: Columns, span: Span, *, people: Reaching, factor: Floats, clock: Clock) -> list[Task]:
    """Lay out what each column that anybody can have is drawn from, in order."""
    kinds = kinds_of(people.sets, columns.layers, bound=columns.bound)
    ranks = ranks_below(kinds.layers, kinds.bound)
    times = factors_of(columns, factor, who=people.who)
    weights = {trait: np.bincount(kinds.kind, one, kinds.layers.shape[1]) for trait, one in times.items()}
    paces = {
        profile: year_pace(clock, profile, start=span.start, end=span.end)
        for profile in set(columns.profile.tolist())
    }
    settled = int(np.argmax(np.append(people.joins, 1) > 0))
    start, end = max(span.start, 0), min(span.end, span.run_end)
    tasks = []
    for column in np.flatnonzero(kinds.layers.any(axis=1)).tolist():
        trait, profile = int(columns.trait[column]), int(columns.profile[column])
        begin, until = paces[profile].begin, moment_at(clock, profile, second=end)
        years = (until - moment_at(clock, profile, second=start)) / SECONDS_A_YEAR
        heights = WIDTHS[: ranks.shape[1]] @ ranks[column] / 2.0**WORD_BITS
        layers = layers_of_column(ranks[column], int(columns.purpose[column]), year=span.year)
        tasks.append(
            Task(
                people=(people.who, kinds.kind, people.address, people.joins, times[trait]),
                layers=(*layers, begin, until),
                pieces=paces[profile].pieces,
                wanted=(column, span.start, start, end, settled),
                expected=float(weights[trait] @ heights) * years,
            )
        )
    return tasks


def factors_of(columns: Columns, factor: Floats, *, who: Ints) -> dict[int, Floats]:
    """Give the factors of some people by trait: 1 where there is no trait."""
    times: dict[int, Floats] = {ABSENT: np.ones(len(who))}
    for trait in set(columns.trait.tolist()) - {ABSENT}:
        times[trait] = factor[trait] if len(who) == factor.shape[1] else factor[trait, who]
    return times


def layers_of_column(ranks: Ints, purpose: int, *, year: int) -> tuple[Ints, Floats, Ints]:
    """Give the layers of a column: first counter, mean gap, and ranks kept by kind."""
    layers = np.arange(np.count_nonzero(ranks.any(axis=1)))
    counters = counter_at(purpose, visit=(year - FIRST_YEAR) * VISITS_A_YEAR) + (layers << VISIT_SHIFT)
    return counters, SECONDS_A_YEAR / WIDTHS[layers], ranks[layers]


def ranks_below(layers: Ints, bound: Floats) -> Ints:
    """Count the ranks in each layer whose thresholds lie below the bound (columns, layers, kinds).

    Counted as drawn, in 52 bits. None in a layer that is not reached.
    """
    layer = np.arange(max(int(layers.max(initial=0)), 1))[None, :, None]
    bound = bound[:, None, :]
    most = 1 << RANK_BITS
    ranks: Ints = np.clip((bound - LOWS[layer]) / WIDTHS[layer] * RANKS, 0.0, float(most)).astype(np.int64)
    while (over := (ranks > 0) & (thresholds(layer, ranks - 1) >= bound)).any():
        ranks = ranks - over
    while (under := (ranks < most) & (thresholds(layer, ranks) < bound)).any():
        ranks = ranks + under
    return np.where(layer < layers[:, None, :], ranks, 0) << (WORD_BITS - RANK_BITS)
