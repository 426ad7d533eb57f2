"""Who there is: the people of the first day, and all who might join; each with address, segment and home."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from simulator.compiler.hashes import HOME_PURPOSE
from simulator.compiler.program import Floats, Ints, People, Program
from simulator.engines.candidates import SECONDS_A_YEAR, layer_low, layer_width
from simulator.engines.compiled import kernel
from simulator.engines.draws import joiner_address, joiner_stream, person_address, uniform, uniform_pair
from simulator.engines.elementary import logarithm

BLOCKS = 65536
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
        home=homes(people.home_cumulative, address, key, HOME_PURPOSE),
        candidate_second=second,
        joins_threshold=threshold,
    )


def first_day(people: People, segment: int) -> Part:
    """List the people of a segment on the first day."""
    count = int(people.segment_people[segment])
    address = people_addresses(int(people.segment_hash[segment]), count)
    return address, np.full(count, segment), np.zeros(count, dtype=np.int64), np.zeros(count)


def joiners(program: Program, segment: int, *, key: Key) -> Part:
    """List the candidates to join a segment, by year, layer and k."""
    people, calendar = program.people, program.calendar
    layers, purpose = int(people.joiner_layers[segment]), int(people.joiner_hash[segment])
    found = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))]
    for place, start in enumerate(calendar.year_start_second[:-1].tolist()):
        end = int(calendar.year_start_second[place + 1])
        for layer in range(layers):
            stream = (purpose, calendar.first_year + place, layer)
            found.append(joiners_of_year(key, stream, ends=(start, end), run_end=calendar.end_second))
    address, second, threshold = (np.concatenate(column) for column in zip(*found, strict=True))
    return address, np.full(len(address), segment), second, threshold


def joiners_of_year(
    key: Key, stream: tuple[int, int, int], *, ends: tuple[int, int], run_end: int
) -> tuple[Ints, Ints, Floats]:
    """List the candidates of one year and layer; the room for them grows until they fit."""
    room = 64
    while True:
        address, second = np.empty(room, np.int64), np.empty(room, np.int64)
        threshold = np.empty(room)
        size = joiner_candidates(address, second, threshold, key, stream, ends, run_end)
        if size >= 0:
            return address[:size], second[:size], threshold[:size]
        room *= 2


@kernel
def people_addresses(purpose: int, count: int) -> Ints:
    """Return the addresses of the people of a segment."""
    found = np.empty(count, np.int64)
    for ordinal in range(count):
        found[ordinal] = person_address(purpose, ordinal)
    return found


@kernel
def homes(cumulative: Floats, address: Ints, key: tuple[int, int], purpose: int) -> Ints:
    """Return where people live, by inversion of the homes' running shares."""
    found = np.empty(address.shape[0], np.int64)
    for person in range(address.shape[0]):
        u = uniform(key[0], key[1], address[person], purpose, 0, 0)
        home = 0
        while home < cumulative.shape[0] - 1 and cumulative[home] <= u:
            home += 1
        found[person] = home
    return found


@kernel
def joiner_candidates(
    address: Ints,
    second: Ints,
    threshold: Floats,
    key: tuple[int, int],
    stream: tuple[int, int, int],
    ends: tuple[int, int],
    run_end: int,
) -> int:
    """Write the candidates to join a segment in a year and layer; return their number, or -1 without room."""
    purpose, year, layer = stream
    source = joiner_stream(purpose, year, layer)
    low, width = layer_low(layer), layer_width(layer)
    moment, size, k = float(ends[0]), 0, 0
    while True:
        wait, rank = uniform_pair(key[0], key[1], source, purpose, k // BLOCKS, k % BLOCKS)
        moment -= logarithm(wait) * SECONDS_A_YEAR / width
        if moment >= ends[1] or moment >= run_end:
            return size
        if moment >= 0.0:
            if size == address.shape[0]:
                return -1
            address[size] = joiner_address(purpose, year, layer, k)
            second[size] = max(int(moment), 1)
            threshold[size] = low + width * rank
            size += 1
        k += 1
