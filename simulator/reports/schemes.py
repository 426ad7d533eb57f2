"""The interventions of an experiment, as each scenario has them: which are on, who pays, what is charged."""

from collections.abc import Mapping

from simulator.analysis.comparison import Comparison
from simulator.definition.experiment import Experiment
from simulator.definition.model import Model
from simulator.definition.quantities import Parameter
from simulator.reports.numbers import listed
from simulator.reports.titles import scenario_title, title_of

PARTS = {"set_up_per_year": "setting up", "places_per_year": "places", "enrolments_per_year": "enrolments"}


def schemes(comparison: Comparison) -> Mapping[str, tuple[str, ...]]:
    """List the interventions that are on anywhere, each with the scenarios in which it is."""
    models = comparison.results.models
    return schemes_in(comparison.results.experiment, {name: models[name] for name in comparison.scenarios})


def schemes_in(experiment: Experiment, models: Mapping[str, Model]) -> Mapping[str, tuple[str, ...]]:
    """List the interventions that are on in the scenarios of ``models``, each with those scenarios."""
    found: dict[str, list[str]] = {}
    for name, model in models.items():
        scenario = experiment.scenarios.get(name)
        for id in scenario.on if scenario is not None else ():
            if id in model.interventions:
                found.setdefault(id, []).append(name)
    return {id: tuple(names) for id, names in found.items()}


def prices(model: Model, id: str) -> Mapping[str, Parameter]:
    """Give the prices of an intervention by the part of its cost."""
    cost = model.interventions[id].cost
    known = (cost.set_up, cost.place_year, cost.enrolment) if cost is not None else (None,) * len(PARTS)
    return {part: price for part, price in zip(PARTS, known, strict=True) if price is not None}


def payer_words(comparison: Comparison, id: str) -> str:
    """Say who pays for a scheme, by scenario where that is not the same in all."""
    by_payer: dict[str, list[str]] = {}
    for name in schemes(comparison)[id]:
        model = comparison.results.models[name]
        lead = model.interventions[id].lead
        payer = f"paid by {title_of(model, 'organisation', id=lead)}" if lead else ""
        by_payer.setdefault(payer, []).append(scenario_title(comparison, name))
    if len(by_payer) == 1:
        (payer,) = by_payer
        return f", {payer}" if payer else ""
    said = (f"{payer or 'paid by nobody named'} in {listed(names)}" for payer, names in by_payer.items())
    return f", {'; '.join(said)}"


def is_charged(comparison: Comparison, scenario: str, *, id: str, part: str) -> bool:
    """Say whether a part of what a scheme costs came to more than nought in a scenario."""
    found = comparison.measure(scenario, f"intervention.{id}.{part}")
    return found is not None and bool(found.mean)
