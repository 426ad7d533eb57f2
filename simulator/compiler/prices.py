"""What activity costs that varies with it, in pence, who pays, and overheads."""

import numpy as np

from simulator.compiler.arrays import float_rows
from simulator.compiler.draft import Draft
from simulator.compiler.overheads import build_overheads
from simulator.compiler.paid_by import build_shares, main_payer
from simulator.compiler.price_effects import changed_prices
from simulator.compiler.program import ABSENT, Floats, Prices, Resources
from simulator.definition.groups import Keyed
from simulator.definition.quantities import Parameter
from simulator.units import SECONDS_A_DAY


def build_prices(draft: Draft, resources: Resources) -> Prices:
    """Turn costs into arrays; who pays is the owner of the resource unless the file says otherwise."""
    owner = resources.owner
    written = [draft.model.activities[name] for name in draft.index.names.activities]
    payer = np.full((len(written), len(owner) + 1), ABSENT, dtype=np.int64)
    payer[:, :-1] = owner
    for place, activity in enumerate(written):
        if activity.cost_payer:
            payer[place] = draft.index.organisation[activity.cost_payer]
        elif activity.paid_by is not None:
            payer[place] = main_payer(draft, activity.paid_by)
    contact = pence(draft, [one.cost.contact if one.cost else None for one in written])
    day = pence(draft, [one.cost.day if one.cost else None for one in written])
    for place, name in enumerate(draft.index.names.activities):
        line = draft.model.costs.get(name)
        if line is not None and line.variable is not None:
            day[place] = float(line.variable.value) * SECONDS_A_DAY
    changed, by_period = changed_prices(draft, (contact, day))
    overhead_owner, overheads = build_overheads(draft, resources)
    shared, contact_shares, day_shares = build_shares(draft)
    return Prices(
        contact=contact,
        day=day,
        payer=payer,
        changed=changed,
        by_period=by_period,
        overhead_owner=overhead_owner,
        overheads=overheads,
        shared=shared,
        contact_shares=contact_shares,
        day_shares=day_shares,
    )


def pence(draft: Draft, tables: list[Keyed[Parameter] | None]) -> Floats:
    """Give pence by activity and group (A, G); nought where the file says nothing."""
    rows = [draft.groups.spread_as(table, lambda one: 0.0 if one is None else float(one)) for table in tables]
    return float_rows(rows, draft.groups.count)
