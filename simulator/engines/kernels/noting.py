"""The log of events: rows of eight numbers, taken away by the host before they fill its room."""

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.layout import (
    ACT_INDEX,
    CASE_ID,
    CASE_NUMBER,
    IS_REAL,
    KLASS,
    LOG_END,
    LOG_NEXT,
    NONE,
    NOW,
    PERSON,
    PLACE,
    RESOURCE_INDEX,
)

LOG_WIDTH = 8
# Rows that one move of one case may add.
NOTES_A_MOVE = 8
ABSENT = -1


@kernel
def note(world: Ints, what: int, case: int, act: int) -> None:
    """Write an event of a case into the log, if one is kept; ``act`` may be none."""
    row = world[LOG_NEXT]
    if row >= world[LOG_END]:
        return
    place = world[case + PLACE]
    world[row], world[row + 1], world[row + 2] = world[NOW], what, world[case + PERSON]
    world[row + 3], world[row + 4] = world[case + CASE_ID], world[case + CASE_NUMBER]
    world[row + 5] = ABSENT if act == NONE else world[act + ACT_INDEX]
    world[row + 6] = ABSENT if place == NONE or world[place + IS_REAL] == 0 else world[place + RESOURCE_INDEX]
    world[row + 7] = world[case + KLASS]
    world[LOG_NEXT] = row + LOG_WIDTH


@kernel
def note_person(world: Ints, what: int, person: int, number: int, klass: int) -> None:
    """Write an event of a person into the log, if one is kept."""
    row = world[LOG_NEXT]
    if row >= world[LOG_END]:
        return
    world[row], world[row + 1], world[row + 2] = world[NOW], what, person
    world[row + 3], world[row + 4], world[row + 5], world[row + 6] = 0, number, ABSENT, ABSENT
    world[row + 7] = klass
    world[LOG_NEXT] = row + LOG_WIDTH
