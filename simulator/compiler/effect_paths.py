"""The paths that an effect acts on, such as ``needs.illness.rate``, as kinds and indices."""

from dataclasses import dataclass
from fractions import Fraction

from simulator.compiler.draft import Draft
from simulator.compiler.names import Index
from simulator.compiler.program import (
    ABSENT,
    ON_DURATION,
    ON_HAZARD,
    ON_JOINERS,
    ON_NEED_RATE,
    ON_NEED_START,
    ON_REFERRAL_RATE,
    ON_REFERRAL_START,
    ON_ROUTE_SHARE,
)
from simulator.compiler.rates import DEAD
from simulator.definition import switch_references
from simulator.definition.effects import Effect
from simulator.definition.interventions import ENROLLED
from simulator.definition.routes import EXIT
from simulator.definition.switch_references import target_of
from simulator.units import YEAR

# Capacity is no effect of the running engine: it is folded into the timeline of the resource.
ON_CAPACITY = -1
# Nor is a price: it changes no event, and is charged for what the records add up.
ON_COST = -2
# Nor is an overhead, which is spent whatever happens.
ON_OVERHEAD = -3
PRICES = ("contact", "day")
ONE = Fraction(1)
OF_NOBODY = (ON_REFERRAL_RATE, ON_REFERRAL_START, ON_JOINERS, ON_CAPACITY, ON_OVERHEAD)
ON_SHARES = (ON_ROUTE_SHARE, ON_NEED_START, ON_REFERRAL_START)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an effect acts on. ``unit`` turns a written amount of ``plus`` into the unit of the arrays."""

    on: int
    target: int
    second_target: int = ABSENT
    instead: int = ABSENT
    unit: Fraction = ONE


def read_target(draft: Draft, effect: Effect, *, path: str) -> Target | None:
    """Find what an effect acts on; a fault is added, and nothing given, where it cannot be done."""
    said = target_of(effect.path)
    assert said is not None, "the definition floor has read this path"
    target = find(draft, said, instead=effect.instead or EXIT)
    fault = fault_of(draft, effect, target=target)
    if fault:
        draft.findings.fault(f"{path}.{effect.verb}", fault)
        return None
    return target


def find(draft: Draft, said: switch_references.Target, *, instead: str) -> Target:
    """Give the kind and the indices of what an effect acts on."""
    index, name, second = draft.index, said.name, said.second or ""
    match said.kind:
        case "need_rate":
            return Target(on=ON_NEED_RATE, target=index.need[name], unit=YEAR)
        case "referral_rate":
            unit = YEAR * draft.window.population_share
            return Target(on=ON_REFERRAL_RATE, target=index.referral[name], unit=unit)
        case "duration":
            return Target(on=ON_DURATION, target=index.activity[name])
        case "route_share":
            return share_of(
                index, ON_ROUTE_SHARE, target=index.activity[name], second=second, instead=instead
            )
        case "need_start":
            return share_of(index, ON_NEED_START, target=index.need[name], second=second, instead=instead)
        case "referral_start":
            return share_of(
                index, ON_REFERRAL_START, target=index.referral[name], second=second, instead=instead
            )
        case "hazard":
            end = len(index.segment) if second == DEAD else index.segment[second]
            return Target(on=ON_HAZARD, target=index.segment[name], second_target=end, unit=YEAR)
        case "joiners":
            unit = YEAR * draft.window.population_share
            return Target(on=ON_JOINERS, target=index.segment[name], unit=unit)
        case "capacity":
            return Target(on=ON_CAPACITY, target=ABSENT)
        case "cost":
            return Target(on=ON_COST, target=index.activity[name], second_target=PRICES.index(second))
    return Target(on=ON_OVERHEAD, target=index.names.overheads.index(f"{name}.{second}"))


def share_of(index: Index, on: int, *, target: int, second: str, instead: str) -> Target:
    """Give the share of a route, and the route that gains or gives."""
    return Target(
        on=on, target=target, second_target=index.route[second], instead=index.route.get(instead, ABSENT)
    )


def fault_of(draft: Draft, effect: Effect, *, target: Target) -> str:
    """Say what cannot be done, or nothing."""
    if target.on == ON_REFERRAL_RATE and not comes_at_a_rate(draft, target.target):
        return "only a referral that comes at a rate can be changed."
    if target.on in ON_SHARES and effect.plus:
        return "the share of a route can only be multiplied; say times."
    if target.on in ON_SHARES and target.instead == target.second_target:
        return "a route cannot gain its own cases; say instead = another route."
    if effect.for_ == ENROLLED and target.on in OF_NOBODY:
        return 'nobody enrolled is behind this; say for = "everyone".'
    return ""


def comes_at_a_rate(draft: Draft, referral: int) -> bool:
    """Say whether a referral's arrivals come at a rate, not one after another or as written."""
    return draft.model.referrals[draft.index.names.referrals[referral]].comes_at_a_rate
