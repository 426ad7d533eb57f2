"""Feeds: candidates for needs, life events, joiners and referrals.

A candidate happens if the present intensity exceeds its threshold. What an intervention averts is a named
candidate that would have happened without it; what it induces is one that would not.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Floats, Ints
from simulator.engines.candidates import column_of, k_of, layer_of, person_of, threshold_of
from simulator.engines.compiled import kernel
from simulator.engines.draws import need_case, referral_case
from simulator.engines.kernels.care import opens, person_dies
from simulator.engines.kernels.cases import new_case
from simulator.engines.kernels.chance import draw_at, entry_at
from simulator.engines.kernels.effects import count_sent, moved_along, share_out_averted, with_effects
from simulator.engines.kernels.folk import first_open, home_of, may_need, person_row, segment_of
from simulator.engines.kernels.layout import (
    ADDRESS,
    COUNT,
    HAPPENED,
    HAZARD_EFFECTS,
    HAZARDS,
    HOMES,
    INDUCED,
    JOINER_EFFECTS,
    JOINER_RATES,
    NEED,
    NEED_BASE,
    NEED_CHOICES,
    NEED_EFFECTS,
    NEED_FIRST_EFFECTS,
    NEED_HASH,
    NEED_INDEX,
    NEED_KLASS,
    NEED_SIZE,
    NEEDS,
    NEXT_OF_PERSON,
    NOBODY,
    NONE,
    NOW,
    ONE_AT_A_TIME,
    POOL_HEADS,
    POOL_TAKEN,
    QUARTER,
    REFERRAL_BASE,
    REFERRAL_CHOICE,
    REFERRAL_EFFECTS,
    REFERRAL_FIRST_EFFECTS,
    REFERRAL_HASH,
    REFERRAL_KLASS,
    REFERRAL_SIZE,
    REFERRALS,
    SEGMENTS,
    STATES,
    TAKES_FROM,
    TRACKED,
    TRANSITIONS,
    WINDOW,
    YEAR,
)
from simulator.engines.kernels.noting import note_person
from simulator.engines.kernels.people import becomes, joins
from simulator.engines.log import AVERTED as LOG_AVERTED
from simulator.engines.records import AVERTED as AVERTED_BIT
from simulator.engines.records import HAPPENED as HAPPENED_BIT
from simulator.engines.records import INDUCED as INDUCED_BIT


class Feeds(NamedTuple):
    """All that is known beforehand, in order, and what became of it.

    ``present`` (cases, columns of ``beginning``): those whom day one finds.
    ``calendar`` (events, 4): key, tie, what, whom. ``needs`` and ``life`` (candidates, 2) of the present
    calendar year, as ``candidates`` lays them out. ``joiners`` (candidates, 2): second and person.
    ``referrals`` (candidates, 5): second, referral, layer, ordinal, batch. ``fate`` (candidates for needs of
    the year): what became of each. ``use`` (needs tracked, quarters, people): how often they came. ``best_…``
    (people): room in which those to be enrolled are put in order.
    """

    present: Ints
    calendar: Ints
    needs: Ints
    life: Ints
    joiners: Ints
    joiner_threshold: Floats
    referrals: Ints
    referral_threshold: Floats
    fate: NDArray[np.uint8]
    use: NDArray[np.uint16]
    best_who: Ints
    best_use: Ints
    best_lot: Floats


@kernel
def may_come(world: Ints, reals: Floats, row: Ints) -> bool:
    """Say whether a candidate for a need could come to anything: most do not, and are passed quickly."""
    person = person_of(row)
    state = world[world[STATES] + person]
    if not may_need(state):
        return False
    need = world[NEEDS] + column_of(row) * NEED_SIZE
    has_effects = world[world[need + NEED_EFFECTS] + COUNT] > 0
    return has_effects or threshold_of(row) < base_rate(world, reals, need, person)


@kernel
def need_comes(world: Ints, reals: Floats, agenda: Ints, row: Ints) -> int:
    """Let a candidate for a need happen, be averted, or pass; return what became of it."""
    person, need = person_of(row), world[NEEDS] + column_of(row) * NEED_SIZE
    threshold, base = threshold_of(row), base_rate(world, reals, need, person)
    rate = base
    if world[world[need + NEED_EFFECTS] + COUNT] > 0:
        rate = with_effects(world, reals, world[need + NEED_EFFECTS], base, person)
    if threshold >= base and threshold >= rate:
        return 0
    if world[need + ONE_AT_A_TIME] != 0 and has_open(world, person, need):
        return 0
    if threshold < rate:
        happens(world, reals, agenda, row, threshold >= base)
        return HAPPENED_BIT | INDUCED_BIT if threshold >= base else HAPPENED_BIT
    share_out_averted(world, reals, need, segment_of(world, person), base, person)
    note_person(world, LOG_AVERTED, person, 0, world[need + NEED_KLASS])
    return AVERTED_BIT


@kernel
def write_down(world: Ints, feeds: Feeds, at: int, became: int) -> None:
    """Write down what became of a candidate for a need, and that its person came."""
    if world[NOW] >= world[WINDOW]:
        feeds.fate[at] = np.uint8(became)
    row = feeds.needs[at]
    tracked = world[world[NEEDS] + column_of(row) * NEED_SIZE + TRACKED]
    if tracked >= 0 and became != AVERTED_BIT:
        feeds.use[tracked, world[QUARTER], person_of(row)] += np.uint16(1)


@kernel
def base_rate(world: Ints, reals: Floats, need: int, person: int) -> float:
    """Return a person's intensity of a need without effects."""
    place = (world[need + NEED_INDEX] * world[SEGMENTS] + segment_of(world, person)) * world[HOMES]
    return reals[world[NEED_BASE] + place + home_of(world, person)]


