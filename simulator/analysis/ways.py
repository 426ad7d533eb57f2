"""The ways that records count: by moves and by effects on shares, and what they lead from and to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.compiler.moves import DIVERTS
from simulator.compiler.program import (
    ON_NEED_START,
    ON_REFERRAL_START,
    ON_ROUTE_SHARE,
    TO_ACTIVITY,
    TO_DIED,
    TO_EXIT,
    Ints,
    Program,
)
from simulator.compiler.sent import DIRECTIONS, effects_that_send
from simulator.definition.routes import DIED, EXIT

DIVERTED, STEPPED_DOWN, REROUTED = "diverted", "stepped_down", "rerouted"
NEED_STARTED, REFERRAL_STARTED = "need_started", "referral_started"
SENT = {ON_ROUTE_SHARE: REROUTED, ON_NEED_START: NEED_STARTED, ON_REFERRAL_START: REFERRAL_STARTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way by which an intervention takes cases from one place to another.

    ``at`` is an activity, or the need or referral that starts elsewhere; ``instead_of`` and ``to`` are
    activities, ``exit``, ``died``, or the name of a route that does not lead to one of these alone.
    """

    intervention: str
    kind: str
    at: str
    instead_of: str
    to: str


def ways_of(program: Program) -> Mapping[Way, list[int]]:
    """List the places in the records of each way: several are one where they differ only in whom they
    touch."""
    found: dict[Way, list[int]] = {}
    for place, way in enumerate((*_of_moves(program), *_of_shares(program))):
        found.setdefault(way, []).append(place)
    return found


def _of_moves(program: Program) -> Iterator[Way]:
    moves, names = program.moves, program.names
    for place in range(len(moves.kind)):
        at = names.activities[moves.at[place]]
        is_diverted = moves.kind[place] == DIVERTS
        yield Way(
            intervention=names.interventions[moves.intervention[place]],
            kind=DIVERTED if is_diverted else STEPPED_DOWN,
            at=at,
            instead_of=names.activities[moves.away_from[place]] if is_diverted else at,
            to=names.activities[moves.to[place]],
        )


def _of_shares(program: Program) -> Iterator[Way]:
    """Yield each effect on a share twice: away from its route, and to it."""
    effects, names = program.effects, program.names
    for effect in effects_that_send(effects).tolist():
        on, target = int(effects.on[effect]), int(effects.target[effect])
        ends = _ends(program, choices_of(program, on, target=target), effect=effect)
        for direction in range(DIRECTIONS):
            yield Way(
                intervention=names.interventions[effects.intervention[effect]],
                kind=SENT[on],
                at=_names_of(program, on)[target],
                instead_of=ends[direction],
                to=ends[1 - direction],
            )


def choices_of(program: Program, on: int, *, target: int) -> Ints:
    """List the choices whose shares an effect on this changes."""
    choice = {
        ON_ROUTE_SHARE: program.activities.choice,
        ON_NEED_START: program.needs.choice,
        ON_REFERRAL_START: program.referrals.choice,
    }[on]
    return np.unique(choice[target])


def _names_of(program: Program, on: int) -> tuple[str, ...]:
    names = program.names
    return {
        ON_ROUTE_SHARE: names.activities,
        ON_NEED_START: names.needs,
        ON_REFERRAL_START: names.referrals,
    }[on]


def _ends(program: Program, choices: Ints, *, effect: int) -> tuple[str, str]:
    """Name where an effect's route leads, and the other; by the names of routes where that is one place."""
    effects = program.effects
    routes = int(effects.second_target[effect]), int(effects.instead[effect])
    one, other = (_end(program, choices, route=route) for route in routes)
    if one == other:
        one, other = (program.names.routes[route] if route >= 0 else EXIT for route in routes)
    return one, other


def _end(program: Program, choices: Ints, *, route: int) -> str:
    routes, names = program.routes, program.names
    entries = np.concatenate([np.arange(*routes.first[one : one + 2]) for one in choices[choices >= 0]])
    mine = entries[routes.name[entries] == route]
    leads = {(int(routes.kind[entry]), int(routes.target[entry])) for entry in mine}
    kind, target = leads.pop() if len(leads) == 1 else (-1, -1)
    if kind == TO_ACTIVITY:
        return names.activities[target]
    return {TO_EXIT: EXIT, TO_DIED: DIED}.get(kind, names.routes[route])
