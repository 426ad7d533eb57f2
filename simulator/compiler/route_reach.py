"""Which segments people can be taken to by routes and consequences alone, whatever the hazards."""

from dataclasses import replace

import numpy as np

from simulator.compiler.consequences import segments_by_consequence
from simulator.compiler.program import ABSENT, Flags, Ints, Program


def with_route_reach(program: Program) -> Program:
    """Give a program the segments that routes lead to."""
    return replace(program, people=replace(program.people, route_reach=route_reach(program)))


def route_reach(program: Program) -> Flags:
    """Say (S, S) whether somebody of a segment can become another by routes alone; everybody is what they
    are."""
    segments = len(program.names.segments)
    found = np.eye(segments, dtype=np.bool_)
    leads_to = _targets_of_choices(program)
    for segment, choices in enumerate(_choices_of_segments(program)):
        for choice in choices:
            found[segment, list(leads_to.get(choice, ()))] = True
    by_consequence = segments_by_consequence(
        program.consequences, program.activities.row != ABSENT, classes=len(program.names.classes)
    )
    found |= by_consequence[:segments, :segments]
    for _ in range(segments):
        found = found | ((found.astype(np.int64) @ found.astype(np.int64)) > 0)
    return found


def _targets_of_choices(program: Program) -> dict[int, list[int]]:
    """List, for each choice that changes somebody's segment, the segments it leads to."""
    routes = program.routes
    found: dict[int, list[int]] = {}
    for entry in np.flatnonzero(routes.segment != ABSENT).tolist():
        choice = int(np.searchsorted(routes.first, entry, side="right")) - 1
        found.setdefault(choice, []).append(int(routes.segment[entry]))
    return found


def _choices_of_segments(program: Program) -> list[list[int]]:
    """List the choices that cases of each segment's people can come to."""
    names, activities = program.names, program.activities
    classes = len(names.classes)
    tables = (
        activities.choice,
        activities.gives_up_choice,
        activities.refused_choice,
        activities.interrupted_choice,
    )
    return [
        sorted(
            {
                *_used(program.needs.choice[:, segment]),
                *(
                    choice
                    for table in tables
                    for choice in _used(
                        _of_segment(table, activities.row, first=segment * classes, classes=classes)
                    )
                ),
            }
        )
        for segment in range(len(names.segments))
    ]


def _of_segment(table: Ints, row: Ints, *, first: int, classes: int) -> Ints:
    """Give the choices of a segment's groups, where such a case can come."""
    groups = slice(first, first + classes)
    found: Ints = table[:, groups][row[:, groups] != ABSENT]
    return found


def _used(choices: Ints) -> list[int]:
    return [int(choice) for choice in np.unique(choices) if choice != ABSENT]
