"""Staff drawn from another team are missing there.

While a resource has more places than the file gives it for the first day, those named in its
``staffed_from`` have fewer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np

from simulator.compiler.draft import Draft
from simulator.compiler.members import parts_of
from simulator.compiler.program import Flags, Ints
from simulator.compiler.resources import own_capacity
from simulator.compiler.timeline import Capacity, Change, moments, steps_at


def staffing(draft: Draft, changes: Mapping[int, tuple[Change, ...]]) -> Iterator[tuple[int, Change]]:
    """Yield the places that resources lose to others; ``changes`` are what interventions do to each."""
    for name, resource in sorted(draft.model.resources.items()):
        if not resource.staffed_from:
            continue
        spans = more_than_at_first(draft, name, changes=changes)
        for other, places in sorted(resource.staffed_from.items()):
            for place, part in parts_of(draft, other, total=int(places.value)):
                yield from (
                    (place, Change(is_factor=False, seconds=(first,), by=(-float(part),), last=last))
                    for first, last in spans
                )


def more_than_at_first(
    draft: Draft, name: str, *, changes: Mapping[int, tuple[Change, ...]]
) -> list[tuple[int, int]]:
    """List the spans in which a resource, one of its places of each site, has more than on the first day."""
    lines = []
    for place in draft.index.family[name]:
        full = draft.index.names.resources[place]
        own = replace(own_capacity(draft, full, changes=changes.get(place, ())), hours=None)
        seconds = moments(own, draft.window.end_second)
        lines.append((seconds, more_at(own, seconds)))
    every = np.unique(np.concatenate([seconds for seconds, _ in lines]))
    more = np.zeros(len(every), dtype=np.bool_)
    for seconds, is_more in lines:
        more |= is_more[np.searchsorted(seconds, every, side="right") - 1]
    edges = np.flatnonzero(np.diff(more.astype(np.int64), prepend=0, append=0))
    ends = [*every.tolist(), draft.window.end_second]
    return [(ends[first], ends[last]) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def more_at(capacity: Capacity, seconds: Ints) -> Flags:
    """Say at which seconds there are more places than the file gives for the first day, hours apart."""
    first = capacity.steps[0][1]
    if first is None:
        return np.zeros(len(seconds), dtype=np.bool_)
    found = [capacity.steps[step][1] or Fraction(0) for step in steps_at(capacity, seconds).tolist()]
    for change in capacity.changes:
        for at, number in enumerate(change.numbers(seconds).tolist()):
            by = Fraction(change.by_number(number))
            found[at] = found[at] * by if change.is_factor else found[at] + by
    return np.array([number > first for number in found], dtype=np.bool_)
