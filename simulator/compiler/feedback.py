"""How losses feed back on collaborations, as arrays; what could not follow them month by month is refused."""

from collections.abc import Iterator

import numpy as np

from simulator.compiler.collaboration_arrays import Feedback, Floats
from simulator.compiler.draft import Draft
from simulator.compiler.program import Ints
from simulator.compiler.window import Window
from simulator.definition.contracts import chain_of
from simulator.definition.exchange_references import COST, all_driven
from simulator.definition.switch_references import target_of
from simulator.units import SECONDS_A_DAY

# Kinds of effect that are worked out before a run.
WORKED_OUT = {"capacity": "capacities are", "cost": "prices are", "overhead": "overheads are"}
BEFOREHAND = ("capacity", "overhead")


def build_feedback(draft: Draft, contract: str | None) -> Feedback:
    """Say how losses feed back under a contract, the first of the model where none is named."""
    contracts = draft.model.contracts
    check_feedback(draft, contract or next(iter(contracts), None))
    share = float(draft.window.population_share)
    spends = spends_of(draft)
    return Feedback(
        month_second=month_seconds(draft.window),
        turnover=turnovers(draft, spends) * share,
        contract=contract or next(iter(contracts), None),
        contracts=tuple(contracts.items()),
        spends=tuple(spends.items()),
        share=share,
    )


def spends_of(draft: Draft) -> dict[str, float]:
    """Give what each organisation spends a year, in pence, where the model says it; in the order of names,
    for a model that was written out and read again may have another."""
    return {
        name: float(one.yearly_spend.value)
        for name, one in sorted(draft.model.organisations.items())
        if one.yearly_spend is not None
    }


def turnovers(draft: Draft, spends: dict[str, float]) -> Floats:
    """Give the yearly spend of each organisation (O), nought where it is not known."""
    return np.array([spends.get(name, 0.0) for name in draft.index.names.organisations])


def month_seconds(window: Window) -> Ints:
    """List the first seconds of months: the first day that counts, and each first of a month after it."""
    found, day = [window.warm_up_seconds], window.starts
    while True:
        day = day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1, day=1)
        second = window.warm_up_seconds + (day - window.starts).days * SECONDS_A_DAY
        if second >= window.end_second:
            return np.array(found, dtype=np.int64)
        found.append(second)


def check_feedback(draft: Draft, contract: str | None) -> None:
    """Add a fault for what keeps losses from being known, or strengths from following them."""
    for name in draft.fidelities:
        for place, member in enumerate(draft.model.collaborations[name].members):
            if draft.model.organisations[member].yearly_spend is None:
                draft.findings.fault(
                    f"collaborations.{name}.members.{place}",
                    f"'{member}' has no yearly_spend, by which its losses are measured where they feed back.",
                )
    for path, said in (*refused(draft), *driven_prices(draft), *of_localities(draft, contract)):
        draft.findings.fault(path, said)


def driven_prices(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield the prices that stocks drive: the books of a month are made at the file's own."""
    for one in all_driven(draft.model):
        if one.kind == COST:
            way = ".".join(str(part) for part in one.way)
            yield way, "the books of a month are made at the file's prices; say feedback = false."


def of_localities(draft: Draft, contract: str | None) -> Iterator[tuple[str, str]]:
    """Yield the contracts of some localities in force, or beneath it: a month has no localities."""
    for name, one in chain_of(contract, draft.model.contracts):
        if one.localities:
            yield f"contracts.{name}.localities", "no book of a month is of a locality; say feedback = false."


def refused(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield what cannot be followed: effects on prices, what depends and is worked out beforehand, and what
    is in no book of a month: what partners do, and what consequences cost."""
    for name, intervention in draft.model.interventions.items():
        depends = intervention.collaboration is not None
        for number, effect in enumerate(intervention.effects):
            path = f"interventions.{name}.effects.{number}"
            target = target_of(effect.path)
            kind = "" if target is None else target.kind
            if kind == "cost" or (depends and (kind in BEFOREHAND or effect.prices is not None)):
                words = WORKED_OUT.get(kind, WORKED_OUT["cost"])
                yield path, f"{words} worked out beforehand, whatever is lost; say feedback = false."
            if effect.shares is not None:
                yield path, "what partners do is in no book of a month; say feedback = false."
    for name, consequence in draft.model.consequences.items():
        if consequence.cost is not None:
            yield f"consequences.{name}.cost", "is in no book of a month; say feedback = false."
