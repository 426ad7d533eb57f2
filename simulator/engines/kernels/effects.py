"""Effects: what the switches do to a rate, a hazard, a time or a share.

value = max(0, base × Π(1 + s(m − 1)) + Σ s·a), interventions in name order, s the strength now.
"""

from simulator.compiler.program import TIMES, Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.chance import draw_at, entry_named, share_of, visit_of
from simulator.engines.kernels.folk import group_of, segment_of
from simulator.engines.kernels.layout import (
    AVERTED,
    CASE_ID,
    CHOICE,
    COUNT,
    DISPLACED,
    EFFECT_ACTS,
    EFFECT_BROUGHT,
    EFFECT_HASH,
    EFFECT_SCHEME,
    EFFECT_SENT,
    ENTRY_NAME,
    FIRST,
    FULL_STRENGTH,
    GROUP_SIZE,
    GROUPS,
    HOME,
    HOMES,
    INSTEAD,
    NEED,
    NEED_EFFECTS,
    NEED_INDEX,
    NONE,
    PERSON,
    PULLS,
    ROUTE_EFFECTS,
    SCHEME_COUNT,
    SCHEME_INDEX,
    SCHEME_SIZE,
    SCHEMES,
    SECOND_TARGET,
    SEGMENTS,
    SENT_BY,
    SINCE_ENROLMENT,
    VALUE_COUNT,
    VALUES,
    WEEK,
)
from simulator.engines.kernels.schemes import strength_of, touches, weeks_enrolled


@kernel
def with_effects(world: Ints, reals: Floats, effects: int, base: float, person: int) -> float:
    """Return a value with the effects of a list on it."""
    if world[effects + COUNT] == 0:
        return base
    times, plus = 1.0, 0.0
    for number in range(world[effects + COUNT]):
        effect = world[effects + FIRST + number]
        if touches(world, effect, person):
            strength, value = (
                effect_strength(world, reals, effect),
                effect_value(world, reals, effect, person),
            )
            if world[effect + EFFECT_ACTS] == TIMES:
                times *= 1.0 + strength * (value - 1.0)
            else:
                plus += strength * value
    return max(0.0, base * times + plus)


@kernel
def effect_strength(world: Ints, reals: Floats, effect: int) -> float:
    """Return how strongly an effect acts now."""
    return (
        1.0
        if world[effect + FULL_STRENGTH] != 0
        else strength_of(world, reals, world[effect + EFFECT_SCHEME])
    )


@kernel
def effect_value(world: Ints, reals: Floats, effect: int, person: int) -> float:
    """Return an effect's value this week, of the scheme or of the person's enrolment."""
    scheme = world[effect + EFFECT_SCHEME]
    week = (
        weeks_enrolled(world, scheme, person)
        if world[effect + SINCE_ENROLMENT] != 0
        else world[scheme + WEEK]
    )
    return reals[world[effect + VALUES] + min(week, world[effect + VALUE_COUNT] - 1)]


@kernel
def share_out_averted(world: Ints, reals: Floats, need: int, segment: int, base: float, person: int) -> None:
    """Share an averted need among the interventions that pull it down, in proportion to s(1 − m)."""
    pulls, schemes, effects = world[PULLS], world[SCHEME_COUNT], world[need + NEED_EFFECTS]
    for index in range(schemes):
        reals[pulls + index] = 0.0
    for number in range(world[effects + COUNT]):
        effect = world[effects + FIRST + number]
        if touches(world, effect, person):
            strength, value = (
                effect_strength(world, reals, effect),
                effect_value(world, reals, effect, person),
            )
            pull = (
                strength * (1.0 - value) if world[effect + EFFECT_ACTS] == TIMES else -strength * value / base
            )
            if pull > 0.0:
                reals[pulls + world[world[effect + EFFECT_SCHEME] + SCHEME_INDEX]] += pull
    total = 0.0
    for index in range(schemes):
        total += reals[pulls + index]
    first = world[AVERTED] + (world[need + NEED_INDEX] * world[SEGMENTS] + segment) * schemes
    for index in range(schemes):
        if reals[pulls + index] > 0.0:
            reals[first + index] += reals[pulls + index] / total


@kernel
def moved_route(world: Ints, reals: Floats, case: int, act: int, entry: int) -> int:
    """Move a drawn route as the effects on shares ask, each by its own draw after the baseline choice."""
    choice = world[world[act + GROUPS] + group_of(world, case) * GROUP_SIZE + CHOICE]
    return moved_along(
        world, reals, case, world[act + ROUTE_EFFECTS], choice, visit_of(world, case, act), entry
    )


@kernel
def moved_along(
    world: Ints, reals: Floats, case: int, effects: int, choice: int, visit: int, entry: int
) -> int:
    """Move an entry drawn from a choice as the effects of a list ask; remember the last that did, unless it
    led back. What stocks drive is as if drawn."""
    if world[effects + COUNT] == 0:
        return entry
    drawn, sent_by = entry, NONE
    for number in range(world[effects + COUNT]):
        effect, before = world[effects + FIRST + number], entry
        if touches(world, effect, world[case + PERSON]):
            entry = moved_by(world, reals, case, effect, choice, visit, before)
        if entry != before and is_driven(world, effect):
            drawn = entry
        elif entry != before:
            sent_by = effect
    world[case + SENT_BY] = sent_by if entry != drawn else NONE
    return entry


@kernel
def is_driven(world: Ints, effect: int) -> bool:
    """Say whether an effect is what stocks do to a share: it is of the scheme after the last one."""
    return bool(world[effect + EFFECT_SCHEME] == world[SCHEMES] + world[SCHEME_COUNT] * SCHEME_SIZE)


@kernel
def count_sent(world: Ints, case: int, entry: int) -> None:
    """Count a case that takes a way by which an effect on a share sent it: from its route, or to it."""
    effect = world[case + SENT_BY]
    if effect != NONE:
        is_brought = world[entry + ENTRY_NAME] == world[effect + SECOND_TARGET]
        world[effect + (EFFECT_BROUGHT if is_brought else EFFECT_SENT)] += 1
        count_displaced(world, case)


@kernel
def count_displaced(world: Ints, case: int) -> None:
    """Count a need whose case is taken another way."""
    need = world[case + NEED]
    if need != NONE:
        segments, homes = world[SEGMENTS], world[HOMES]
        place = (world[need + NEED_INDEX] * segments + segment_of(world, world[case + PERSON])) * homes
        world[world[DISPLACED] + place + world[case + HOME]] += 1


@kernel
def moved_by(world: Ints, reals: Floats, case: int, effect: int, choice: int, visit: int, entry: int) -> int:
    """Move an entry drawn from a choice as one effect asks."""
    name, instead = world[effect + SECOND_TARGET], world[effect + INSTEAD]
    value = effect_value(world, reals, effect, world[case + PERSON])
    change = effect_strength(world, reals, effect) * (value - 1.0)
    if change < 0.0 and world[entry + ENTRY_NAME] == name:
        chance, other = -change, entry_named(world, choice, instead)
    elif change > 0.0 and world[entry + ENTRY_NAME] == instead:
        share = share_of(world, reals, choice, instead)
        chance = change * share_of(world, reals, choice, name) / share if share > 0.0 else 0.0
        other = entry_named(world, choice, name)
    else:
        return entry
    u = draw_at(world, world[case + CASE_ID], world[effect + EFFECT_HASH], visit, 0)
    return other if other != NONE and u < chance else entry
