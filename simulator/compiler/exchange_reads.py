"""What the stocks read of the people's side, as sums over meters: fields of records, or numbers present."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from simulator.compiler.arrays import flags, integers
from simulator.compiler.draft import Draft
from simulator.compiler.exchange_arrays import (
    OF_ACTIVITY,
    OF_DEATHS,
    OF_NEED,
    OF_RESOURCE,
    OF_SEGMENT,
    READ_MEAN,
    READ_NOW,
    READ_TOTAL,
    Flags,
    Floats,
    Ints,
)
from simulator.compiler.prices import pence
from simulator.compiler.program import ABSENT
from simulator.definition.exchange import MEAN, NOW, PEOPLE, TOTAL, Read
from simulator.units import SECONDS_A_DAY, SECONDS_A_YEAR

WAYS = {NOW: READ_NOW, TOTAL: READ_TOTAL, MEAN: READ_MEAN}
# Fields of the records of a resource and of an activity (``engines/records.py``; a test holds them equal).
RESOURCE_FIELDS = {"in_use": 0, "kept": 1, "turnaround": 2, "queue": 3, "capacity": 4}
ARRIVALS, STARTS, LEAVES, REFUSED, GAVE_UP = range(5)
WAIT_SECONDS, KEPT_STAY_SECONDS, WAITING_AREA, ACTIVE_AREA, KEPT_AREA = 8, 12, 13, 14, 15
ACTIVITY_FIELDS = {
    "waiting": (WAITING_AREA,),
    "in_progress": (ACTIVE_AREA,),
    "kept": (KEPT_AREA,),
    "present": (WAITING_AREA, ACTIVE_AREA, KEPT_AREA),
    "arrivals": (ARRIVALS,),
    "starts": (STARTS,),
    "ends": (LEAVES,),
    "refused": (REFUSED,),
    "gave_up": (GAVE_UP,),
}
PER_DAY, OCCUPANCY = "_per_day", "occupancy"
OVER = {"wait_mean_days": (WAIT_SECONDS, STARTS), "kept_mean_days": (KEPT_STAY_SECONDS, LEAVES)}
COST = ("cost", "cost_per_day")
PENCE = 100.0

Meter = tuple[int, int, int, int]
Term = tuple[Meter, float]


@dataclass(slots=True)
class Meters:
    """The meters that reads ask for, each once, in order of asking."""

    known: dict[Meter, int] = field(default_factory=dict)

    def place(self, meter: Meter) -> int:
        """Give the place of a meter."""
        return self.known.setdefault(meter, len(self.known))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """All reads as arrays; shapes as in ``exchange_arrays``."""

    meters: Ints
    term_read: Ints
    term_meter: Ints
    term_weight: Floats
    term_is_over: Flags
    way: Ints
    is_ratio: Flags
    scale: Floats
    stays: Flags


def build_reads(draft: Draft, reads: dict[str, Read]) -> Reads:
    """Turn reads, in order of name, into arrays."""
    meters, terms = Meters(), []
    share = float(draft.window.population_share)
    for place, read in enumerate(reads.values()):
        for is_over, of in ((False, terms_of), (True, over_of)):
            terms += [(place, meters.place(meter), weight, is_over) for meter, weight in of(draft, read)]
    ratios = {place for place, _, _, is_over in terms if is_over}
    return Reads(
        meters=np.array(list(meters.known), dtype=np.int64).reshape(len(meters.known), 4),
        term_read=integers(read for read, _, _, _ in terms),
        term_meter=integers(meter for _, meter, _, _ in terms),
        term_weight=np.array([weight for _, _, weight, _ in terms], dtype=np.float64),
        term_is_over=flags(is_over for _, _, _, is_over in terms),
        way=integers(WAYS[read.way] for read in reads.values()),
        is_ratio=flags(place in ratios for place in range(len(reads))),
        scale=np.array(
            [scale_of(read) / (1 if place in ratios else share) for place, read in enumerate(reads.values())],
            dtype=np.float64,
        ),
        stays=flags(read.quantity in OVER for read in reads.values()),
    )


def terms_of(draft: Draft, read: Read) -> Iterator[Term]:
    """Yield what is added up for a read."""
    index = draft.index
    if read.kind == "resource":
        quantity = "in_use" if read.quantity == OCCUPANCY else read.quantity
        for resource in resources(draft, read.name):
            yield (OF_RESOURCE, resource, ABSENT, RESOURCE_FIELDS[quantity]), 1.0
    elif read.kind == "need":
        yield (OF_NEED, index.need[read.name], ABSENT, 0), 1.0
    elif read.kind == PEOPLE:
        yield (OF_SEGMENT, index.segment[read.name], ABSENT, 0), 1.0
    elif read.kind == "activity":
        yield from of_activity(draft, read)
    else:
        yield (OF_DEATHS, 0, ABSENT, 0), 1.0


def of_activity(draft: Draft, read: Read) -> Iterator[Term]:
    """Yield what is added up for a read of an activity."""
    activity = draft.index.activity[read.name]
    if read.quantity in COST:
        yield from of_cost(draft, activity)
    elif read.quantity in OVER:
        yield (OF_ACTIVITY, activity, ABSENT, OVER[read.quantity][0]), 1.0
    else:
        for one in ACTIVITY_FIELDS[read.quantity.removesuffix(PER_DAY)]:
            yield (OF_ACTIVITY, activity, ABSENT, one), 1.0


def of_cost(draft: Draft, activity: int) -> Iterator[Term]:
    """Yield starts and person-seconds in the place by group, each weighted by its price in pounds."""
    cost = draft.model.activities[draft.index.names.activities[activity]].cost
    contact = pence(draft, [cost.contact if cost else None])[0]
    day = pence(draft, [cost.day if cost else None])[0]
    for group in range(draft.groups.count):
        if contact[group] > 0:
            yield (OF_ACTIVITY, activity, group, STARTS), float(contact[group]) / PENCE
        if day[group] > 0:
            for one in (ACTIVE_AREA, KEPT_AREA):
                yield (OF_ACTIVITY, activity, group, one), float(day[group]) / PENCE / SECONDS_A_DAY


def over_of(draft: Draft, read: Read) -> Iterator[Term]:
    """Yield what a read is divided by; nothing where it is time or nothing at all."""
    if read.quantity == OCCUPANCY:
        for resource in resources(draft, read.name):
            yield (OF_RESOURCE, resource, ABSENT, RESOURCE_FIELDS["capacity"]), 1.0
    elif read.quantity in OVER:
        yield (OF_ACTIVITY, draft.index.activity[read.name], ABSENT, OVER[read.quantity][1]), 1.0


def scale_of(read: Read) -> float:
    """Give what turns seconds into the unit of a read."""
    if read.quantity in OVER:
        return 1.0 / SECONDS_A_DAY
    if read.quantity.endswith(PER_DAY):
        return float(SECONDS_A_DAY)
    return float(SECONDS_A_YEAR) if read.quantity.endswith("per_year") else 1.0


def resources(draft: Draft, name: str) -> tuple[int, ...]:
    """List the resources of the program that a name means."""
    return (draft.index.resource[name],) if "@" in name else draft.index.family[name]
