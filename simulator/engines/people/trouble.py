"""What is said when a run cannot go on: a ring that the model forbids, a self-check that broke."""

from typing import NoReturn

from simulator.compiler.program import Program
from simulator.engines.kernels import layout as at
from simulator.engines.kernels.rings import IN_RING, RING_ACTIVITY, RING_RESOURCE, RING_WIDTH
from simulator.engines.people.world import World
from simulator.errors import RunFailed, SelfCheckFailed

WHAT_BROKE = {
    at.NO_PLACE_FREE: "a case started while no place was free",
    at.IMPOSSIBLE_ROW: "a case came to an activity where the compiler found that none could come",
    at.TIME_WENT_BACK: "something was to happen at an earlier second",
    at.NOT_ENOUGH_IN_USE: "more places were given back than were in use",
}
KIND_NAMES = ("reading", "calendar", "capacity", "end", "turnaround", "patience", "life", "need")


def raise_ring(program: Program, world: World) -> NoReturn:
    """Say which ring closed."""
    rows = world.rows(at.RING, len(program.names.resources), width=RING_WIDTH)
    ints, names = world.ints, program.names.activities
    first = int(rows[0, IN_RING])
    length = next(
        number + 1
        for number in range(len(rows))
        if int(ints[first + at.PLACE]) == int(rows[number, RING_RESOURCE])
    )
    acts = [int(ints[int(rows[number, RING_ACTIVITY]) + at.ACT_INDEX]) for number in range(length)]
    where = " → ".join(f"'{names[act]}'" for act in acts)
    raise RunFailed(
        f"At second {ints[at.NOW]} a ring had closed: cases hold the places that each other wait for "
        f"({where}), and the model says ring = 'fail'."
    )


def raise_broken(program: Program, world: World) -> NoReturn:
    """Say which self-check broke, of which case, and what happened last."""
    ints = world.ints
    if ints[at.BROKEN] == at.TOO_MANY_VISITS:
        raise RunFailed("a case came to one activity more than 65,534 times; is there no way out?")
    case = int(ints[at.BROKEN_CASE])
    klass = program.names.classes[int(ints[case + at.KLASS])] if case else "?"
    raise SelfCheckFailed(
        f"At second {ints[at.NOW]}: {WHAT_BROKE[int(ints[at.BROKEN])]} (case "
        f"{int(ints[case + at.CASE_NUMBER]) if case else '?'}, class '{klass}'). Last events: "
        f"{', '.join(last_events(world))}."
    )


def last_events(world: World) -> list[str]:
    """List the last events, oldest first, as second and kind."""
    events = int(world.ints[at.EVENTS])
    keys = world.table(at.LAST_EVENTS, at.REMEMBERED)
    numbers = range(max(0, events - at.REMEMBERED), events)
    found = [int(keys[number % at.REMEMBERED]) for number in numbers]
    return [f"{key // at.KINDS} {KIND_NAMES[key % at.KINDS]}" for key in found]
