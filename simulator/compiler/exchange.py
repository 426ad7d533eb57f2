"""An exchange becomes arrays: reads, drives with their bounds, lines of capacity, who takes whose heads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from simulator.compiler.arrays import flags, integers
from simulator.compiler.draft import Draft
from simulator.compiler.exchange_arrays import DRIVES_CAPACITY, Exchange, Floats, Ints
from simulator.compiler.exchange_drives import Drive
from simulator.compiler.exchange_reads import build_reads
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.program import ABSENT, Resources
from simulator.compiler.resources import Changes, own_capacity
from simulator.compiler.timeline import Capacity, moments, shares_at, steps_at
from simulator.definition.exchange_references import step_seconds
from simulator.definition.systems import driving, system_of
from simulator.equations.system import Role, System, Timing, Variable
from simulator.units import UNITS

MOST_EXCHANGES = 5_000_000
SHARE = (
    "the stocks speak of the whole place and meet a share of it: numbers that they read are divided by "
    "population_share, places, arrivals and heads that they give are multiplied by it (places rounded up). "
    "One person who crosses is several heads of a stock, and chance is larger than in the whole place."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """From a second on, a resource's capacity is ``factor`` × what drives it + ``plus``."""

    second: int
    resource: int
    drive: int
    factor: float
    plus: float


def build_exchange(draft: Draft, drives: Sequence[Drive], *, changes: Changes) -> Exchange | None:
    """Turn the exchange of a model into arrays; nothing where it has none."""
    said = draft.model.exchange
    if said is None:
        return None
    _check_size(draft)
    system = exchange_system(draft)
    stocks, reads = list(stocks_of(system)), build_reads(draft, dict(sorted(said.reads.items())))
    lines, pools = all_lines(draft, drives, changes=changes), pools_of(draft)
    return Exchange(
        every_seconds=int(said.every.value),
        steps=round(said.every.value / step_seconds(draft.model)),
        system=system,
        stocks=tuple(name for name, _, _ in stocks),
        stock_keys=tuple(key for _, key, _ in stocks),
        stock_elements=integers(element for _, _, element in stocks),
        inputs=tuple(sorted(said.reads)),
        at_start=np.array([float(said.reads[name].at_start) for name in sorted(said.reads)]),
        meter_of=reads.meters[:, 0].copy(),
        meter_target=reads.meters[:, 1].copy(),
        meter_group=reads.meters[:, 2].copy(),
        meter_field=reads.meters[:, 3].copy(),
        term_read=reads.term_read,
        term_meter=reads.term_meter,
        term_weight=reads.term_weight,
        term_is_over=reads.term_is_over,
        read_way=reads.way,
        read_is_ratio=reads.is_ratio,
        read_scale=reads.scale,
        read_stays=reads.stays,
        drive_names=tuple(one.said.path for one in drives),
        drive_keys=tuple(one.said.key for one in drives),
        drive_of=integers(one.of for one in drives),
        drive_target=integers(one.target for one in drives),
        drive_second=integers(one.second for one in drives),
        drive_instead=integers(one.instead for one in drives),
        drive_hash=integers(purpose_hash("drive", one.said.path) for one in drives),
        drive_is_factor=flags(one.is_factor for one in drives),
        drive_unit=_floats([one.unit for one in drives]),
        drive_is_open=flags(one.said.is_open for one in drives),
        low=_floats([one.low for one in drives]),
        high=_floats([one.high for one in drives]),
        line_second=integers(one.second for one in lines),
        line_drive=integers(one.drive for one in lines),
        line_resource=integers(one.resource for one in lines),
        line_factor=_floats([one.factor for one in lines]),
        line_plus=_floats([one.plus for one in lines]),
        pools=pools,
        share=float(draft.window.population_share),
        takes_from=pool_of(draft, "takes_from", pools=pools),
        returns_to=pool_of(draft, "returns_to", pools=pools),
    )


def exchange_system(draft: Draft) -> System:
    """Give the stocks as the people's side meets them, in order of name: reads are inputs, drives equations.

    Time counts from ``starts``, in the model's unit; it begins with the warm-up, below nought.
    """
    model, window = draft.model, draft.window
    system = system_of(model)
    assert model.exchange is not None
    unit = float(UNITS[system.timing.unit])
    inputs = [Variable(key=name, name=name, role=Role.INPUT) for name in model.exchange.reads]
    whole = system.with_variables(*inputs, *driving(model))
    timing = Timing(
        start=-window.warm_up_seconds / unit,
        stop=window.horizon_seconds / unit,
        step=float(step_seconds(model)) / unit,
        method=system.timing.method,
        unit=system.timing.unit,
    )
    ordered = {key: _in_order(whole.variables[key]) for key in sorted(whole.variables)}
    lookups = {key: whole.lookups[key] for key in sorted(whole.lookups)}
    return replace(whole, title="", timing=timing, variables=ordered, lookups=lookups)


