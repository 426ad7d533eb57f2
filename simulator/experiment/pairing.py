"""Two worlds, the same people: what became of each need, and of those enrolled.

A need of the baseline that did not happen in the scenario was averted, or is missing for another reason;
one that only the scenario has was induced, or was let through for another reason. The two other reasons (in
a bed, no longer or still alive, another segment) are the **knock-on**.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Program
from simulator.experiment.enrolled import enrolled_use
from simulator.experiment.matching import World, match
from simulator.experiment.window import periods

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Counts = Ints | Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """One replication of one scenario beside the baseline's, over the window.

    By need (N): ``baseline``, ``scenario`` needs that happened; ``averted`` (N, I) by intervention,
    ``induced``, ``knock_on_fewer``, ``knock_on_more``, so that baseline − Σ averted + induced − fewer +
    more = scenario. ``displaced``: the change in needs displaced.

    By intervention and need (I, N): ``people``, ``use_before``, ``use_after``, ``use_after_without``
    (``enrolled.py``).
    """

    scenario: str
    replication: int
    baseline: Counts
    scenario_needs: Counts
    averted: Floats
    induced: Counts
    knock_on_fewer: Floats
    knock_on_more: Counts
    displaced: Counts
    people: Counts
    use_before: Counts
    use_after: Counts
    use_after_without: Counts


def pair(baseline: World, other: World, *, program: Program, scenario: str) -> Pairing:
    """Match one scenario's world with the baseline's of the same replication."""
    found = match(baseline, other, needs=len(program.names.needs))
    first = periods(program.calendar).first
    shared_out = _share_out(found.gone_averted, other.needs.averted[first:].sum(axis=(0, 2)))
    enrolled = enrolled_use(baseline, other, program=program)
    return Pairing(
        scenario=scenario,
        replication=other.replication,
        baseline=found.baseline,
        scenario_needs=found.scenario,
        averted=shared_out,
        induced=found.new_induced,
        knock_on_fewer=found.gone - shared_out.sum(axis=1),
        knock_on_more=found.new - found.new_induced,
        displaced=_displaced(other, first) - _displaced(baseline, first),
        people=enrolled.people,
        use_before=enrolled.before,
        use_after=enrolled.after,
        use_after_without=enrolled.after_without,
    )


def _share_out(by_need: Ints, pulled: Floats) -> Floats:
    """Share the averted needs (N) among interventions, in proportion to how each pulled (N, I)."""
    total = pulled.sum(axis=1, keepdims=True)
    share = np.divide(pulled, total, out=np.zeros(pulled.shape), where=total > 0)
    return np.asarray(by_need[:, None] * share)


def _displaced(world: World, first: int) -> Ints:
    """Count the needs of the window that found their person in a bed or already served (N)."""
    return np.asarray(world.needs.displaced[first:].sum(axis=(0, 2, 3)), dtype=np.int64)
