"""Programs made by hand for the tests of chance and demand: only what a demand reads is filled in."""

from collections.abc import Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any

import numpy as np

from simulator.compiler import program as contract
from simulator.compiler.calendar import build_calendar
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.law_tables import LawTable, pack_tables
from simulator.compiler.layers import layers_of
from simulator.compiler.profiles import build_profiles
from simulator.compiler.program import Program
from simulator.compiler.window import Window
from simulator.definition.calendars import Profile

DAY = 86_400
FLAT_SCORES = np.ones(1025)


@dataclass(frozen=True, kw_only=True)
class NeedSpec:
    """One need: its rate by segment name, and what it is drawn with."""

    rate: dict[str, float]
    trait: str | None = None
    profile: str | None = None
    layers: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReferralSpec:
    """One referral: a rate per year, a law between arrivals, or a script."""

    rate: float = 0.0
    layers: int | None = None
    profile: str | None = None
    between: LawTable | None = None
    at: Sequence[int] = ()
    batch: LawTable | None = None


@dataclass(frozen=True, kw_only=True)
class Small:
    """What differs between the programs of a test."""

    people: dict[str, int]
    needs: dict[str, NeedSpec] = field(default_factory=dict)
    referrals: dict[str, ReferralSpec] = field(default_factory=dict)
    traits: dict[str, tuple[Any, float]] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    hazards: dict[tuple[str, str], float] = field(default_factory=dict)
    joiners: dict[str, float] = field(default_factory=dict)
    homes: Sequence[float] = (1.0,)
    starts: date = date(2025, 4, 1)
    warm_up_days: int = 0
    days: int = 365


def build(small: Small) -> Program:
    """Make the program."""
    window = Window(
        starts=small.starts,
        warm_up_seconds=small.warm_up_days * DAY,
        horizon_seconds=small.days * DAY,
        period_seconds=7 * DAY,
    )
    calendar = build_calendar(window)
    tables = [law for one in in_name_order(small.referrals) for law in (one.between, one.batch) if law]
    return blank(
        Program,
        fingerprint="",
        calendar=calendar,
        laws=pack_tables(tables),
        profiles=build_profiles(in_name_order(small.profiles), calendar),
        people=people_of(small),
        needs=needs_of(small),
        referrals=referrals_of(small, tables),
        names=blank(contract.Names, referrals=tuple(sorted(small.referrals))),
    )


def people_of(small: Small) -> contract.People:
    """Fill in the people."""
    segments = sorted(small.people)
    hazard = np.zeros((len(segments), len(segments) + 1))
    for (source, target), rate in small.hazards.items():
        hazard[segments.index(source), ([*segments, "dead"]).index(target)] = rate
    joiners = np.array([small.joiners.get(name, 0.0) for name in segments])
    return blank(
        contract.People,
        segment_people=integers(small.people[name] for name in segments),
        segment_hash=integers(purpose_hash("segment", name) for name in segments),
        home_cumulative=np.cumsum(small.homes),
        hazard=hazard,
        hazard_layers=layers_of(np.tile(hazard.max(axis=0, initial=0.0), (len(segments), 1))),
        hazard_bound=np.full_like(hazard, np.inf),
        route_reach=np.eye(len(segments), dtype=np.bool_),
        target_hash=integers(purpose_hash("life", name) for name in [*segments, "dead"]),
        joiners=joiners,
        joiner_layers=layers_of(joiners),
        joiner_hash=integers(purpose_hash("joiner", name) for name in segments),
        trait_scores=np.array([scores for scores, _ in in_name_order(small.traits)]).reshape(-1, 1025),
        trait_persistence=np.array([persistence for _, persistence in in_name_order(small.traits)]),
        trait_hash=integers(purpose_hash("trait", name) for name in sorted(small.traits)),
    )


def needs_of(small: Small) -> contract.Needs:
    """Fill in the needs."""
    segments, needs = sorted(small.people), in_name_order(small.needs)
    rate = np.array([[need.rate.get(name, 0.0) for name in segments] for need in needs])
    rate = rate.reshape(len(needs), len(segments))
    layers = layers_of(rate)
    for place, need in enumerate(needs):
        if need.layers is not None:
            layers[place] = need.layers
    traits, profiles = sorted(small.traits), sorted(small.profiles)
    return blank(
        contract.Needs,
        rate=rate,
        layers=layers,
        bound=np.full_like(rate, np.inf),
        trait=integers(traits.index(need.trait) if need.trait else -1 for need in needs),
        profile=integers(profiles.index(need.profile) if need.profile else -1 for need in needs),
        hash=integers(purpose_hash("need", name) for name in sorted(small.needs)),
    )


def referrals_of(small: Small, tables: list[LawTable]) -> contract.Referrals:
    """Fill in the referrals."""
    referrals, profiles = in_name_order(small.referrals), sorted(small.profiles)
    at = [list(one.at) for one in referrals]
    rate = np.array([one.rate for one in referrals])
    layers = layers_of(rate)
    place = {id(table): law for law, table in enumerate(tables)}
    return blank(
        contract.Referrals,
        kind=integers(2 if one.at else 1 if one.between else 0 for one in referrals),
        rate=rate,
        layers=integers(
            own if one.layers is None else one.layers for own, one in zip(layers, referrals, strict=True)
        ),
        bound=np.full_like(rate, np.inf),
        profile=integers(profiles.index(one.profile) if one.profile else -1 for one in referrals),
        between_law=integers(place.get(id(one.between), -1) for one in referrals),
        at_first=integers([0, *np.cumsum([len(of_one) for of_one in at])]),
        at_second=integers(second for of_one in at for second in of_one),
        batch_law=integers(place.get(id(one.batch), -1) for one in referrals),
        hash=integers(purpose_hash("need", name) for name in sorted(small.referrals)),
    )


def blank(part: type, /, **given: Any) -> Any:
    """Make one part of a program, empty where nothing is given and nothing is usual."""
    usual = {one.name: np.empty(0) if one.default is MISSING else one.default for one in fields(part)}
    return part(**(usual | given))


def in_name_order(table: dict[str, Any]) -> list[Any]:
    """List the values of a table by name."""
    return [table[name] for name in sorted(table)]


def integers(values: Any) -> contract.Ints:
    """Make an array of whole numbers."""
    return np.array(list(values), dtype=np.int64)
