"""Which programs can read the same demand, and the program that covers them all: the most layers of each."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from simulator.compiler.program import ABSENT, Program


def shares_demand(program: Program, other: Program) -> bool:
    """Say whether two programs have the same people, streams, profiles and window; rates may differ."""
    return all(
        np.array_equal(one, two)
        for one, two in zip(demand_arrays(program), demand_arrays(other), strict=True)
    )


def merged(programs: Sequence[Program]) -> Program:
    """Give the first of some programs the most layers and the widest reach of any."""
    first = programs[0]
    if not all(shares_demand(first, other) for other in programs[1:]):
        raise ValueError(
            "these programs cannot share one demand: people, streams, profiles or window differ."
        )
    people = replace(
        first.people,
        hazard_layers=np.maximum.reduce([one.people.hazard_layers for one in programs]),
        hazard_bound=np.maximum.reduce([one.people.hazard_bound for one in programs]),
        route_reach=np.logical_or.reduce([one.people.route_reach for one in programs]),
        joiner_layers=np.maximum.reduce([one.people.joiner_layers for one in programs]),
    )
    needs = replace(
        first.needs,
        layers=np.maximum.reduce([one.needs.layers for one in programs]),
        bound=np.maximum.reduce([one.needs.bound for one in programs]),
    )
    referrals = replace(
        first.referrals,
        layers=np.maximum.reduce([one.referrals.layers for one in programs]),
        bound=np.maximum.reduce([one.referrals.bound for one in programs]),
    )
    return replace(first, people=people, needs=needs, referrals=referrals)


def demand_arrays(program: Program) -> list[np.ndarray]:
    """List all that enters the demand of a program, besides layers."""
    calendar, people, needs, referrals = program.calendar, program.people, program.needs, program.referrals
    streams = [people.segment_people, people.segment_hash, people.home_cumulative, people.target_hash]
    streams += [people.joiners, people.joiner_hash]
    streams += [people.trait_scores, people.trait_persistence, people.trait_hash]
    streams += [needs.trait, needs.profile, needs.hash]
    streams += [referrals.kind, referrals.profile, referrals.at_first, referrals.at_second]
    streams += [referrals.hash, calendar.year_start_second, np.array([calendar.end_second])]
    profiles = program.profiles
    streams += [profiles.day_start, profiles.day_weight, profiles.border_first]
    streams += [profiles.border_second, profiles.border_integral]
    laws = [law for pair in zip(referrals.between_law, referrals.batch_law, strict=True) for law in pair]
    return streams + [values for law in laws for values in law_arrays(program, int(law))]


def law_arrays(program: Program, law: int) -> list[np.ndarray]:
    """List what a law is, wherever it stands among the laws of its program."""
    laws = program.laws
    if law == ABSENT:
        return [np.empty(0)] * 3
    begin, end = laws.first[law], laws.first[law] + laws.size[law]
    head = np.array([float(laws.kind[law]), laws.scale[law]])
    return [head, laws.points[begin:end], laws.cumulative[begin:end]]