@kernel
def has_open(world: Ints, person: int, need: int) -> bool:
    """Say whether a case of a need is open."""
    case = first_open(world, person)
    while case != NONE:
        if world[case + NEED] == need:
            return True
        case = world[case + NEXT_OF_PERSON]
    return False


@kernel
def happens(world: Ints, reals: Floats, agenda: Ints, row: Ints, is_induced: bool) -> None:
    """A need happens: it is counted, and opens a case."""
    person, need = person_of(row), world[NEEDS] + column_of(row) * NEED_SIZE
    segment, index = segment_of(world, person), world[need + NEED_INDEX]
    place = (index * world[SEGMENTS] + segment) * world[HOMES] + home_of(world, person)
    world[world[HAPPENED] + place] += 1
    if is_induced:
        world[world[INDUCED] + place] += 1
    purpose, address = world[need + NEED_HASH], world[person_row(world, person) + ADDRESS]
    id = need_case(address, purpose, world[YEAR], layer_of(row), k_of(row))
    case = new_case(world, id, person, world[need + NEED_KLASS], need)
    choice = world[world[need + NEED_CHOICES] + segment]
    entry = entry_at(world, reals, choice, draw_at(world, id, purpose, 0, 0))
    entry = moved_along(world, reals, case, world[need + NEED_FIRST_EFFECTS], choice, 0, entry)
    count_sent(world, case, entry)
    opens(world, reals, agenda, case, entry)


@kernel
def life_comes(world: Ints, reals: Floats, agenda: Ints, feeds: Feeds, at: int) -> None:
    """Let a candidate for death (column 0) or for a change of segment come true, or pass."""
    row = feeds.life[at]
    person, column = person_of(row), column_of(row)
    if not may_need(world[world[STATES] + person]):
        return
    segment, segments = segment_of(world, person), world[SEGMENTS]
    target = segments if column == 0 else column - 1
    place = segment * (segments + 1) + target
    effects = world[world[HAZARD_EFFECTS] + place]
    hazard = with_effects(world, reals, effects, reals[world[HAZARDS] + place], person)
    if threshold_of(row) >= hazard:
        return
    world[world[TRANSITIONS] + place] += 1
    if column == 0:
        person_dies(world, reals, agenda, person)
    else:
        becomes(world, person, target)


@kernel
def joiner_comes(world: Ints, reals: Floats, feeds: Feeds, at: int) -> None:
    """Let a candidate to join come, or not."""
    person = feeds.joiners[at, 1]
    segment = segment_of(world, person)
    base = reals[world[JOINER_RATES] + segment]
    rate = with_effects(world, reals, world[world[JOINER_EFFECTS] + segment], base, NOBODY)
    if feeds.joiner_threshold[at] < rate:
        joins(world, person)


@kernel
def referral_comes(world: Ints, reals: Floats, agenda: Ints, feeds: Feeds, at: int) -> None:
    """Let a candidate of a referral come, or not: as many cases as its batch has."""
    referral = world[REFERRALS] + feeds.referrals[at, 1] * REFERRAL_SIZE
    base = reals[world[referral + REFERRAL_BASE]]
    rate = with_effects(world, reals, world[referral + REFERRAL_EFFECTS], base, NOBODY)
    if feeds.referral_threshold[at] >= rate:
        return
    purpose, choice = world[referral + REFERRAL_HASH], world[referral + REFERRAL_CHOICE]
    for place in range(feeds.referrals[at, 4]):
        if not has_head(world, world[referral + TAKES_FROM]):
            return
        id = referral_case(purpose, feeds.referrals[at, 2], feeds.referrals[at, 3], place)
        case = new_case(world, id, NOBODY, world[referral + REFERRAL_KLASS], NONE)
        entry = entry_at(world, reals, choice, draw_at(world, id, purpose, 0, 0))
        entry = moved_along(world, reals, case, world[referral + REFERRAL_FIRST_EFFECTS], choice, 0, entry)
        count_sent(world, case, entry)
        opens(world, reals, agenda, case, entry)


@kernel
def has_head(world: Ints, pool: int) -> bool:
    """Take a head out of a pool; say whether there was one, or none is needed."""
    if pool == NONE:
        return True
    if world[pool + POOL_HEADS] == 0:
        return False
    world[pool + POOL_HEADS] -= 1
    world[pool + POOL_TAKEN] += 1
    return True
