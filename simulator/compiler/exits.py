"""Cycles that nobody leaves, and cycles that take no time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.compiler.cycles import find_rounds
from simulator.compiler.draft import Draft
from simulator.compiler.flows import entries, group_after, reached, ways_said
from simulator.compiler.memory import Memory, said
from simulator.compiler.program import ABSENT, TO_DIED, TO_EXIT, Flags, Program

Pairs = dict[int, list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """Cycles of pairs (activity × groups + group): those that nobody leaves, and those that take no time."""

    endless: tuple[tuple[int, ...], ...]
    instant: tuple[tuple[int, ...], ...]


# Of the last few networks, by all that they follow from.
FOUND = Memory[Rounds](16)


def check_exits(draft: Draft, program: Program) -> None:
    """Find the cycles that cases can enter and never leave."""
    for one in rounds_of(program).endless:
        tell(
            draft,
            program,
            nodes=one,
            text="cases that come here go round for ever: no route leads out of {}.",
        )


def check_zero_time(draft: Draft, program: Program) -> None:
    """Find the cycles of activities that take no time at all."""
    for one in rounds_of(program).instant:
        tell(
            draft,
            program,
            nodes=one,
            text="a case could go round {} for ever in no time; give one of them a duration.",
        )


def rounds_of(program: Program) -> Rounds:
    """Find the rounds of a program, or know them of one with the same ways, laws of no time and deaths."""
    activities = program.activities
    key = said(
        *(activities.patience_law != ABSENT, activities.gives_up_choice, without_time(program)),
        *(activities.resident, program.people.hazard[:, -1] > 0),
    )
    return FOUND.give((ways_said(program), key), lambda: _rounds(program))


def _rounds(program: Program) -> Rounds:
    """Find the rounds of a program."""
    ahead, leaves = onward_pairs(program)
    endless = []
    for one in find_rounds(ahead):
        inside = set(one)
        if not any(node in leaves or any(later not in inside for later in ahead[node]) for node in one):
            endless.append(one)
    instant = {*np.flatnonzero(without_time(program)).tolist()} & ahead.keys()
    quick = {node: [later for later in ahead[node] if later in instant] for node in sorted(instant)}
    return Rounds(endless=tuple(endless), instant=tuple(find_rounds(quick)))


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


def without_time(program: Program) -> Flags:
    """Say which activities never take any time, by group (A, G)."""
    activities, law = program.activities, program.activities.duration_law
    takes_some = np.append(program.laws.mean != 0.0, False)[law]
    takes_some |= ((activities.leaving_profile != ABSENT) | activities.route_first)[:, None]
    return ~takes_some


def tell(draft: Draft, program: Program, *, nodes: Sequence[int], text: str) -> None:
    """Add a fault about a cycle, naming its activities once each, at the first of them."""
    names = sorted({program.names.activities[node // draft.groups.count] for node in nodes})
    listed = " → ".join(f"'{name}'" for name in [*names, names[0]])
    draft.findings.fault(f"activities.{names[0]}.routes", text.format(listed))
