"""Rings of keeping places: cases that each hold what the next one waits for."""

from collections.abc import Sequence

import numpy as np

from simulator.compiler.cycles import find_rounds
from simulator.compiler.draft import Draft
from simulator.compiler.flows import list_ways
from simulator.compiler.program import ABSENT, LEAVES_AT_ONCE, NO_LIMIT, Program


def note_rings(draft: Draft, program: Program) -> None:
    """Say which resources could block one another; a ring that closes is moved, or fails the run."""
    waits = waits_while_holding(program)
    for ring in find_rounds(waits):
        names = [program.names.resources[place] for place in ring]
        listed = " → ".join([*names, names[0]])
        path = f"resources.{names[0].partition('@')[0]}"
        draft.findings.note(
            path,
            f"places kept until the next is free could close a ring: {listed}; it would {outcome(program)}.",
        )


def outcome(program: Program) -> str:
    """Say what happens to a ring that closes."""
    return "end the run" if program.ring_fails else "be moved at the next midnight"


def waits_while_holding(program: Program) -> dict[int, list[int]]:
    """List, for each resource, those for which a case may wait while it holds a place of the first."""
    pairs = onward_activities(program)
    held = held_in(program, pairs)
    limited = limited_resources(program)
    found: dict[int, set[int]] = {place: set() for place in sorted(limited)}
    for activity, target in pairs:
        if program.activities.keeps[activity, target] == LEAVES_AT_ONCE:
            continue
        wanted = own_resources(program, target) & limited
        for place in sorted(held[activity] & limited):
            found[place] |= wanted
    return {place: sorted(wanted) for place, wanted in found.items()}


def held_in(program: Program, pairs: Sequence[tuple[int, int]]) -> list[set[int]]:
    """Give the resources of which a case may hold a place in each activity: its own, or those before."""
    held = [own_resources(program, activity) for activity in range(len(program.names.activities))]
    holding = [pair for pair in pairs if program.activities.holds_previous[pair[1]]]
    while True:
        before = [len(one) for one in held]
        for activity, target in holding:
            held[target] |= held[activity]
        if before == [len(one) for one in held]:
            return held


def own_resources(program: Program, activity: int) -> set[int]:
    """Give the resources that an activity uses, whatever the home."""
    return {int(place) for place in program.activities.resource[activity] if place != ABSENT}


def limited_resources(program: Program) -> set[int]:
    """Give the resources that may ever be full."""
    resources = program.resources
    changed = resources.change_resource[resources.change_capacity != NO_LIMIT].tolist()
    return {place for place in range(len(resources.capacity)) if resources.capacity[place] != NO_LIMIT} | set(
        changed
    )


def onward_activities(program: Program) -> list[tuple[int, int]]:
    """List the pairs of activities of which one may follow the other by route."""
    ways, groups = list_ways(program), program.activities.choice.shape[1]
    pairs = np.unique(np.stack([ways.start // groups, ways.end // groups], axis=1), axis=0)
    return [(activity, target) for activity, target in pairs.tolist()]
