"""What an exchange names: quantities to be read, values that can be driven, stocks for heads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from simulator.definition.activities import Activity
from simulator.definition.equations import Equation
from simulator.definition.exchange import OF_NOBODY, PEOPLE, Drive, Exchange, Limits, Read
from simulator.definition.faults import Path
from simulator.definition.groups import Keyed
from simulator.definition.known import Complaint, Known, part
from simulator.definition.members import complaints_of_member
from simulator.definition.model import Model
from simulator.definition.people import Referral
from simulator.definition.quantities import Parameter
from simulator.definition.routes import EXIT
from simulator.definition.slow_dynamics import Integration
from simulator.definition.switch_references import target_of
from simulator.definition.words import nearest
from simulator.units import SECONDS_A_DAY, Dimension, shown

EXCHANGE = "exchange"
STRENGTH, PATIENCE, ROUTE, COST = "strength", "patience", "route_share", "cost"
DRIVEN = {
    "need_rate": Dimension.RATE,
    "referral_rate": Dimension.RATE,
    "hazard": Dimension.RATE,
    "joiners": Dimension.RATE,
    "capacity": Dimension.NUMBER,
    "duration": Dimension.NUMBER,
    STRENGTH: Dimension.NUMBER,
    PATIENCE: Dimension.NUMBER,
    ROUTE: Dimension.NUMBER,
    COST: Dimension.NUMBER,
}
# What can only be multiplied, and why.
MULTIPLIED = {
    "duration": "a duration is drawn from its law, so it can only be multiplied; say times.",
    PATIENCE: "patience is drawn from its law, so it can only be multiplied; say times.",
    ROUTE: "the share of a route differs by whom it is drawn for, so it can only be multiplied; say times.",
    COST: "a price differs by whom it is paid for, so it can only be multiplied; say times.",
}
ALLOWED = (
    "needs.<id>.rate, referrals.<id>.rate, segments.<id>.becomes.<name>, segments.<id>.joiners, "
    "activities.<id>.duration, activities.<id>.patience, activities.<id>.routes.<route>, "
    "activities.<id>.cost.<contact or day>, resources.<id>.capacity, interventions.<id>.strength"
)
OF_REFERRALS = ("rate_from", "takes_from", "returns_to")
PRICES = ("contact", "day")
UNPRICED = "a price is of a contact or of a day; drive cost.contact or cost.day."
IN_EQUATIONS = ("stocks", "flows", "auxiliaries", "lookups")


@dataclass(frozen=True, slots=True, kw_only=True)
class Driven:
    """One value that is driven: its path, how, where that is written, and what it is a value of."""

    path: str
    drive: Drive
    way: Path
    kind: str = ""
    name: str = ""
    second: str = ""

    @property
    def key(self) -> str:
        """Give the name of its equation among those of the stocks."""
        return f"drive#{self.path}"

    @property
    def is_open(self) -> bool:
        """Say whether nothing bounds it: an equation that stands alone."""
        limits = part(self.drive, "between")
        return isinstance(limits, Limits) and limits.is_open

    def way_of(self, verb: str) -> Path:
        """Give the way to its equation."""
        return self.way if self.is_open else (*self.way, verb)


def all_driven(model: Model) -> tuple[Driven, ...]:
    """List what is driven, by path: what the exchange names, and referrals that come from a stock."""
    drives = part(part(model, EXCHANGE), "drives")
    found = [
        _driven(path, drive, way=(EXCHANGE, "drives", path))
        for path, drive in (drives.items() if isinstance(drives, Mapping) else ())
    ]
    for name, referral in model.referrals.items():
        rate_from = part(referral, "rate_from")
        if isinstance(rate_from, Drive):
            found.append(_driven(f"referrals.{name}.rate", rate_from, way=("referrals", name, "rate_from")))
    return tuple(sorted(found, key=lambda one: one.path))


def _driven(path: str, drive: Drive, *, way: Path) -> Driven:
    parts = path.split(".")
    if len(parts) == 3 and parts[0] == "interventions" and parts[2] == STRENGTH:
        return Driven(path=path, drive=drive, way=way, kind=STRENGTH, name=parts[1])
    if len(parts) == 3 and parts[0] == "activities" and parts[2] == PATIENCE:
        return Driven(path=path, drive=drive, way=way, kind=PATIENCE, name=parts[1])
    target = target_of(path)
    if target is None or target.kind not in DRIVEN:
        return Driven(path=path, drive=drive, way=way)
    return Driven(
        path=path, drive=drive, way=way, kind=target.kind, name=target.name, second=target.second or ""
    )


def complaints_of_exchange(model: Model, raw: Mapping[str, object]) -> Iterator[Complaint]:
    """Say what an exchange names that is not there, or asks that cannot be; wrong parts may be absent."""
    exchange = part(model, EXCHANGE)
    if EXCHANGE not in raw:
        yield from _of_referrals_alone(model)
        return
    if not isinstance(exchange, Exchange):
        return
    known = Known(raw, model)
    if not raw.get("stocks"):
        yield (EXCHANGE,), "there are no stocks to exchange anything with."
    if not raw.get("activities"):
        yield (EXCHANGE,), "there are no activities to exchange anything with."
    yield from _step(exchange, model)
    reads = part(exchange, "reads")
    for name, read in reads.items() if isinstance(reads, Mapping) else ():
        yield from _read(name, read, model=model, known=known)
    driven = all_driven(model)
    for one in driven:
        yield from _of_driven(one, model=model, known=known)
    yield from _twice(driven)
    yield from _heads(model, known)


def _of_referrals_alone(model: Model) -> Iterator[Complaint]:
    for name, referral in model.referrals.items():
        for word in OF_REFERRALS:
            if part(referral, word) is not None:
                said = "needs an [exchange] that says how often stocks and people meet."
                yield ("referrals", name, word), said


def _step(exchange: Exchange, model: Model) -> Iterator[Complaint]:
    every, step = part(exchange, "every"), part(part(model, "integration"), "step")
    if not isinstance(every, Parameter) or not isinstance(step, Parameter):
        return
    if (every.value / step.value).denominator != 1:
        yield (EXCHANGE, "every"), "must be a whole number of the stocks' steps ('integration.step')."


def step_seconds(model: Model) -> Fraction:
    """Give the seconds of a step of the stocks: as written, else a day where that divides ``every``."""
    written = (model.integration or Integration()).step
    assert model.exchange is not None
    every = model.exchange.every.value
    if written is not None:
        return written.value
    return Fraction(SECONDS_A_DAY) if every % SECONDS_A_DAY == 0 else every


def _read(name: str, read: Read, *, model: Model, known: Known) -> Iterator[Complaint]:
    way: Path = (EXCHANGE, "reads", name)
    for kind in IN_EQUATIONS:
        if name in known.ids(kind):
            yield way, f"{shown(name)} is the id of one of the {kind} too; equations need names apart."
    if read.kind == "resource":
        yield from complaints_of_member(read.name, model, known=known, way=way)
    elif read.kind == PEOPLE:
        yield from known.complain(read.name, "segments", way=way)
    elif read.kind not in OF_NOBODY:
        kind = {"activity": "activities", "need": "needs"}[read.kind]
        yield from known.complain(read.name, kind, way=way)


def _of_driven(one: Driven, *, model: Model, known: Known) -> Iterator[Complaint]:
    if not one.kind:
        yield one.way, f"{shown(one.path)} cannot be driven; allowed are {ALLOWED}."
        return
    found = list(_names(one, model=model, known=known))
    yield from found
    if not found:
        yield from _fit(one, model)
        yield from _of_activity(one, model)
    yield from _verbs(one)


def _names(one: Driven, *, model: Model, known: Known) -> Iterator[Complaint]:
    kind = one.path.split(".")[0]
    if kind == "resources":
        yield from complaints_of_member(one.name, model, known=known, way=one.way)
        return
    found = list(known.complain(one.name, kind, way=one.way))
    yield from found
    segment = model.segments.get(one.name)
    if one.kind == "hazard" and not found and segment is not None and one.second not in segment.becomes:
        hint = nearest(one.second, segment.becomes)
        yield one.way, f"segments.{one.name} has no hazard towards {shown(one.second)}.{hint}"


def _fit(one: Driven, model: Model) -> Iterator[Complaint]:
    if one.kind == "capacity":
        resource = model.resources.get(one.name.partition("@")[0])
        if resource is not None and resource.is_unlimited:
            yield one.way, "has no limit, so nothing can drive it; give it a capacity."
        elif resource is not None and resource.each and "@" not in one.name and one.drive.by is not None:
            yield (*one.way, "by"), f"there is one in each {resource.each}; drive each of them, or say times."
    if one.kind == "referral_rate":
        referral = model.referrals.get(one.name)
        if referral is not None and not referral.comes_at_a_rate:
            yield one.way, "only a referral that comes at a rate can be driven."


def _of_activity(one: Driven, model: Model) -> Iterator[Complaint]:
    if one.drive.instead is not None and one.kind != ROUTE:
        yield (*one.way, "instead"), "goes with the share of a route only."
    activity = model.activities.get(one.name)
    if activity is None or one.path.split(".")[0] != "activities":
        return
    if one.kind == PATIENCE and part(activity, "patience") is None:
        yield one.way, "nobody who waits for it gives up; there is no patience to drive."
    if one.kind == COST and getattr(part(activity, COST), one.second, None) is None:
        yield (
            one.way,
            f"the activity has no price for each {one.second}." if one.second in PRICES else UNPRICED,
        )
    if one.kind == ROUTE:
        yield from _of_route(one, activity)


def _of_route(one: Driven, activity: Activity) -> Iterator[Complaint]:
    tables, instead = part(activity, "routes"), one.drive.instead or EXIT
    if not isinstance(tables, Keyed):
        return
    names = dict.fromkeys(route.name for table in tables.values() for route in table)
    if one.second not in names:
        said = f"activities.{one.name} has no route called {shown(one.second)}."
        yield one.way, f"{said}{nearest(one.second, names)}"
    elif instead not in (*names, EXIT):
        yield (*one.way, "instead"), f"no route there is called {shown(instead)}.{nearest(instead, names)}"
    elif instead == one.second:
        yield one.way, "a route cannot gain its own cases; say instead = another route."


def _verbs(one: Driven) -> Iterator[Complaint]:
    drive = one.drive
    written = [word for word in ("by", "times") if part(drive, word) is not None]
    if len(written) != 1:
        yield one.way, f"says exactly one of by and times; found {' and '.join(written) or 'neither'}."
        return
    verb, limits = written[0], part(drive, "between")
    equation = part(drive, verb)
    if isinstance(equation, Equation) and equation.tree is None:
        yield one.way_of(verb), "is a table; what is driven is one number, so write one equation."
    if verb == "by" and one.kind in MULTIPLIED:
        yield (*one.way, "by"), MULTIPLIED[one.kind]
        return
    if one.way[0] == "referrals" and verb == "times":
        yield (*one.way, "times"), "there is no rate to multiply; say by."
        return
    needed = Dimension.NUMBER if verb == "times" else DRIVEN[one.kind]
    if isinstance(limits, Limits) and {limits.low.dimension, limits.high.dimension} != {needed}:
        yield (*one.way, "between"), f"'{verb}' needs {needed.value} here, at both ends."


def _twice(driven: tuple[Driven, ...]) -> Iterator[Complaint]:
    paths = {one.path for one in driven if one.way[0] == EXCHANGE}
    for one in driven:
        whole = one.path.replace(f"@{one.name.partition('@')[2]}", "") if "@" in one.name else ""
        if whole in paths:
            yield one.way, f"is driven by '{whole}' already."
        if one.way[0] == "referrals" and one.path in paths:
            yield one.way, "is driven by the exchange already; keep one of them."


def _heads(model: Model, known: Known) -> Iterator[Complaint]:
    for name, referral in model.referrals.items():
        for word in ("takes_from", "returns_to"):
            stock = part(referral, word)
            if isinstance(stock, str):
                yield from _of_stock(stock, model, known=known, way=("referrals", name, word))
        if part(referral, "takes_from") is not None and not _comes_at_a_rate(referral):
            yield ("referrals", name, "takes_from"), "only a referral that comes at a rate can take heads."


def _comes_at_a_rate(referral: Referral) -> bool:
    return part(referral, "rate") is not None or part(referral, "rate_from") is not None


def _of_stock(stock: str, model: Model, *, known: Known, way: Path) -> Iterator[Complaint]:
    found = list(known.complain(stock, "stocks", way=way))
    yield from found
    known_stock = model.stocks.get(stock)
    if found or known_stock is None:
        return
    if known_stock.over or known_stock.residence is not None:
        yield way, "heads cross to and from a plain stock only: not one of an array or with a residence."
