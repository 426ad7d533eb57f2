"""Streams: the candidates of one column in a calendar year, drawn for many people at once.

A stream is one person's and one layer's. Those that have a candidate in the year sit at a desk; in each
round the candidates of all seats are written and the next ones drawn, and streams that are over leave. So
every step is a loop over rows of numbers (see ``blocks``).

Places are unsigned where the compiler cannot know it: it need not look then whether they count from the end.
"""

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.blocks import draw_blocks
from simulator.engines.candidates import COLUMN_BITS, K_BITS, LAYER_BITS, PERSON_BITS, RANK_BITS
from simulator.engines.compiled import kernel
from simulator.engines.day_order import CHUNK, Pool, take_chunk
from simulator.engines.elementary import take_logarithms
from simulator.engines.profile_time import DAY
from simulator.engines.year_pace import Pieces, find_seconds

GROUP = 1024
MOST_SEATS = GROUP * ((1 << LAYER_BITS) + 1)
FULL, TOO_MANY = -1, -2
MOST_K = (1 << K_BITS) - 1
LAYER_AND_K = (1 << (LAYER_BITS + K_BITS)) - 1
WORD_BITS = 52

U64 = np.uint64
NONE = U64(0)

# Rows of the desk: by seat, place among the people, address, counter of the next draw, how many ranks are
# kept, and the rank drawn; by candidate of the round, its seat and second.
PLACE, ADDRESS, COUNTER, KEPT, RANK, CHOSEN, SECOND = range(7)
# By seat, mean gap, moment and the logarithm drawn; by candidate of the round, its moment.
GAP, MOMENT, LOGARITHM, CHOSEN_MOMENT = range(4)
Desk = tuple[Ints, Floats]
# Who, of which kind, address, when they join, factor of the year.
People = tuple[Ints, Ints, Ints, Ints, Floats]
# By layer: first counter, mean gap, and by kind how many ranks lie below the bound; where streams begin and
# end in profile time.
Layers = tuple[Ints, Floats, Ints, float, float]
# Column; first second of the year; seconds from and before which candidates are wanted; how many of the
# people, the first ones, are there from the first day.
Wanted = tuple[int, int, int, int, int]


def new_desk() -> Desk:
    """Make a desk with no one at it."""
    return np.empty((7, MOST_SEATS), np.int64), np.empty((4, MOST_SEATS))


@kernel
def draw_column(
    pool: Pool,
    desk: Desk,
    key: tuple[int, int],
    people: People,
    layers: Layers,
    pieces: Pieces,
    wanted: Wanted,
) -> int:
    """Put the candidates of a column into the pool, in no order; return 0, ``FULL`` or ``TOO_MANY``."""
    count, size = 0, people[0].shape[0]
    for begin in range(0, size + GROUP, GROUP):
        for layer in range(layers[0].shape[0]):
            end = come(desk, count, people, begin, layers, layer)
            if end == count:
                break
            draw(desk, count, end, key)
            count = sit_down(desk, count, end, people[4], layers, layer)
        while count > (GROUP if begin + GROUP < size else 0):
            if not write_round(pool, desk, count, people, pieces, wanted):
                return FULL
            draw(desk, 0, count, key)
            count = go_on(desk, count, layers[4])
            if count < 0:
                return TOO_MANY
    return count


@kernel
def come(desk: Desk, count: int, people: People, begin: int, layers: Layers, layer: int) -> int:
    """Let those of a group who have a layer come to the desk, behind the ``count`` seated; return how many
    are there then."""
    places, addresses, counters, kept = desk[0][PLACE], desk[0][ADDRESS], desk[0][COUNTER], desk[0][KEPT]
    kinds, address = people[1], people[2]
    first, limits = layers[0][layer], layers[2][layer]
    top = U64(count)
    for person in range(begin, min(begin + GROUP, kinds.shape[0])):
        place = U64(person)
        limit = limits[U64(kinds[place])]
        places[top], addresses[top], counters[top], kept[top] = person, address[place], first, limit
        top += U64(limit > 0)
    return int(np.int64(top))


