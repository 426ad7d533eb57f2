"""The agenda: what is to come, in a heap of four branches whose root is left vacant while it is refilled.

An event is two words: ``second * KINDS + kind``, then a tie: the case's number and slot, a number and a
resource, or an enrolment. The least comes first. The host makes room before the loop goes on, so nothing
here ever runs out of it.
"""

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.layout import (
    AGENDA_SIZE,
    AT_ENDS,
    AT_PATIENCE,
    CASE_NUMBER,
    END,
    KINDS,
    SLOT,
    SLOT_BITS,
)

BRANCHES = 4


@kernel
def put(world: Ints, agenda: Ints, second: int, kind: int, tie: int) -> None:
    """Put an event on the agenda; one that the run does not reach is left out."""
    if second >= world[END]:
        return
    key = second * KINDS + kind
    place = world[AGENDA_SIZE]
    world[AGENDA_SIZE] = place + 1
    while place > 0:
        above = (place - 1) // BRANCHES
        if agenda[2 * above] < key or (agenda[2 * above] == key and agenda[2 * above + 1] <= tie):
            break
        agenda[2 * place], agenda[2 * place + 1] = agenda[2 * above], agenda[2 * above + 1]
        place = above
    agenda[2 * place], agenda[2 * place + 1] = key, tie


@kernel
def put_end(world: Ints, agenda: Ints, case: int, second: int) -> None:
    """Put a second on the agenda at which something may be due of a case's stay."""
    put(world, agenda, second, AT_ENDS, case_tie(world, case))


@kernel
def put_patience(world: Ints, agenda: Ints, case: int, second: int) -> None:
    """Put a loss of patience on the agenda."""
    put(world, agenda, second, AT_PATIENCE, case_tie(world, case))


@kernel
def case_tie(world: Ints, case: int) -> int:
    """Give a case's place among events of one second: by number; the slot finds it again."""
    return (world[case + CASE_NUMBER] << SLOT_BITS) | world[case + SLOT]


@kernel
def take_first(world: Ints, agenda: Ints) -> None:
    """Take the first event off the agenda."""
    last = world[AGENDA_SIZE] - 1
    world[AGENDA_SIZE] = last
    key, tie = agenda[2 * last], agenda[2 * last + 1]
    place, least = 0, 1
    while least < last:
        one = least
        for other in range(one + 1, min(one + BRANCHES, last)):
            if agenda[2 * other] < agenda[2 * least] or (
                agenda[2 * other] == agenda[2 * least] and agenda[2 * other + 1] < agenda[2 * least + 1]
            ):
                least = other
        if key < agenda[2 * least] or (key == agenda[2 * least] and tie <= agenda[2 * least + 1]):
            break
        agenda[2 * place], agenda[2 * place + 1] = agenda[2 * least], agenda[2 * least + 1]
        place, least = least, BRANCHES * least + 1
    agenda[2 * place], agenda[2 * place + 1] = key, tie
