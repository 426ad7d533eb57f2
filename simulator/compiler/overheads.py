"""Overheads: what an organisation spends by function whatever is done, and what interventions make of it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from simulator.compiler.arrays import integers
from simulator.compiler.calendar import period_closes
from simulator.compiler.draft import Draft
from simulator.compiler.effect_paths import ON_OVERHEAD, read_target
from simulator.compiler.price_effects import PriceChange, change_of, mean_prices
from simulator.compiler.program import Floats, Ints, Resources
from simulator.compiler.standing import standing_pence
from simulator.definition.switch_references import target_of
from simulator.units import SECONDS_A_YEAR


def build_overheads(draft: Draft, resources: Resources) -> tuple[Ints, Floats]:
    """Give whose each standing line is (F), and what is spent on it in each period (P, F), in pence.

    In the order of the names, ``<organisation>.<function>`` for an overhead; of a part of the place in its
    share.
    """
    lines = [name.split(".") for name in draft.index.names.overheads]
    closes = period_closes(draft.window)
    years = np.diff(closes, prepend=0) / SECONDS_A_YEAR * float(draft.window.population_share)
    found = np.zeros((len(closes), len(lines)))
    changes = list(changes_of_overheads(draft))
    for place, (organisation, function) in enumerate(lines):
        if ":" in function:
            found[:, place] = standing_pence(draft, f"{organisation}.{function}", resources=resources)
            continue
        base = np.array([float(draft.model.organisations[organisation].overheads[function].value)])
        mine = [one for one in changes if one.price == place]
        found[:, place] = mean_prices(base, mine, closes=closes)[:, 0] * years
    return integers(draft.index.organisation[organisation] for organisation, _ in lines), found


def changes_of_overheads(draft: Draft) -> Iterator[PriceChange]:
    """Yield what interventions do to overheads, in order of intervention and place."""
    for name in draft.index.names.interventions:
        for number, effect in enumerate(draft.model.interventions[name].effects):
            said = target_of(effect.path)
            if said is None or said.kind != "overhead":
                continue
            target = read_target(draft, effect, path=f"interventions.{name}.effects.{number}")
            if target is not None and target.on == ON_OVERHEAD:
                change = change_of(draft, name, effect=effect, activity=target.target, price=target.target)
                yield replace(change, groups=np.ones(1, dtype=np.bool_))
