"""The agenda: what is to come, in a heap of four branches whose root is left vacant while an event happens.

An event is two words: ``second * KINDS + kind``, then a tie: the case's number and slot, a number and a
resource, or an enrolment. The least comes first. The first event added while the root is vacant goes there
and sinks, which is what most events do: an end that makes the next. Places are numbered from ``ROOT``, so
that the four below one stand in one line of memory; behind the last all places hold ``FAR``. The host makes
room before the loop goes on, so nothing here ever runs out of it.
"""

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.fetching import fetch
from simulator.engines.kernels.layout import (
    A_LINE,
    AGENDA_END,
    AGENDA_GAP,
    AT_ENDS,
    AT_PATIENCE,
    CASE_NUMBER,
    CASE_WIDTH,
    CASES,
    END,
    FAR,
    KINDS,
    SLOT,
    SLOT_BITS,
)

BRANCHES, ROOT = 4, 3


@kernel
def put(world: Ints, agenda: Ints, second: int, kind: int, tie: int) -> None:
    """Put an event on the agenda; one that the run does not reach is left out."""
    if second >= world[END]:
        return
    key = second * KINDS + kind
    if world[AGENDA_GAP] != 0:
        world[AGENDA_GAP] = 0
        sink(world, agenda, key, tie)
    else:
        rise(world, agenda, key, tie)


@kernel
def rise(world: Ints, agenda: Ints, key: int, tie: int) -> None:
    """Put an event behind the last and let it rise."""
    place = world[AGENDA_END]
    world[AGENDA_END] = place + 1
    while place > ROOT:
        above = (place >> 2) + 2
        if agenda[2 * above] < key or (agenda[2 * above] == key and agenda[2 * above + 1] <= tie):
            break
        agenda[2 * place], agenda[2 * place + 1] = agenda[2 * above], agenda[2 * above + 1]
        place = above
    agenda[2 * place], agenda[2 * place + 1] = key, tie


@kernel
def sink(world: Ints, agenda: Ints, key: int, tie: int) -> None:
    """Put an event at the vacant root and let it sink."""
    place, below, end = ROOT, BRANCHES, world[AGENDA_END]
    while below < end:
        least = first_of_four(agenda, below)
        if key < agenda[2 * least] or (key == agenda[2 * least] and tie <= agenda[2 * least + 1]):
            break
        agenda[2 * place], agenda[2 * place + 1] = agenda[2 * least], agenda[2 * least + 1]
        place, below = least, BRANCHES * (least - 2)
    agenda[2 * place], agenda[2 * place + 1] = key, tie


@kernel
def first_of_four(agenda: Ints, below: int) -> int:
    """Return which of the four from a place on comes first, without a branch to be foretold wrongly."""
    one = below + is_before(agenda, below + 1, below)
    other = below + 2 + is_before(agenda, below + 3, below + 2)
    return other if is_before(agenda, other, one) else one


@kernel
def is_before(agenda: Ints, one: int, other: int) -> int:
    """Return 1 where the event at one place comes before the one at another, else 0."""
    key, than = agenda[2 * one], agenda[2 * other]
    return int((key < than) | ((key == than) & (agenda[2 * one + 1] < agenda[2 * other + 1])))


@kernel
def take_first(world: Ints, agenda: Ints) -> None:
    """Take the first event off the agenda, its place left vacant; fetch the case of the next."""
    world[AGENDA_GAP] = 1
    slot = agenda[2 * first_of_four(agenda, BRANCHES) + 1] & ((1 << SLOT_BITS) - 1)
    case = min(world[CASES] + slot * world[CASE_WIDTH], world.shape[0] - 3 * A_LINE)
    fetch(world, case)
    fetch(world, case + A_LINE)
    fetch(world, case + 2 * A_LINE)


@kernel
def close_gap(world: Ints, agenda: Ints) -> None:
    """Fill the root, if it is vacant, with the last event."""
    if world[AGENDA_GAP] == 0:
        return
    world[AGENDA_GAP] = 0
    last = world[AGENDA_END] - 1
    world[AGENDA_END] = last
    key, tie = agenda[2 * last], agenda[2 * last + 1]
    agenda[2 * last] = FAR
    if last > ROOT:
        sink(world, agenda, key, tie)


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