@kernel
def draw(desk: Desk, begin: int, end: int, key: tuple[int, int]) -> None:
    """Draw the next block of some seats: a logarithm and a rank each."""
    whole, logs = desk[0], desk[1][LOGARITHM, begin:end]
    draw_blocks(key, whole[ADDRESS, begin:end], whole[COUNTER, begin:end], logs, whole[RANK, begin:end])
    take_logarithms(logs)


@kernel
def sit_down(desk: Desk, count: int, end: int, times: Floats, layers: Layers, layer: int) -> int:
    """Seat those who came and whose stream has a candidate at all; return how many are seated."""
    places, addresses, counters = desk[0][PLACE], desk[0][ADDRESS], desk[0][COUNTER]
    kept, ranks = desk[0][KEPT], desk[0][RANK]
    gaps, moments, logs = desk[1][GAP], desk[1][MOMENT], desk[1][LOGARITHM]
    gap, begin = layers[1][layer], layers[3]
    length = (layers[4] - begin) / gap
    left = U64(count)
    for place in range(count, end):
        seat = U64(place)
        time = times[U64(places[seat])]
        places[left], addresses[left], counters[left] = places[seat], addresses[seat], counters[seat] + 1
        kept[left], ranks[left] = kept[seat], ranks[seat]
        gaps[left], moments[left] = time, -logs[seat]
        left += U64(-logs[seat] < time * length)
    seated = int(np.int64(left))
    for place in range(count, seated):
        gaps[place] = gap / gaps[place]
        moments[place] = begin + moments[place] * gaps[place]
    return seated


@kernel
def go_on(desk: Desk, count: int, until: float) -> int:
    """Go on to what was drawn; return how many streams are not over, or -1 if one has had all its numbers."""
    places, addresses, counters = desk[0][PLACE], desk[0][ADDRESS], desk[0][COUNTER]
    kept, ranks = desk[0][KEPT], desk[0][RANK]
    gaps, moments, logs = desk[1][GAP], desk[1][MOMENT], desk[1][LOGARITHM]
    left, is_past = NONE, False
    for seat in range(count):
        moment = moments[seat] - logs[seat] * gaps[seat]
        is_past |= counters[seat] & MOST_K == 0
        places[left], addresses[left], counters[left] = places[seat], addresses[seat], counters[seat] + 1
        kept[left], ranks[left] = kept[seat], ranks[seat]
        gaps[left], moments[left] = gaps[seat], moment
        left += U64(moment < until)
    return -1 if is_past else int(np.int64(left))


@kernel
def write_round(pool: Pool, desk: Desk, count: int, people: People, pieces: Pieces, wanted: Wanted) -> bool:
    """Write those candidates of the round that could happen; say whether there was room for all.

    Left out is who cannot come to an intensity above the candidate's threshold.
    """
    places, counters, kept, ranks = desk[0][PLACE], desk[0][COUNTER], desk[0][KEPT], desk[0][RANK]
    chosen, moments, chosen_moments = desk[0][CHOSEN], desk[1][MOMENT], desk[1][CHOSEN_MOMENT]
    who, joins = people[0], people[3]
    number = NONE
    for seat in range(count):
        chosen[number], chosen_moments[number] = seat, moments[seat]
        number += U64(ranks[seat] < kept[seat])
    seconds = desk[0][SECOND, : np.int64(number)]
    find_seconds(pieces, chosen_moments, seconds)
    rows, tops, days = pool
    column, year_start, start, end, settled = wanted
    for candidate in range(seconds.shape[0]):
        one, second = U64(chosen[candidate]), seconds[candidate]
        place = U64(places[one])
        if start <= second < end and (place < U64(settled) or joins[place] <= second):
            passed = second - year_start
            day = U64(passed) // U64(DAY)
            top = tops[day]
            if top & (CHUNK - 1) == 0:
                top = take_chunk(tops, days, passed // DAY)
                if top < 0:
                    return False
            rows[U64(top), 0] = (((passed << COLUMN_BITS) | column) << PERSON_BITS) | who[place]
            which = ((counters[one] - 1) & LAYER_AND_K) << RANK_BITS
            rows[U64(top), 1] = which | (ranks[one] >> (WORD_BITS - RANK_BITS))
            tops[day] = top + 1
    return True
