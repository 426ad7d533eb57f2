"""Diversions and step-downs: cases that an intervention sends another way."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from simulator.compiler.arrays import float_rows, integers
from simulator.compiler.choices import Entry
from simulator.compiler.draft import Draft
from simulator.compiler.effects import touched
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.program import ABSENT, TO_ACTIVITY, TO_EXIT, Floats, Ints, Moves
from simulator.compiler.rounding import half_up
from simulator.definition.effects import Diversion, StepDown

DIVERTS, STEP_DOWN = range(2)
NONE_GO, ALL_GO = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move: of which intervention, from where to where, for whom; ``path`` says where it is written."""

    path: str
    intervention: int
    kind: int
    at: int
    away_from: int
    to: int
    share: list[Fraction]
    home_share: list[Fraction]
    substitution: Fraction
    last_seconds: int
    whom: int
    segments: tuple[int, ...]
    hash: int


def list_moves(draft: Draft, choice: Ints) -> list[Move]:
    """List the moves of all interventions in order; ``choice`` (A, G) are the routes as written."""
    found = []
    for place, name in enumerate(draft.index.names.interventions):
        for number, effect in enumerate(draft.model.interventions[name].effects):
            if effect.diverts is not None:
                found.append(diversion(draft, effect.diverts, name=name, number=number, choice=choice))
            elif effect.step_down is not None:
                found.append(step_down(draft, effect.step_down, place=place, number=number))
    return found


def build_moves(draft: Draft, moves: list[Move]) -> Moves:
    """Turn moves into arrays."""
    segments = np.zeros((len(moves), len(draft.index.names.segments)), dtype=np.bool_)
    for place, move in enumerate(moves):
        segments[place, list(move.segments)] = True
    return Moves(
        intervention=integers(move.intervention for move in moves),
        kind=integers(move.kind for move in moves),
        at=integers(move.at for move in moves),
        away_from=integers(move.away_from for move in moves),
        to=integers(move.to for move in moves),
        share=shares(draft, [move.share for move in moves]),
        home_share=shares(draft, [move.home_share for move in moves]),
        last_seconds=integers(move.last_seconds for move in moves),
        whom=integers(move.whom for move in moves),
        segment=segments,
        hash=integers(move.hash for move in moves),
    )


def shares(draft: Draft, rows: list[list[Fraction]]) -> Floats:
    """Make an array of shares by group."""
    return float_rows([[float(one) for one in row] for row in rows], draft.groups.count)


def diversion(draft: Draft, written: Diversion, *, name: str, number: int, choice: Ints) -> Move:
    """Turn a diversion into a move; of those going home, as many as ``substitution`` leaves to find there.

    The chance for those going home is share × q(from) ÷ q(exit) × (1 − substitution) ÷ substitution, q
    the shares written for the group, and at most one.
    """
    intervention = draft.model.interventions[name]
    effect = intervention.effects[number]
    at, away_from = draft.index.activity[written.at], draft.index.activity[written.from_]
    path = f"interventions.{name}.effects.{number}"
    substitution = effect.substitution.value if effect.substitution else ALL_GO
    if substitution == 0:
        draft.findings.fault(
            f"{path}.substitution", "nobody moved would have gone to 'from'; a substitution is above 0."
        )
        substitution = ALL_GO
    share = written.share.value
    away, home = leading_to(draft, choice[at], activity=away_from), leading_home(draft, choice[at])
    others = (1 - substitution) / substitution
    home_share = [
        min(share * of_away / of_home * others, ALL_GO) if of_home else NONE_GO
        for of_away, of_home in zip(away, home, strict=True)
    ]
    whom, segments = touched(draft, intervention.whom(effect))
    return Move(
        path=path,
        intervention=draft.index.names.interventions.index(name),
        kind=DIVERTS,
        at=at,
        away_from=away_from,
        to=draft.index.activity[written.to],
        share=[share] * draft.groups.count,
        home_share=home_share,
        substitution=substitution,
        last_seconds=0,
        whom=whom,
        segments=segments,
        hash=purpose_hash("effect", f"{name}.{number}"),
    )


def step_down(draft: Draft, written: StepDown, *, place: int, number: int) -> Move:
    """Turn a step-down into a move, for those whose own route leads home."""
    name = draft.index.names.interventions[place]
    intervention = draft.model.interventions[name]
    whom, segments = touched(draft, intervention.whom(intervention.effects[number]))
    return Move(
        path=f"interventions.{name}.effects.{number}",
        intervention=place,
        kind=STEP_DOWN,
        at=draft.index.activity[written.from_],
        away_from=ABSENT,
        to=draft.index.activity[written.to],
        share=[written.share.value] * draft.groups.count,
        home_share=[written.share.value] * draft.groups.count,
        substitution=ALL_GO,
        last_seconds=max(half_up(written.last.value), 1),
        whom=whom,
        segments=segments,
        hash=purpose_hash("effect", f"{name}.{number}"),
    )


def leading_to(draft: Draft, choices: Ints, *, activity: int) -> list[Fraction]:
    """Give the share of each group's choice that leads to one activity."""
    return totals(
        draft, choices, is_meant=lambda entry: entry.kind == TO_ACTIVITY and entry.target == activity
    )


def leading_home(draft: Draft, choices: Ints) -> list[Fraction]:
    """Give the share of each group's choice that leads out."""
    return totals(draft, choices, is_meant=lambda entry: entry.kind == TO_EXIT)


def totals(draft: Draft, choices: Ints, *, is_meant: Callable[[Entry], bool]) -> list[Fraction]:
    """Add up the shares of the entries that are meant, in each of some choices."""
    found = {ABSENT: NONE_GO}
    for choice in set(choices.tolist()) - {ABSENT}:
        meant = (entry.share for entry in draft.choices.rows[choice] if is_meant(entry))
        found[choice] = sum(meant, NONE_GO)
    return [found[choice] for choice in choices.tolist()]
