"""Consequences become arrays: a row for each activity of each, in order of activity, then of name."""

from collections.abc import Iterator

import numpy as np

from simulator.compiler.arrays import flags, float_rows, integers
from simulator.compiler.draft import Draft
from simulator.compiler.harm_arrays import Consequences
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.program import ABSENT, Flags


def build_consequences(draft: Draft) -> Consequences | None:
    """Turn the consequences of a model into arrays; ``None`` where it has none."""
    written, index = draft.model.consequences, draft.index
    if not written:
        return None
    names = tuple(sorted(written))
    rows = sorted((index.activity[one], name) for name in names for one in written[name].after)
    said = [written[name] for _, name in rows]
    return Consequences(
        names=names,
        of=integers(names.index(name) for _, name in rows),
        activity=integers(activity for activity, _ in rows),
        chance=float_rows([_chances(draft, name) for _, name in rows], draft.groups.count),
        per_day=flags(one.per_day_kept is not None for one in said),
        becomes=integers(ABSENT if one.becomes is None else index.segment[one.becomes] for one in said),
        pence=np.array([0.0 if one.cost is None else float(one.cost) for one in said]),
        payer=integers(ABSENT if one.payer is None else index.organisation[one.payer] for one in said),
        hash=integers(
            purpose_hash("consequence", f"{name}.{index.names.activities[activity]}")
            for activity, name in rows
        ),
    )


def _chances(draft: Draft, name: str) -> list[float]:
    """Give the chance of each group; nobody's cases have no person to whom it could come."""
    written = draft.groups.spread(draft.model.consequences[name].chances)
    people = len(draft.groups.segments) * len(draft.groups.classes)
    return [0.0 if one is None or group >= people else float(one.value) for group, one in enumerate(written)]


def becomings(draft: Draft, consequences: Consequences | None) -> tuple[tuple[int, int, int], ...]:
    """List (activity, group, segment) of those who may become another by a consequence."""
    return () if consequences is None else tuple(_becomings(draft, consequences))


def _becomings(draft: Draft, consequences: Consequences) -> Iterator[tuple[int, int, int]]:
    for row in np.flatnonzero(consequences.becomes != ABSENT).tolist():
        for group in np.flatnonzero(consequences.chance[row] > 0).tolist():
            yield int(consequences.activity[row]), group, int(consequences.becomes[row])


def segments_by_consequence(consequences: Consequences | None, there: Flags, *, classes: int) -> Flags:
    """Say (S + 1, S + 1) which segments lead to which by consequences, where cases are there (A, G)."""
    size = there.shape[1] // classes
    found = np.zeros((size, size), dtype=np.bool_)
    if consequences is not None:
        for row in np.flatnonzero(consequences.becomes != ABSENT).tolist():
            comes = there[consequences.activity[row]] & (consequences.chance[row] > 0)
            found[np.flatnonzero(comes) // classes, consequences.becomes[row]] = True
    return found
