"""What may run short: looked at before each event, so that nothing within one ever finds no room."""

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.agenda import BRANCHES
from simulator.engines.kernels.enrolling import most_to_enrol
from simulator.engines.kernels.layout import (
    AGENDA_END,
    AGENDA_FULL,
    AGENDA_LIMIT,
    BROKEN,
    CASE_WIDTH,
    CASES_END,
    CASES_FULL,
    CASES_LIMIT,
    CASES_NEXT,
    CHECK_BROKE,
    COUNT,
    ENROLMENTS_END,
    ENROLMENTS_FULL,
    ENROLMENTS_NEXT,
    EVENTS,
    FAR,
    FREE_CASE,
    LOG_END,
    LOG_FULL,
    LOG_LIMIT,
    LOG_NEXT,
    LONGEST_BATCH,
    MARGIN,
    MOST_OPEN,
    NONE,
    PAUSE,
    PAUSED,
    PEOPLE_COUNT,
    REACHED,
    RESOURCE_COUNT,
    SCHEME_COUNT,
)
from simulator.engines.kernels.noting import LOG_WIDTH, NOTES_A_MOVE
from simulator.engines.kernels.patience import day_of


@kernel
def what_is_short(world: Ints) -> int:
    """Say which table might not hold what one more event adds, if a check broke, or the host wants a look."""
    if world[AGENDA_END] > world[AGENDA_LIMIT]:
        return AGENDA_FULL
    if world[CASES_NEXT] > world[CASES_LIMIT] and (world[FREE_CASE] == NONE or world[LONGEST_BATCH] > 1):
        return CASES_FULL
    if world[LOG_NEXT] > world[LOG_LIMIT]:
        return LOG_FULL
    if world[BROKEN] != 0:
        return CHECK_BROKE
    return PAUSED if world[EVENTS] >= world[PAUSE] else REACHED


@kernel
def set_limits(world: Ints, agenda: Ints) -> None:
    """Work out how far each table may fill before one more event might not find room in it.

    The most cases that one person has had open at once bounds what one event moves; when it rises the limits
    fall with it (``folk.open_for_person``).
    """
    moves = world[MOST_OPEN] + world[LONGEST_BATCH] + world[RESOURCE_COUNT]
    world[AGENDA_LIMIT] = agenda.shape[0] // 2 - BRANCHES - world[MARGIN] * moves
    world[CASES_LIMIT] = world[CASES_END] - world[LONGEST_BATCH] * world[CASE_WIDTH]
    notes = NOTES_A_MOVE * moves + world[SCHEME_COUNT] * world[PEOPLE_COUNT]
    world[LOG_LIMIT] = world[LOG_END] - LOG_WIDTH * notes if world[LOG_END] > 0 else FAR


@kernel
def what_is_short_to_enrol(world: Ints, agenda: Ints) -> int:
    """Say which table might not hold those who can be enrolled now."""
    most = most_to_enrol(world)
    if world[ENROLMENTS_NEXT] + most > world[ENROLMENTS_END]:
        return ENROLMENTS_FULL
    if 2 * (world[AGENDA_END] + BRANCHES + most) > agenda.shape[0]:
        return AGENDA_FULL
    return REACHED


@kernel
def what_is_short_to_begin(world: Ints, agenda: Ints, midnight: int) -> int:
    """Say which table might not hold those who may lose their patience on the day that begins."""
    many = world[AGENDA_END] + BRANCHES + world[day_of(world, midnight) + COUNT]
    return AGENDA_FULL if 2 * many > agenda.shape[0] else REACHED
