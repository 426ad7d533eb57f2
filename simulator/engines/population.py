"""Who there is: the people of the first day, and all who might join; each with address, segment and home."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from simulator.compiler.hashes import HOME_PURPOSE
from simulator.compiler.program import Floats, Ints, People, Program
from simulator.engines.addresses import joiner_addresses, joiner_stream, person_addresses
from simulator.engines.blocks import blocks_at, counter_at, second_units, units_at
from simulator.engines.candidates import LOWS, SECONDS_A_YEAR, WIDTHS
from simulator.engines.elementary import take_logarithms

NEVER = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Population:
    """Everybody of a run, by segment and ordinal, then joiners by segment, year, layer and k.

    ``candidate_second`` (0 for those of the first day, at least 1 for others) is when somebody would join
    if the joiners a year into the segment exceeded ``joins_threshold``.
    """

    address: Ints
    segment: Ints
    home: Ints
    candidate_second: Ints
    joins_threshold: Floats


class Key(NamedTuple):
    """The key of all draws: the study's seed and the replication."""

    seed: int
    replication: int


Part = tuple[Ints, Ints, Ints, Floats]
NOBODY_AT_ALL: Part = (
    np.zeros(0, dtype=np.int64),
    np.zeros(0, dtype=np.int64),
    np.zeros(0, dtype=np.int64),
    np.zeros(0, dtype=np.float64),
)


def draw_population(program: Program, key: Key) -> Population:
    """Draw everybody of a run."""
    people = program.people
    parts = [NOBODY_AT_ALL, *(first_day(people, segment) for segment in range(len(people.segment_people)))]
    parts += [joiners(program, segment, key=key) for segment in range(len(people.segment_people))]
    address, segment, second, threshold = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Population(
        address=address,
        segment=segment,
        home=homes(people.home_cumulative, address, key=key),
        candidate_second=second,
        joins_threshold=threshold,
    )


def first_day(people: People, segment: int) -> Part:
    """List the people of a segment on the first day."""
    count = int(people.segment_people[segment])
    address = person_addresses(int(people.segment_hash[segment]), np.arange(count))
    return address, np.full(count, segment), np.zeros(count, dtype=np.int64), np.zeros(count)


def joiners(program: Program, segment: int, *, key: Key) -> Part:
    """List the candidates to join a segment, by year, layer and k."""
    people, calendar = program.people, program.calendar
    layers, purpose = int(people.joiner_layers[segment]), int(people.joiner_hash[segment])
    found = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))]
    for place, start in enumerate(calendar.year_start_second[:-1].tolist()):
        end = min(int(calendar.year_start_second[place + 1]), calendar.end_second)
        for layer in range(layers):
            stream = (purpose, calendar.first_year + place, layer)
            found.append(joiners_of_year(key, stream, start=start, end=end))
    address, second, threshold = (np.concatenate(column) for column in zip(*found, strict=True))
    return address, np.full(len(address), segment), second, threshold


def joiners_of_year(
    key: Key, stream: tuple[int, int, int], *, start: int, end: int
) -> tuple[Ints, Ints, Floats]:
    """List the candidates of one year and layer, drawn as many at a time as are likely to come.

    ``k`` is counted through blocks and visits: both together are the lower half of the counter.
    """
    purpose, year, layer = stream
    source = joiner_stream(purpose, year=year, layer=layer)
    moments, ranks = np.array([float(start)]), np.empty(0)
    some = int((end - start) * WIDTHS[layer] / SECONDS_A_YEAR) + 20
    while moments[-1] < end:
        ks = np.arange(len(ranks), len(ranks) + some)
        units, words = blocks_at(key, np.full(some, source), counters=counter_at(purpose, visit=0) + ks)
        take_logarithms(units)
        steps = -units * SECONDS_A_YEAR / WIDTHS[layer]
        moments = np.append(moments, np.cumsum(np.append(moments[-1], steps))[1:])
        ranks = np.append(ranks, second_units(words))
    comes = np.flatnonzero((moments[1:] < end) & (moments[1:] >= 0.0))
    return (
        joiner_addresses(source, comes),
        np.maximum(moments[1 + comes].astype(np.int64), 1),
        LOWS[layer] + WIDTHS[layer] * ranks[comes],
    )


def homes(cumulative: Floats, address: Ints, *, key: Key) -> Ints:
    """Give where people live, by inversion of the homes' running shares."""
    found = np.searchsorted(cumulative, units_at(key, address, purpose=HOME_PURPOSE, visit=0), side="right")
    return np.minimum(found, len(cumulative) - 1)
