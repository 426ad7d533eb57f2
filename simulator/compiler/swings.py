"""Trends, shocks and random outages of a model become arrays, each with purposes of its own for its draws."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from simulator.compiler.arrays import float_rows, integers
from simulator.compiler.calendar import day_of, second_of
from simulator.compiler.draft import Draft
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.laws import SCORES, trait_scores
from simulator.compiler.program import Ints
from simulator.compiler.swing_arrays import (
    OF_CAPACITY,
    OF_DURATIONS,
    OF_JOINERS,
    OF_NEEDS,
    OF_REFERRALS,
    Floats,
    Swings,
)
from simulator.compiler.trends import begins, factors, month_of
from simulator.definition.changes import Monthly, RandomOutages, Shock
from simulator.definition.laws import Law
from simulator.definition.quantities import Parameter, number
from simulator.units import Dimension

# Shocks of so many years before the run may still last when it begins.
YEARS_BEFORE = 10
APRIL = 4
KIND_OF = {
    "needs": OF_NEEDS,
    "referrals": OF_REFERRALS,
    "activities": OF_DURATIONS,
    "segments": OF_JOINERS,
    "resources": OF_CAPACITY,
}
Place = tuple[int, int]


def build_swings(draft: Draft) -> Swings | None:
    """Turn what changes of itself into arrays; nothing where nothing does."""
    trends, shocked, outages = list(trends_of(draft)), list(shocked_of(draft)), list(outages_of(draft))
    shocks = [draft.model.shocks[name] for name in sorted(draft.model.shocks)]
    if not (trends or shocked or outages):
        return None
    window = draft.window
    months, first_april = begins(window), day_of(window, 0).year - YEARS_BEFORE
    every = [draft.laws.add(one.every) for _, one in outages]
    return Swings(
        begin_second=integers(months),
        month_number=integers(month_of(window, second) for second in months),
        trend_of=integers(of for (of, _), _ in trends),
        trend_target=integers(target for (_, target), _ in trends),
        trend_factor=float_rows([factors(window, growth) for _, growth in trends], len(months)),
        shock_hash=integers(purpose_hash("shock", name) for name in sorted(draft.model.shocks)),
        level_law=integers(draft.laws.add_optional(one.level) for one in shocks),
        from_law=integers(draft.laws.add_optional(one.from_) for one in shocks),
        lasts_law=integers(draft.laws.add_optional(one.lasts) for one in shocks),
        monthly_scores=monthly_scores(shocks),
        monthly_r=np.array([float(one.monthly.r) if one.monthly else 0.0 for one in shocks]),
        first_april=first_april,
        april_second=aprils(draft, first_april),
        shocked=integers(shock for shock, _ in shocked),
        shocked_of=integers(of for _, (of, _) in shocked),
        shocked_target=integers(target for _, (_, target) in shocked),
        outage_resource=integers(draft.index.resource[name] for name, _ in outages),
        outage_hash=integers(purpose_hash("outage", name) for name, _ in outages),
        first_law=integers(draft.laws.add_excess(law) for law in every),
        every_law=integers(every),
        outage_law=integers(draft.laws.add(one.lasts) for _, one in outages),
        outage_loses=np.array([float(one.loses) for _, one in outages], dtype=np.float64),
    )


def trends_of(draft: Draft) -> Iterator[tuple[Place, Parameter]]:
    """Yield what grows but capacity, which is known beforehand and is in the timeline of its resource."""
    index = draft.index
    tables = {"needs": index.need, "referrals": index.referral, "activities": index.activity}
    for kind, places in {**tables, "segments": index.segment}.items():
        for name, noun in sorted(getattr(draft.model, kind).items()):
            if noun.trend is not None:
                yield (KIND_OF[kind], places[name]), noun.trend


def shocked_of(draft: Draft) -> Iterator[tuple[int, Place]]:
    """Yield each shock, by name, with each thing that it acts on."""
    for shock, name in enumerate(sorted(draft.model.shocks)):
        for path in draft.model.shocks[name].on:
            yield from ((shock, place) for place in places_at(draft, path))


def places_at(draft: Draft, path: str) -> Iterator[Place]:
    """Yield the kind and the indices that a path means: all places of a resource of each site."""
    kind, name, _ = path.split(".")
    if kind == "resources":
        yield from ((OF_CAPACITY, place) for place in resources_at(draft, name))
        return
    index = draft.index
    places = {"needs": index.need, "referrals": index.referral, "activities": index.activity}[kind]
    yield KIND_OF[kind], places[name]


def resources_at(draft: Draft, name: str) -> tuple[int, ...]:
    """Give the resources of the program that a name means."""
    return (draft.index.resource[name],) if "@" in name else tuple(draft.index.family[name])


def outages_of(draft: Draft) -> Iterator[tuple[str, RandomOutages]]:
    """Yield the resources of the program that lose places at random."""
    for name in draft.index.names.resources:
        written = draft.model.resources[name.partition("@")[0]].random_outages
        if written is not None:
            yield name, written


def aprils(draft: Draft, first: int) -> Ints:
    """List 1 April of each year whose shock could be felt, in seconds of the run."""
    last = day_of(draft.window, draft.window.end_second).year
    return integers(second_of(draft.window, date(year, APRIL, 1)) for year in range(first, last + 1))


def monthly_scores(shocks: list[Shock]) -> Floats:
    """Give the factors of those shocks that wander, at normal scores; 1 of the others."""
    rows = [
        [1.0] * len(SCORES) if one.monthly is None else trait_scores(law_of(one.monthly)).tolist()
        for one in shocks
    ]
    return float_rows(rows, len(SCORES))


def law_of(monthly: Monthly) -> Law:
    """Give the law of a multiplier that wanders: lognormal, its mean one."""
    return Law(
        name="lognorm",
        dimension=Dimension.NUMBER,
        arguments=(("cv", monthly.cv), ("mean", number(1))),
    )
