"""Mutual aid becomes arrays: who shares with whom, which cases are helped, how many a week."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.compiler.aid_arrays import ANYBODY, Pacts
from simulator.compiler.arrays import flags, integers
from simulator.compiler.draft import Draft
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.interventions import enrolments_a_week
from simulator.compiler.program import ABSENT, NO_LIMIT, Activities, Ints
from simulator.compiler.rounding import half_up
from simulator.definition.mutual_aid import Sharing, WhomHelped


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One ``shares`` as written: of which intervention, as which of its effects, among which resources."""

    intervention: int
    purpose: str
    shares: Sharing
    members: tuple[int, ...]


def build_pacts(draft: Draft, activities: Activities) -> Pacts | None:
    """Turn what is shared into arrays; nothing where nothing is."""
    written = list(written_pacts(draft))
    if not written:
        return None
    names = draft.index.names.resources
    cell, cells = helped_cells(activities.resource, [one.members for one in written], resources=len(names))
    weekly = [enrolments_a_week(draft, one.shares.at_most) for one in written]
    return Pacts(
        intervention=integers(one.intervention for one in written),
        member_first=integers([0, *np.cumsum([len(one.members) for one in written]).tolist()]),
        member=integers(member for one in written for member in one.members),
        member_hash=integers(
            purpose_hash("effect", f"{one.purpose}.{names[member]}")
            for one in written
            for member in one.members
        ),
        waited_seconds=integers(waited_of(one.shares.helped) for one in written),
        group=np.array([groups_of(draft, one.shares.helped) for one in written], dtype=np.bool_),
        accepts=np.array([float(one.shares.accepts.value) for one in written]),
        pooled=flags(one.shares.pooled for one in written),
        weekly_numerator=integers(NO_LIMIT if rate is None else rate.numerator for rate in weekly),
        weekly_denominator=integers(1 if rate is None else rate.denominator for rate in weekly),
        cell=cell,
        cell_activity=cells[:, 0].copy(),
        cell_resource=cells[:, 1].copy(),
    )


def written_pacts(draft: Draft) -> Iterator[Written]:
    """Yield every ``shares`` of the interventions, in order."""
    for place, name in enumerate(draft.index.names.interventions):
        for number, effect in enumerate(draft.model.interventions[name].effects):
            if effect.shares is not None:
                path = f"interventions.{name}.effects.{number}.shares.resources"
                yield Written(
                    intervention=place,
                    purpose=f"{name}.{number}",
                    shares=effect.shares,
                    members=members_of(draft, effect.shares.resources, path=path),
                )


def members_of(draft: Draft, names: Sequence[str], *, path: str) -> tuple[int, ...]:
    """List the resources that are meant, by name; those that cannot be among partners are faults."""
    for place, name in enumerate(names):
        resource = draft.model.resources[name.partition("@")[0]]
        if resource.capacity.is_unlimited:
            draft.findings.fault(f"{path}.{place}", f"'{name}' is without limit; it needs no partners.")
    found = {
        place
        for name in names
        for place in (draft.index.family[name] if "@" not in name else (draft.index.resource[name],))
    }
    return tuple(sorted(found))


def waited_of(whom: WhomHelped) -> int:
    """Give for how long somebody must have waited, in seconds."""
    return ANYBODY if whom.waited_over is None else half_up(whom.waited_over.value)


def groups_of(draft: Draft, whom: WhomHelped) -> list[bool]:
    """Say which groups of cases are helped."""
    classes, found = {*whom.needs, *whom.classes}, []
    for group in range(draft.groups.count):
        segment, klass = draft.groups.split(group)
        is_of_class = not classes or draft.groups.classes[klass] in classes
        has_segment = segment != draft.groups.nobody
        found.append(
            is_of_class
            and (not whom.segments or (has_segment and draft.groups.segments[segment] in whom.segments))
        )
    return found


def helped_cells(of_home: Ints, pacts: Sequence[Sequence[int]], *, resources: int) -> tuple[Ints, Ints]:
    """Number the pairs of an activity and a partner that may do it (A, R), and list them (B, 2)."""
    cell = np.full((len(of_home), resources), ABSENT, dtype=np.int64)
    for members in pacts:
        for activity, own in enumerate(of_home):
            homes = set(own.tolist()) & set(members)
            for partner in members if homes else ():
                if homes - {partner}:
                    cell[activity, partner] = 0
    cells = np.argwhere(cell == 0).astype(np.int64)
    cell[cells[:, 0], cells[:, 1]] = np.arange(len(cells))
    return cell, cells.reshape(-1, 2)
