"""An activity is over, or a stay could step down: diversions and step-downs, then the way onward.

Somebody is moved only if a place is free there and then.
"""

from simulator.compiler.program import TO_ACTIVITY, TO_EXIT, Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.care import goes
from simulator.engines.kernels.chance import draw_at, visit_of
from simulator.engines.kernels.effects import count_displaced, count_sent
from simulator.engines.kernels.folk import group_of
from simulator.engines.kernels.layout import (
    ACTIVITY,
    CASE_ID,
    COUNT,
    DIVERSIONS,
    EFFECT_HASH,
    EFFECT_SCHEME,
    ENDS,
    ENTRY,
    ENTRY_KIND,
    FIRST,
    MOVE_AWAY_FROM,
    MOVE_HOME_SHARES,
    MOVE_LAST,
    MOVE_MOVED,
    MOVE_OFFERED,
    MOVE_SHARES,
    MOVE_TO,
    NEVER,
    NONE,
    NOW,
    PERSON,
    ROUTE_EFFECTS,
    STARTED,
    STAY,
    STEP_DOWNS,
    STEPPED,
    TARGET,
)
from simulator.engines.kernels.leaving import is_over
from simulator.engines.kernels.schemes import strength_of, touches
from simulator.engines.kernels.starting import drawn_route, goes_to, may_start_now


@kernel
def is_due(world: Ints, reals: Floats, agenda: Ints, case: int) -> None:
    """Something may be due of a case's stay now: its end, or a moment to step down."""
    if world[case + STAY + ACTIVITY] == NONE or world[case + ENDS] == NEVER:
        return
    if world[case + ENDS] == world[NOW]:
        ends(world, reals, agenda, case)
    elif world[case + STEPPED] != world[NOW]:
        world[case + STEPPED] = world[NOW]
        steps_down(world, reals, agenda, case)


@kernel
def ends(world: Ints, reals: Floats, agenda: Ints, case: int) -> None:
    """The activity is over; from here on a place is kept only as long as the way onward asks."""
    act = world[case + STAY + ACTIVITY]
    is_over(world, case)
    entry = world[case + ENTRY]
    if entry == NONE:
        entry = drawn_route(world, reals, case, act)
    if not is_diverted(world, reals, agenda, case, act, entry):
        if world[world[act + ROUTE_EFFECTS] + COUNT] > 0:
            count_sent(world, case, entry)
        goes(world, reals, agenda, case, entry)


@kernel
def is_diverted(world: Ints, reals: Floats, agenda: Ints, case: int, act: int, entry: int) -> bool:
    """Offer the first diversion that is drawn and finds a place; say whether the case was moved."""
    moves = world[act + DIVERSIONS]
    for number in range(world[moves + COUNT]):
        move = world[moves + FIRST + number]
        share = share_diverted(world, reals, case, move, entry)
        is_meant = share > 0.0 and is_drawn(world, reals, case, act, move, share)
        if is_meant and offers(world, case, move):
            count_displaced(world, case)
            goes_to(world, reals, agenda, case, world[move + MOVE_TO], -1)
            return True
    return False


@kernel
def share_diverted(world: Ints, reals: Floats, case: int, move: int, entry: int) -> float:
    """Return the chance with which a case on its way is diverted at full strength."""
    kind = world[entry + ENTRY_KIND]
    if kind == TO_ACTIVITY and world[entry + TARGET] == world[move + MOVE_AWAY_FROM]:
        return reals[world[move + MOVE_SHARES] + group_of(world, case)]
    if kind == TO_EXIT:
        return reals[world[move + MOVE_HOME_SHARES] + group_of(world, case)]
    return 0.0


@kernel
def is_drawn(world: Ints, reals: Floats, case: int, act: int, move: int, share: float) -> bool:
    """Say whether a move touches a case and is drawn for it."""
    if not touches(world, move, world[case + PERSON]):
        return False
    strength = strength_of(world, reals, world[move + EFFECT_SCHEME])
    u = draw_at(world, world[case + CASE_ID], world[move + EFFECT_HASH], visit_of(world, case, act), 0)
    return u < strength * share


@kernel
def offers(world: Ints, case: int, move: int) -> bool:
    """Count a move that was drawn, and say whether it finds a place."""
    found = may_start_now(world, case, world[move + MOVE_TO])
    world[move + MOVE_OFFERED] += 1
    if found:
        world[move + MOVE_MOVED] += 1
    return found


@kernel
def steps_down(world: Ints, reals: Floats, agenda: Ints, case: int) -> None:
    """Offer each move that is due now, until one takes the case to its place for what is left of the stay."""
    stay = case + STAY
    act = world[stay + ACTIVITY]
    moves = world[act + STEP_DOWNS]
    for number in range(world[moves + COUNT]):
        move = world[moves + FIRST + number]
        is_now = world[case + ENDS] - world[move + MOVE_LAST] == world[NOW]
        is_due_now = is_now and world[stay + STARTED] < world[NOW]
        if is_due_now and leads_home(world, reals, case, act, move) and offers(world, case, move):
            ends_at = world[case + ENDS]
            is_over(world, case)
            goes_to(world, reals, agenda, case, world[move + MOVE_TO], ends_at)
            return


@kernel
def leads_home(world: Ints, reals: Floats, case: int, act: int, move: int) -> bool:
    """Say whether a stay that a move touches leads home, and the move is drawn for it."""
    if not touches(world, move, world[case + PERSON]):
        return False
    entry = world[case + ENTRY]
    if entry == NONE:
        entry = drawn_route(world, reals, case, act)
    share = reals[world[move + MOVE_SHARES] + group_of(world, case)]
    return world[entry + ENTRY_KIND] == TO_EXIT and is_drawn(world, reals, case, act, move, share)
