"""Candidates: moments at which somebody would come to need something, if their rate were high enough.

One person, one need, one calendar year and one layer of rate make a stream of their own. In profile time
its gaps are unit exponentials over (layer width × the person's factor of the year); the second word of each
block says at which rate in the layer the candidate comes true. Layers are 0–½, ½–1, 1–2, 2–4 … a year.
Whole years are drawn from 1 January, and what lies outside the run is dropped: so nothing moves when a
horizon, a neighbour or a layer is added.

A candidate is a row of two whole numbers whose order is the order in which candidates are read: second of
the year, column (need) and person; layer, k and rank in the layer (kept to 2⁻⁴⁰).
"""

import math

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.draws import need_case, uniform_pair
from simulator.engines.elementary import logarithm
from simulator.engines.profile_time import profile_seconds
from simulator.engines.year_pace import Clock, Pace, second_in_year, year_pace

COLUMN_BITS, PERSON_BITS, K_BITS, RANK_BITS = 10, 28, 16, 40
MOST_COLUMNS, MOST_PEOPLE, MOST_K = 1 << COLUMN_BITS, 1 << PERSON_BITS, (1 << K_BITS) - 1
RANKS = float(1 << RANK_BITS)
MOST_LAYERS = VISITS_A_YEAR = 16
SECONDS_A_YEAR = 31557600.0
FIRST_YEAR = 1900
GROUP = 1024
FULL, TOO_MANY = -1, -2

# Seed, replication, purpose and visit.
Counter = tuple[int, int, int, int]
# Of those still going on in a group: place, address, mean gap, moment; and what was drawn: gap and rank.
Desk = tuple[Ints, Ints, Floats, Floats, Floats, Floats]


@kernel
def layer_low(layer: int) -> float:
    """Return the lower edge of a layer, a year."""
    return 0.0 if layer == 0 else 0.25 * float(1 << layer)


@kernel
def layer_width(layer: int) -> float:
    """Return the width of a layer, a year."""
    return 0.5 if layer == 0 else 0.25 * float(1 << layer)


@kernel
def second_of(row: Ints, year_start: int) -> int:
    """Return the second of a candidate."""
    return year_start + (row[0] >> (COLUMN_BITS + PERSON_BITS))


@kernel
def column_of(row: Ints) -> int:
    """Return what a candidate is for."""
    return (row[0] >> PERSON_BITS) & (MOST_COLUMNS - 1)


@kernel
def person_of(row: Ints) -> int:
    """Return whose candidate it is."""
    return row[0] & (MOST_PEOPLE - 1)


@kernel
def layer_of(row: Ints) -> int:
    """Return the layer of a candidate."""
    return row[1] >> (K_BITS + RANK_BITS)


@kernel
def k_of(row: Ints) -> int:
    """Return which candidate of its stream it is, from 0."""
    return (row[1] >> RANK_BITS) & MOST_K


@kernel
def threshold_of(row: Ints) -> float:
    """Return the intensity, a year, above which a candidate comes true."""
    layer = layer_of(row)
    rank = row[1] & ((1 << RANK_BITS) - 1)
    return layer_low(layer) + layer_width(layer) * ((rank + 0.5) / RANKS)


@kernel
def case_of(row: Ints, address: Ints, purpose: Ints, year: int) -> int:
    """Return the id of the case that a candidate would open."""
    person, column = person_of(row), column_of(row)
    return need_case(address[person], purpose[column], year, layer_of(row), k_of(row))


@kernel
def expected_number(
    layers: Ints, bound: Floats, trait: Ints, factor: Floats, kind: Ints, years: Floats
) -> float:
    """Return how many candidates to expect; ``years`` (columns) is the stretch of profile time, in years."""
    total = 0.0
    for column in range(layers.shape[0]):
        for place in range(kind.shape[0]):
            count = layers[column, kind[place]]
            if count > 0:
                times = factor[trait[column], place] if trait[column] >= 0 else 1.0
                total += min(2.0 ** (count - 2), bound[column, kind[place]]) * times * years[column]
    return total


