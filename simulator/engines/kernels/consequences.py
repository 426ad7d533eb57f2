"""Consequences: what befalls a person because they were in an activity, or were kept in it.

A row says for one activity: the purpose of its draws, what its person becomes, the chance of each group,
whether that is for each day kept, and where those befallen are counted by segment and home.
"""

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.chance import MOST_VISITS, VISIT_BITS, draw_at, visit_of
from simulator.engines.kernels.folk import group_of, home_of, is_alive, segment_of
from simulator.engines.kernels.layout import (
    ACTIVITY,
    CASE_ID,
    CONSEQUENCES,
    COUNT,
    FIRST,
    HOMES,
    NEVER,
    NOBODY,
    NONE,
    NOW,
    PERSON,
    READY,
    STAY,
    STAY_WAS,
    UNDER_WAS,
)
from simulator.engines.kernels.people import becomes
from simulator.engines.profile_time import DAY

PURPOSE, BEFALLEN_BECOMES, CHANCES, IS_PER_DAY, BEFALLEN, CONSEQUENCE_SIZE = range(6)


@kernel
def note_who_is_there(world: Ints, case: int, act: int) -> None:
    """Note whose stay begins, by group and visit, where something may follow it."""
    if world[act + CONSEQUENCES] != NONE:
        world[case + STAY_WAS] = (group_of(world, case) << VISIT_BITS) | visit_of(world, case, act)


@kernel
def befalls(world: Ints, reals: Floats, case: int, stay: int) -> None:
    """Let what may follow a stay that is being left befall its person, if alive and not that already."""
    rows, person = world[world[stay + ACTIVITY] + CONSEQUENCES], world[case + PERSON]
    if rows == NONE or person == NOBODY or not is_alive(world, person):
        return
    kept = world[NOW] - world[stay + READY] if world[stay + READY] != NEVER else 0
    was = world[case + (STAY_WAS if stay == case + STAY else UNDER_WAS)]
    group, visit = was >> VISIT_BITS, was & MOST_VISITS
    for number in range(world[rows + COUNT]):
        row = world[rows + FIRST + number]
        chance = reals[world[row + CHANCES] + group]
        if world[row + IS_PER_DAY] != 0:
            chance = chance * (kept / DAY)
        u, segment = (
            draw_at(world, world[case + CASE_ID], world[row + PURPOSE], visit, 0),
            segment_of(world, person),
        )
        if u < chance and segment != world[row + BEFALLEN_BECOMES]:
            place = segment * world[HOMES] + home_of(world, person)
            world[world[row + BEFALLEN] + place] += 1
            if world[row + BEFALLEN_BECOMES] >= 0:
                becomes(world, person, world[row + BEFALLEN_BECOMES])
