"""What the stocks drive, as kinds and indices, with the bounds that it may never leave."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from simulator.compiler.draft import Draft
from simulator.compiler.exchange_arrays import (
    DRIVES_CAPACITY,
    DRIVES_COST,
    DRIVES_DURATION,
    DRIVES_HAZARD,
    DRIVES_JOINERS,
    DRIVES_NEED,
    DRIVES_PATIENCE,
    DRIVES_REFERRAL,
    DRIVES_ROUTE,
    DRIVES_STRENGTH,
    Floats,
)
from simulator.compiler.open_rates import note_unknown, open_rates, stock_seconds
from simulator.compiler.program import ABSENT
from simulator.definition.exchange_references import PRICES, STRENGTH, Driven, all_driven
from simulator.definition.references import DEAD
from simulator.definition.routes import EXIT
from simulator.units import SECONDS_A_YEAR, YEAR, parse_quantity

# How much further than its first level demand is drawn for what nothing bounds; more is drawn when needed.
HEADROOM = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """One drive. ``unit`` turns what replaces a value into the unit of the arrays; ``low`` and ``high`` are
    in the unit of the file. Where nothing bounds it ``high`` is what demand is drawn for to begin with."""

    said: Driven
    of: int
    target: int
    second: int = ABSENT
    instead: int = ABSENT
    is_factor: bool
    unit: float
    low: float
    high: float

    def highest(self, base: Floats) -> Floats:
        """Give the highest that a rate of the arrays can be driven to."""
        return base * self.high if self.is_factor else np.where(base > 0, self.high * self.unit, 0.0)


def drives_of(draft: Draft) -> tuple[Drive, ...]:
    """List what is driven, by path."""
    return tuple(drive_of(draft, one) for one in all_driven(draft.model))


def drive_of(draft: Draft, said: Driven) -> Drive:
    """Find what is driven."""
    of, target, second = place_of(draft, said)
    if said.is_open:
        return open_drive(draft, said, target=target)
    limits, is_factor = said.drive.between, said.drive.by is None
    scale = 1 / unit_of(limits.unit)
    return Drive(
        said=said,
        of=of,
        target=target,
        second=second,
        instead=draft.index.route.get(said.drive.instead or EXIT, ABSENT),
        is_factor=is_factor,
        unit=1.0 if is_factor else arrays_unit(of, limits.unit) * share_in(draft, of),
        low=float(limits.low.value * scale),
        high=float(limits.high.value * scale),
    )


def open_drive(draft: Draft, said: Driven, *, target: int) -> Drive:
    """Give a drive without bounds, which counts cases in the stocks' unit of time."""
    unit = SECONDS_A_YEAR / stock_seconds(draft.model)
    high = HEADROOM * open_rates(draft)[said.name] / unit
    unit *= share_in(draft, DRIVES_REFERRAL)
    return Drive(said=said, of=DRIVES_REFERRAL, target=target, is_factor=False, unit=unit, low=0.0, high=high)


def share_in(draft: Draft, of: int) -> float:
    """Give the share of the place that is in a rate of the arrays: of the place's, not of a person's."""
    return float(draft.window.population_share) if of in (DRIVES_REFERRAL, DRIVES_JOINERS) else 1.0


def place_of(draft: Draft, said: Driven) -> tuple[int, int, int]:
    """Give the kind and the indices of what is driven; an intervention that is off is absent."""
    index, name = draft.index, said.name
    match said.kind:
        case "need_rate":
            return DRIVES_NEED, index.need[name], ABSENT
        case "referral_rate":
            return DRIVES_REFERRAL, index.referral[name], ABSENT
        case "hazard":
            target = len(index.segment) if said.second == DEAD else index.segment[said.second]
            return DRIVES_HAZARD, index.segment[name], target
        case "joiners":
            return DRIVES_JOINERS, index.segment[name], ABSENT
        case "duration":
            return DRIVES_DURATION, index.activity[name], ABSENT
        case "capacity":
            place = index.resource.get(name, ABSENT)
            return DRIVES_CAPACITY, place, ABSENT
        case "patience":
            return DRIVES_PATIENCE, index.activity[name], ABSENT
        case "route_share":
            return DRIVES_ROUTE, index.activity[name], index.route[said.second]
        case "cost":
            return DRIVES_COST, index.activity[name], PRICES.index(said.second)
    assert said.kind == STRENGTH, said.kind
    names = index.names.interventions
    return DRIVES_STRENGTH, names.index(name) if name in names else ABSENT, ABSENT


def unit_of(text: str) -> Fraction:
    """Give what 1 of a unit comes to in the unit of its dimension."""
    return parse_quantity(f"1 {text}")[0] if text else Fraction(1)


def arrays_unit(of: int, text: str) -> float:
    """Give what turns a number in a file's unit into the arrays' own: rates are a year."""
    is_rate = of in (DRIVES_NEED, DRIVES_REFERRAL, DRIVES_HAZARD, DRIVES_JOINERS)
    return float(unit_of(text) * YEAR) if is_rate else 1.0


def check_drives(draft: Draft, drives: tuple[Drive, ...], *, bases: dict[int, Floats]) -> None:
    """Refuse to replace a rate that the file has as nought: nobody is prepared to come by it."""
    note_unknown(draft)
    for one in drives:
        base = bases.get(one.of)
        if base is None or one.is_factor:
            continue
        found = base[one.target] if one.second == ABSENT else base[one.target, one.second]
        if not np.any(np.asarray(found) > 0):
            way = ".".join(str(part) for part in one.said.way)
            draft.findings.fault(
                way, "the file has this rate as 0; write one above 0, whose place the stocks then take."
            )
