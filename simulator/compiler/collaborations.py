"""Collaborations as arrays: what interventions depend on, and how far it carries them week by week."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

import numpy as np

from simulator.compiler.arrays import integers
from simulator.compiler.collaboration_arrays import Collaborations, Ints
from simulator.compiler.draft import Draft
from simulator.compiler.interventions import chosen, running
from simulator.compiler.program import ABSENT
from simulator.compiler.weeks import week_seconds
from simulator.definition.collaborations import DYNAMICS_FILE, Character
from simulator.definition.interventions import Intervention

T = TypeVar("T")

STARTS_BEFORE = "begins before {starts}, the first day that counts; begin there or later."


def build_collaborations(draft: Draft) -> Collaborations | None:
    """Turn the collaborations in use into arrays; nothing where no intervention depends on one."""
    names = tuple(draft.fidelities)
    if not names:
        return None
    found = list(draft.fidelities.values())
    follows = [one.collaboration for one in _written(draft)]
    weeks = max(len(one.seconds) for one in found)
    return Collaborations(
        names=names,
        members=chosen(
            [draft.model.collaborations[name].members for name in names], draft.index.names.organisations
        ),
        first_second=integers(one.seconds[0] for one in found),
        path=np.array([_held(one.path, weeks) for one in found], dtype=np.float64),
        constants=np.array([[one.constants[name] for name in Character.model_fields] for one in found]),
        forum=np.array([_held(one.forum, weeks) for one in found], dtype=np.float64),
        follows=integers(ABSENT if name is None else names.index(name) for name in follows),
        week_of=_weeks_of(draft),
        stocks=blake2b(DYNAMICS_FILE.read_bytes(), digest_size=16).hexdigest(),
    )


def check_collaborations(draft: Draft) -> None:
    """Add a fault for each collaboration in use that begins too early or too late."""
    window = draft.window
    for name, one in draft.fidelities.items():
        path = f"collaborations.{name}.starts"
        if one.seconds[0] < window.warm_up_seconds:
            draft.findings.fault(path, STARTS_BEFORE.format(starts=window.starts))
        elif one.seconds[0] >= window.end_second:
            draft.findings.fault(path, "begins after the horizon; what depends on it would do nothing.")


def _written(draft: Draft) -> list[Intervention]:
    return [draft.model.interventions[name] for name in draft.index.names.interventions]


def _weeks_of(draft: Draft) -> Ints:
    """Give the week of its collaboration that holds in each week of an intervention (I, W)."""
    rows = []
    for one in _written(draft):
        seconds = week_seconds(draft.window, running(draft.window, one)[0])
        fidelity = None if one.collaboration is None else draft.fidelities[one.collaboration]
        rows.append([ABSENT if fidelity is None else fidelity.week_at(second) for second in seconds])
    weeks = max(len(row) for row in rows)
    return np.array([_held(row, weeks) for row in rows], dtype=np.int64)


def _held(rows: Sequence[T], count: int) -> list[T]:
    """Give so many rows, the last repeated."""
    return [*rows, *([rows[-1]] * (count - len(rows)))]