@kernel
def generate(
    rows: Ints,
    key: tuple[int, int],
    span: tuple[int, int, int, int],
    reach: tuple[Ints, Floats],
    purpose: Ints,
    trait: Ints,
    factor: Floats,
    profile: Ints,
    people: tuple[Ints, Ints, Ints, Ints],
    clock: Clock,
) -> int:
    """Write the candidates of one calendar year into rows (room, 2), in no order; return their number.

    ``key`` is seed and replication; ``span`` the year, its first second, the next year's, and the end of
    the run. ``people``: who, of which kind, their addresses and when they join, in order of kind, as the
    columns of ``factor`` are; ``reach``: layers and bounds (columns, kinds). Returns ``FULL`` when the rows
    do not hold them all, ``TOO_MANY`` when a stream has more than its addresses.
    """
    year, year_start, year_end, run_end = span
    layers, bound = reach
    who, kind, address, joins = people
    even = np.ones(address.shape[0])
    desk = new_desk()
    size = 0
    for column in range(layers.shape[0]):
        pace = year_pace(clock, profile[column], year_start, year_end)
        until = profile_seconds(*clock, profile[column], float(min(run_end, year_end)))
        times = factor[trait[column]] if trait[column] >= 0 else even
        begin = 0
        while begin < address.shape[0]:
            end = group_end(kind, begin)
            for layer in range(layers[column, kind[begin]]):
                counter = key[0], key[1], purpose[column], (year - FIRST_YEAR) * VISITS_A_YEAR + layer
                group = begin, address[begin:end], times[begin:end]
                gap = SECONDS_A_YEAR / layer_width(layer)
                count = seat(desk, counter, group, (pace[0][0], until), gap)
                what = column, layer, year_start, min(run_end, year_end), bound[column, kind[begin]]
                size = streams(rows, size, desk, count, counter, (who, joins), pace, until, what)
                if size < 0:
                    return size
            begin = end
    return size


@kernel
def new_desk() -> Desk:
    """Make room for a group."""
    return (
        np.empty(GROUP, np.int64),
        np.empty(GROUP, np.int64),
        np.empty(GROUP),
        np.empty(GROUP),
        np.empty(GROUP),
        np.empty(GROUP),
    )


@kernel
def group_end(kind: Ints, begin: int) -> int:
    """Return where the group of neighbours of one kind ends that begins at a place."""
    end = begin + 1
    most = min(begin + GROUP, kind.shape[0])
    while end < most and kind[end] == kind[begin]:
        end += 1
    return end


@kernel
def seat(
    desk: Desk,
    counter: Counter,
    group: tuple[int, Ints, Floats],
    ends: tuple[float, float],
    gap: float,
) -> int:
    """Put those streams of a group on the desk that have a candidate at all; return how many there are."""
    places, addresses, gaps, moments, waits, ranks = desk
    begin, address, times = group
    draw_blocks(address, waits, ranks, counter, 0)
    length = (ends[1] - ends[0]) / gap
    count = 0
    for place in range(address.shape[0]):
        if waits[place] < times[place] * length:
            places[count], addresses[count] = begin + place, address[place]
            gaps[count] = gap / times[place]
            moments[count] = ends[0] + waits[place] * gaps[count]
            ranks[count] = ranks[place]
            count += 1
    return count


@kernel
def streams(
    rows: Ints,
    size: int,
    desk: Desk,
    count: int,
    counter: Counter,
    people: tuple[Ints, Ints],
    pace: Pace,
    until: float,
    what: tuple[int, int, int, int, float],
) -> int:
    """Write one column's and layer's streams of a group from row ``size`` on; return the rows then written.

    All go on together, one candidate at a time; those that are past ``until`` leave the desk. ``what``: the
    column, the layer, the year's first second, the end of what is wanted, and the bound: who cannot come to
    an intensity above their threshold is left out. ``people``: who, and when they join.
    """
    places, _, _, moments, _, ranks = desk
    who, joins = people
    column, layer, year_start, end, bound = what
    for k in range(MOST_K + 1):
        if size + count > rows.shape[0]:
            return FULL
        for seated in range(count):
            rows[size, 1] = (((layer << K_BITS) | k) << RANK_BITS) | int(ranks[seated] * RANKS)
            if threshold_of(rows[size]) >= bound:
                continue
            second, person = math.floor(second_in_year(pace, moments[seated])), who[places[seated]]
            rows[size, 0] = ((((second - year_start) << COLUMN_BITS) | column) << PERSON_BITS) | person
            size += int(joins[places[seated]] <= second < end)
        count = go_on(desk, count, counter, k + 1, until)
        if count == 0:
            return size
    return TOO_MANY


@kernel
def go_on(desk: Desk, count: int, counter: Counter, k: int, until: float) -> int:
    """Draw the ``k``-th candidate of the streams on the desk; return how many are not over."""
    places, addresses, gaps, moments, waits, ranks = desk
    draw_blocks(addresses[:count], waits, ranks, counter, k)
    left = 0
    for seated in range(count):
        moment = moments[seated] + waits[seated] * gaps[seated]
        if moment < until:
            places[left], addresses[left] = places[seated], addresses[seated]
            gaps[left], moments[left], ranks[left] = gaps[seated], moment, ranks[seated]
            left += 1
    return left


@kernel
def draw_blocks(addresses: Ints, waits: Floats, ranks: Floats, counter: Counter, k: int) -> None:
    """Draw block ``k`` of the streams on the desk: a unit exponential and a rank each."""
    seed, replication, purpose, visit = counter
    for seated in range(addresses.shape[0]):
        u, ranks[seated] = uniform_pair(seed, replication, addresses[seated], purpose, visit, k)
        waits[seated] = -logarithm(u)
