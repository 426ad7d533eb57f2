"""What buying together saves each buyer, organisations of the place and others; and the price curve."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.analysis.money_measures import PENCE_A_POUND
from simulator.compiler.joint_prices import all_of_it, at, buyers, together
from simulator.definition.effects import JointPrice
from simulator.definition.model import Model
from simulator.experiment.results import Results
from simulator.units import SECONDS_A_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """One buyer of one cost line in one scenario, at full strength: pounds, whole and a year.

    ``is_of_the_place`` says whether it is an organisation, whose money is in the ledger.
    """

    scenario: str
    cost: str
    name: str
    is_of_the_place: bool
    bought: float
    price_alone: float
    price_together: float
    saving: float
    negotiation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """The price for the first buyer of the place when so many buy with it, the largest first."""

    scenario: str
    cost: str
    buyers: int
    volume: float
    price: float


def joint_buyers(results: Results) -> Iterator[Buyer]:
    """List every buyer of what interventions that are on buy together."""
    for scenario, price in _prices(results):
        model = results.models[scenario]
        line = model.costs[price.cost]
        alone = _unit_price(model, price.cost)
        negotiation = 0.0 if price.negotiation is None else float(price.negotiation.value) / PENCE_A_POUND
        for name, one in (*line.bought_by.items(), *line.others.items()):
            bought = float(one.value)
            factor = together(model, price, volume=bought)
            yield Buyer(
                scenario=scenario,
                cost=price.cost,
                name=name,
                is_of_the_place=name in line.bought_by,
                bought=bought,
                price_alone=alone,
                price_together=alone * factor,
                saving=alone * bought * (1.0 - factor),
                negotiation=negotiation,
            )


def price_curve(results: Results) -> Iterator[CurvePoint]:
    """Follow the price of the first buyer of the place as the others join, the largest first."""
    for scenario, price in _prices(results):
        model = results.models[scenario]
        line = model.costs[price.cost]
        first = float(next(iter(line.bought_by.values())).value)
        rest = sorted(float(one.value) for one in (*line.bought_by.values(), *line.others.values()))
        rest.remove(first)
        volume, alone = first, _price(model, price, volume=first, count=1)
        for count in range(1, buyers(line) + 1):
            here = _price(model, price, volume=volume, count=count) / alone
            yield CurvePoint(
                scenario=scenario,
                cost=price.cost,
                buyers=count,
                volume=volume,
                price=here * _unit_price(model, price.cost),
            )
            volume += rest.pop() if rest else 0.0


def _price(model: Model, price: JointPrice, *, volume: float, count: int) -> float:
    """Read both lookups: only ratios of what this gives mean anything."""
    found = at(model, price.lookup, x=min(volume, all_of_it(model.costs[price.cost])))
    return found if price.by_partners is None else found * at(model, price.by_partners, x=count)


def _prices(results: Results) -> Iterator[tuple[str, JointPrice]]:
    """Yield each joint price with the scenario in which its intervention is on."""
    for scenario, program in results.programs.items():
        for name in program.names.interventions:
            for effect in results.models[scenario].interventions[name].effects:
                if effect.prices is not None:
                    yield scenario, effect.prices


def _unit_price(model: Model, cost: str) -> float:
    """Give the price of one for a year, in pounds."""
    variable = model.costs[cost].variable
    assert variable is not None
    return float(variable.value) * SECONDS_A_YEAR / PENCE_A_POUND
