"""What buying together makes of a price: a lookup over the volume, another over the number who buy.

With f over the volume, g over partners, v what one buys alone and V what all n buy together, a buyer's price
becomes f(V) g(n) ÷ (f(v) g(1)) times its own, by the strength of the intervention.
"""

from collections.abc import Iterator

import numpy as np

from simulator.compiler.calendar import period_closes
from simulator.compiler.draft import Draft
from simulator.compiler.interventions import running, weekly_strength
from simulator.compiler.price_effects import PriceChange, mean_prices
from simulator.compiler.program import Floats
from simulator.compiler.weeks import week_seconds
from simulator.definition.costs import CostLine
from simulator.definition.effects import JointPrice
from simulator.definition.model import Model


def price_factors(draft: Draft, line: str, *, buyer: str) -> Floats:
    """Give the mean factor on the price of a line for one buyer in each period (P)."""
    closes = period_closes(draft.window)
    volume = float(draft.model.costs[line].bought_by[buyer].value)
    changes = [
        change
        for name, price in _prices(draft, line)
        for change in [_change(draft, name, factor=together(draft.model, price, volume=volume))]
    ]
    return mean_prices(np.ones(1), changes, closes=closes)[:, 0]


def together(model: Model, price: JointPrice, *, volume: float) -> float:
    """Give what buying together multiplies the price by of one who buys so much alone."""
    line = model.costs[price.cost]
    count = buyers(line) if price.partners is None else int(price.partners.value)
    change = at(model, price.lookup, x=all_of_it(line)) / at(model, price.lookup, x=volume)
    if price.by_partners is None:
        return change
    return change * at(model, price.by_partners, x=count) / at(model, price.by_partners, x=1)


def all_of_it(line: CostLine) -> float:
    """Give what all buyers of a line buy together."""
    return float(sum(one.value for one in (*line.bought_by.values(), *line.others.values())))


def buyers(line: CostLine) -> int:
    """Count the buyers of a line."""
    return len(line.bought_by) + len(line.others)


def negotiations(draft: Draft, line: str) -> Floats:
    """Give what a buyer pays to negotiate in each period (P), in pence: once, in the second of the start."""
    closes = period_closes(draft.window)
    found = np.zeros(len(closes))
    for name, price in _prices(draft, line):
        if price.negotiation is not None:
            first, _ = running(draft.window, draft.model.interventions[name])
            found[np.searchsorted(closes, first, side="right")] += float(price.negotiation.value)
    return found


def at(model: Model, lookup: str, *, x: float) -> float:
    """Read a lookup: straight between its points, held outside."""
    points = model.lookups[lookup].points
    return float(np.interp(x, [one for one, _ in points], [one for _, one in points]))


def _prices(draft: Draft, line: str) -> Iterator[tuple[str, JointPrice]]:
    """Yield what interventions that are on do to the price of a line, by name of intervention."""
    for name in draft.index.names.interventions:
        for effect in draft.model.interventions[name].effects:
            if effect.prices is not None and effect.prices.cost == line:
                yield name, effect.prices


def _change(draft: Draft, name: str, *, factor: float) -> PriceChange:
    intervention = draft.model.interventions[name]
    first, last = running(draft.window, intervention)
    seconds = np.array(week_seconds(draft.window, first), dtype=np.int64)
    return PriceChange(
        activity=0,
        price=0,
        groups=np.ones(1, dtype=np.bool_),
        is_factor=True,
        seconds=seconds,
        last=last,
        strength=np.array(weekly_strength(draft, intervention)),
        value=np.full(len(seconds), factor),
    )
