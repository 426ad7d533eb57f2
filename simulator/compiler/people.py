"""The population before anybody is drawn: how many, where, what becomes of them, how uneven."""

from fractions import Fraction

import numpy as np

from simulator.compiler.arrays import integers
from simulator.compiler.bounds import Bounds
from simulator.compiler.draft import Draft
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.laws import SCORES
from simulator.compiler.layers import widened
from simulator.compiler.program import ABSENT, Floats, People
from simulator.compiler.rates import DEAD, hazards, joiners_a_year
from simulator.compiler.rounding import half_up, share_out


def build_people(draft: Draft, bounds: Bounds) -> People:
    """Turn segments, localities, sites and traits into arrays."""
    names = draft.index.names
    segments = [draft.model.segments[name] for name in names.segments]
    traits = [draft.model.traits[name] for name in names.traits]
    return People(
        segment_people=integers(first_people(draft)),
        segment_hash=integers(purpose_hash("segment", name) for name in names.segments),
        home_cumulative=home_cumulative(draft),
        home_locality=integers(draft.homes.locality),
        locality_quintile=integers(quintile(draft, name) for name in names.localities),
        hazard=hazards(draft),
        hazard_layers=bounds.hazard_layers,
        hazard_bound=widened(bounds.hazards),
        route_reach=np.eye(len(names.segments), dtype=np.bool_),
        target_hash=integers(purpose_hash("life", name) for name in (*names.segments, DEAD)),
        joiners=joiners_a_year(draft),
        joiner_layers=bounds.joiner_layers,
        joiner_hash=integers(purpose_hash("joiner", name) for name in names.segments),
        trait_scores=np.array([draft.laws.scores(trait.law) for trait in traits]).reshape(
            len(traits), len(SCORES)
        ),
        trait_persistence=np.array([float(trait.persistence) for trait in traits], dtype=np.float64),
        trait_hash=integers(purpose_hash("trait", name) for name in names.traits),
        quality_of_life=np.array(
            [np.nan if one.quality_of_life is None else float(one.quality_of_life) for one in segments]
        ),
    )


def first_people(draft: Draft) -> list[int]:
    """Give the people of each segment on day one: the share of the whole, divided as the segments are."""
    written = [draft.model.segments[name].people.value for name in draft.index.names.segments]
    total = sum(written, Fraction(0)) * draft.window.population_share
    return share_out(half_up(total), written)


def home_cumulative(draft: Draft) -> Floats:
    """Give the running shares of the homes; the last is exactly one."""
    running, found = Fraction(0), []
    for share in draft.homes.shares:
        running += share
        found.append(float(running))
    return np.array(found, dtype=np.float64)


def quintile(draft: Draft, locality: str) -> int:
    """Give the deprivation quintile of a locality, or -1."""
    written = draft.model.localities.get(locality)
    return ABSENT if written is None or written.quintile is None else int(written.quintile)