def stocks_of(system: System) -> Iterator[tuple[str, str, int]]:
    """Yield the name, key and element of each stock of the file, the last dimension moving fastest."""
    for variable in system.shown:
        if variable.role is not Role.STOCK:
            continue
        elements = product(*(system.dimensions[dimension] for dimension in variable.over))
        for place, element in enumerate(elements):
            yield f"{variable.name}[{','.join(element)}]" if element else variable.name, variable.key, place


def all_lines(draft: Draft, drives: Sequence[Drive], *, changes: Changes) -> list[Line]:
    """List how all driven capacities follow their drives, in order of second and resource."""
    found = [
        line
        for place, one in enumerate(drives)
        for line in lines_of(draft, one, place=place, changes=changes)
    ]
    return sorted(found, key=lambda one: (one.second, one.resource))


def lines_of(draft: Draft, drive: Drive, *, place: int, changes: Changes) -> Iterator[Line]:
    """Yield how capacity follows a drive over the run, for each resource that is meant."""
    if drive.of != DRIVES_CAPACITY:
        return
    name, share = drive.said.name, float(draft.window.population_share)
    meant = (draft.index.resource[name],) if "@" in name else draft.index.family[name]
    for resource in meant:
        own = own_capacity(draft, draft.index.names.resources[resource], changes=changes.get(resource, ()))
        seconds = moments(own, draft.window.end_second)
        factor, plus = terms_of(own, seconds, is_factor=drive.is_factor)
        differs = np.diff(factor, prepend=-1.0) != 0
        differs |= np.diff(plus, prepend=-1.0) != 0
        for at in np.flatnonzero(differs).tolist():
            yield Line(
                second=int(seconds[at]),
                resource=resource,
                drive=place,
                factor=float(factor[at]) * share,
                plus=float(plus[at]) * share,
            )


def terms_of(capacity: Capacity, seconds: Ints, *, is_factor: bool) -> tuple[Floats, Floats]:
    """Give what a drive is multiplied by at each second, and what is added: the share open is in both."""
    which, shares = shares_at(capacity.hours, seconds)
    factor = np.array([float(share) for share in shares])[which]
    plus = np.zeros(len(seconds))
    if is_factor:
        written = np.array([float(number or 0) for _, number in capacity.steps])
        factor = factor * written[steps_at(capacity, seconds)]
    open_share = np.array([float(share) for share in shares])[which]
    for change in capacity.changes:
        by = np.array([change.by_number(number) for number in change.numbers(seconds).tolist()])
        if change.is_factor:
            factor = factor * by
            plus = plus * by if change.is_loss else plus
        else:
            plus = plus + open_share * by
    return factor, plus


def without_driven(resources: Resources, exchange: Exchange | None) -> Resources:
    """Leave out the changes of capacity of what the stocks drive: they are lines of the exchange."""
    if exchange is None:
        return resources
    kept = ~np.isin(resources.change_resource, exchange.line_resource)
    return replace(
        resources,
        change_second=resources.change_second[kept],
        change_resource=resources.change_resource[kept],
        change_capacity=resources.change_capacity[kept],
    )


def pools_of(draft: Draft) -> tuple[str, ...]:
    """List the stocks that heads come from or go to, by name."""
    referrals = draft.model.referrals.values()
    ends = [one for referral in referrals for one in (referral.takes_from, referral.returns_to)]
    return tuple(sorted({one for one in ends if one is not None}))


def pool_of(draft: Draft, end: str, *, pools: tuple[str, ...]) -> Ints:
    """Give the pool of each referral at one end, -1 where it has none."""
    stocks = [getattr(draft.model.referrals[name], end) for name in draft.index.names.referrals]
    return integers(ABSENT if stock is None else pools.index(stock) for stock in stocks)


def _check_size(draft: Draft) -> None:
    assert draft.model.exchange is not None
    if draft.window.population_share != 1:
        draft.findings.note("exchange", SHARE)
    exchanges = draft.window.end_second // draft.model.exchange.every.value
    if exchanges > MOST_EXCHANGES:
        draft.findings.fault(
            "exchange.every", f"makes {exchanges:,} exchanges in a run; {MOST_EXCHANGES:,} are the most."
        )


def _in_order(variable: Variable) -> Variable:
    flows = tuple(sorted(variable.inflows)), tuple(sorted(variable.outflows))
    return replace(variable, inflows=flows[0], outflows=flows[1], way=(), note=None)


def _floats(values: list[float]) -> Floats:
    return np.array(values, dtype=np.float64)
