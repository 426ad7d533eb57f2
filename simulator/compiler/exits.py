"""Cycles that nobody leaves, and cycles that take no time."""

from collections.abc import Sequence

import numpy as np

from simulator.compiler.cycles import find_rounds
from simulator.compiler.draft import Draft
from simulator.compiler.flows import entries, group_after, reached
from simulator.compiler.program import ABSENT, TO_DIED, TO_EXIT, Program

Pairs = dict[int, list[int]]


def check_exits(draft: Draft, program: Program) -> None:
    """Find the cycles that cases can enter and never leave."""
    ahead, leaves = onward_pairs(program)
    for one in find_rounds(ahead):
        inside = set(one)
        if not any(node in leaves or any(later not in inside for later in ahead[node]) for node in one):
            tell(
                draft,
                program,
                nodes=one,
                text="cases that come here go round for ever: no route leads out of {}.",
            )


def check_zero_time(draft: Draft, program: Program) -> None:
    """Find the cycles of activities that take no time at all."""
    ahead, _ = onward_pairs(program)
    groups = draft.groups.count
    instant = {node for node in ahead if takes_no_time(program, node // groups, group=node % groups)}
    without_time = {node: [later for later in ahead[node] if later in instant] for node in sorted(instant)}
    for one in find_rounds(without_time):
        tell(
            draft,
            program,
            nodes=one,
            text="a case could go round {} for ever in no time; give one of them a duration.",
        )


def onward_pairs(program: Program) -> tuple[Pairs, set[int]]:
    """List the pairs (activity × groups + group) that each leads to, and those from which a case may leave.

    Leaving is by route, by giving up, or by death outside a resident activity.
    """
    ahead: Pairs = {}
    leaves: set[int] = set()
    activities, groups = program.activities, program.activities.choice.shape[1]
    for activity, group in np.argwhere(activities.row >= 0).tolist():
        node = activity * groups + group
        tables = [int(activities.choice[activity, group])]
        if activities.patience_law[activity, group] != ABSENT:
            tables.append(int(activities.gives_up_choice[activity, group]))
        found: list[int] = []
        for choice in tables:
            if choice != ABSENT:
                targets, is_left = choice_ends(program, choice, group=group)
                found += targets
                leaves |= {node} if is_left else set()
        ahead[node] = sorted(set(found))
        if may_die(program, activity, group=group):
            leaves.add(node)
    return ahead, leaves


def choice_ends(program: Program, choice: int, *, group: int) -> tuple[list[int], bool]:
    """Give the pairs that a choice leads to, and whether it may lead out."""
    groups, found, is_left = program.activities.choice.shape[1], [], False
    for entry, _ in entries(program, choice):
        if program.routes.kind[entry] in (TO_EXIT, TO_DIED):
            is_left = True
        found += [
            target * groups + group_after(program, entry, group=group) for target in reached(program, entry)
        ]
    return found, is_left


def may_die(program: Program, activity: int, *, group: int) -> bool:
    """Say whether a case's person may die in an activity otherwise than by a route."""
    segment = group // len(program.names.classes)
    if segment == len(program.names.segments) or program.activities.resident[activity]:
        return False
    return bool(program.people.hazard[segment, -1] > 0)


def takes_no_time(program: Program, activity: int, *, group: int) -> bool:
    """Say whether an activity never takes any time."""
    law = int(program.activities.duration_law[activity, group])
    if program.activities.leaving_profile[activity] != ABSENT or program.activities.route_first[activity]:
        return False
    return law == ABSENT or float(program.laws.mean[law]) == 0.0


def tell(draft: Draft, program: Program, *, nodes: Sequence[int], text: str) -> None:
    """Add a fault about a cycle, naming its activities once each, at the first of them."""
    names = sorted({program.names.activities[node // draft.groups.count] for node in nodes})
    listed = " → ".join(f"'{name}'" for name in [*names, names[0]])
    draft.findings.fault(f"activities.{names[0]}.routes", text.format(listed))
