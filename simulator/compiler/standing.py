"""What is spent whatever is done, in lines: overheads, wards, fixed sums, what is bought outside.

A line is named ``<organisation>.<what>``: an overhead by its function alone, the others ``wards:<resource>``,
``fixed:<line>``, ``bought:<line>`` and ``negotiation:<line>``. All count in the population's share.
"""

import numpy as np

from simulator.compiler.calendar import period_closes
from simulator.compiler.draft import Draft
from simulator.compiler.joint_prices import negotiations, price_factors
from simulator.compiler.program import NO_LIMIT, Floats, Resources
from simulator.compiler.standing_names import FIXED, NEGOTIATION, WARDS
from simulator.definition.cost_references import warded
from simulator.definition.costs import CostLine
from simulator.definition.model import Model
from simulator.units import SECONDS_A_YEAR


def standing_pence(draft: Draft, name: str, *, resources: Resources) -> Floats:
    """Give what one line that is no overhead costs in each period (P), in pence."""
    who, _, what = name.partition(".")
    kind, _, line = what.partition(":")
    closes = period_closes(draft.window)
    share = float(draft.window.population_share)
    years = np.diff(closes, prepend=0) / SECONDS_A_YEAR * share
    if kind == WARDS:
        cost = next(one for key, one in draft.model.costs.items() if _is_of_wards(draft.model, key, of=line))
        assert cost.stepped is not None
        return wards_open(draft, line, resources=resources) * float(cost.stepped.ward.value) * _a_year(years)
    cost = draft.model.costs[line]
    if kind == FIXED:
        assert cost.fixed is not None
        return float(cost.fixed.value) * _a_year(years)
    if kind == NEGOTIATION:
        return negotiations(draft, line) * share
    assert cost.variable is not None
    price = float(cost.variable.value) * float(cost.bought_by[who].value)
    return price * _a_year(years) * price_factors(draft, line, buyer=who)


def wards_open(draft: Draft, resource: str, *, resources: Resources) -> Floats:
    """Give how many whole wards a resource's capacity is in each period (P), to the nearest, over time."""
    place = draft.index.resource[resource]
    size = draft.model.resources[resource].ward_size
    assert size is not None
    closes = period_closes(draft.window)
    mine = resources.change_resource == place
    seconds = np.concatenate([[0], resources.change_second[mine]])
    places = np.concatenate([[resources.capacity[place]], resources.change_capacity[mine]]).astype(float)
    if (places == NO_LIMIT).any():
        return np.zeros(len(closes))
    wards = whole_wards(places, size=float(size.value) * float(draft.window.population_share))
    moments = np.unique(np.concatenate([[0], closes[:-1], seconds[seconds < closes[-1]]]))
    level = wards[np.searchsorted(seconds, moments, side="right") - 1]
    held = level * np.diff(moments, append=closes[-1])
    opens = np.concatenate([[0], closes[:-1]])
    return np.asarray(np.add.reduceat(held, np.searchsorted(moments, opens)) / (closes - opens))


def whole_wards(places: Floats, *, size: float) -> Floats:
    """Give how many wards stand open in so many places: to the nearest whole, and half a ward opens one."""
    return np.asarray(np.floor(places / size + 0.5 + 1e-9))


def _a_year(years: Floats) -> Floats:
    """Turn years into the seconds that a price per second is multiplied by."""
    return years * SECONDS_A_YEAR


def _is_of_wards(model: Model, line: str, *, of: str) -> bool:
    cost: CostLine = model.costs[line]
    return cost.stepped is not None and warded(model, line) == of
