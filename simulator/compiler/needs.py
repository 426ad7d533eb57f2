"""What people come to need, as arrays over needs and segments."""

import numpy as np

from simulator.compiler.arrays import flags, integers
from simulator.compiler.bounds import Bounds
from simulator.compiler.draft import Draft
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.layers import widened
from simulator.compiler.onward import routes_of_effects
from simulator.compiler.program import ABSENT, Ints, Needs
from simulator.compiler.rates import locality_times, need_rates
from simulator.definition.activities import NO_RESOURCE
from simulator.definition.people import Need


def build_needs(draft: Draft, bounds: Bounds, *, choice: Ints) -> Needs:
    """Turn the needs of a model into arrays."""
    names = draft.index.names.needs
    written = [draft.model.needs[name] for name in names]
    return Needs(
        rate=need_rates(draft),
        locality_times=locality_times(draft),
        layers=bounds.need_layers,
        bound=widened(bounds.needs),
        trait=integers(draft.index.trait[one.trait] if one.trait else ABSENT for one in written),
        profile=integers(draft.index.profile[one.profile] if one.profile else ABSENT for one in written),
        one_at_a_time=flags(is_one_at_a_time(draft, one) for one in written),
        choice=choice,
        klass=integers(draft.index.klass[name] for name in names),
        hash=integers(purpose_hash("need", name) for name in names),
    )


def need_choices(draft: Draft) -> Ints:
    """Give where a case of each need starts, by segment (N, S); -1 where the file says nothing."""
    found = np.full((len(draft.index.names.needs), len(draft.index.names.segments)), ABSENT, dtype=np.int64)
    for place, name in enumerate(draft.index.names.needs):
        tables = draft.model.needs[name].starts_at
        extra = routes_of_effects(draft, "need_start", name=name, tables=tables)
        for segment, table in enumerate(draft.groups.spread_over_segments(tables)):
            if table is not None:
                found[place, segment] = draft.choices.add_table(table, extra=extra)
    return found


def is_one_at_a_time(draft: Draft, need: Need) -> bool:
    """Say whether a person has no second one meanwhile: as written, else where a first activity can queue."""
    if need.one_at_a_time is not None:
        return need.one_at_a_time
    firsts = {target for table in need.starts_at.values() for route in table for target in route.targets}
    return any(can_queue(draft, name) for name in sorted(firsts) if name in draft.model.activities)


def can_queue(draft: Draft, activity: str) -> bool:
    """Say whether a case may have to wait for an activity."""
    resource = draft.model.activities[activity].resource
    return resource != NO_RESOURCE and not draft.model.resources[resource].is_unlimited
