"""The places that a run really has: whole ones, of the part of the place that is simulated."""

from collections.abc import Iterable, Iterator, Mapping

from simulator.compiler.program import Program
from simulator.definition.experiment import Experiment
from simulator.definition.model import Model
from simulator.errors import SimulatorError
from simulator.experiment.measure_names import family_of
from simulator.experiment.scenarios import Scenarios, compile_scenario

CAPACITY = "capacity"


def most_places(program: Program) -> Mapping[str, int]:
    """Give the most places of each resource that are open at once at any time of a run."""
    most = program.resources.capacity.copy()
    for resource, capacity in zip(
        program.resources.change_resource, program.resources.change_capacity, strict=True
    ):
        most[resource] = max(most[resource], capacity)
    return dict(zip(program.names.resources, (int(one) for one in most), strict=True))


def changed_resources(
    experiment: Experiment, model: Model, *, scenario: str, known: Iterable[str]
) -> Iterator[str]:
    """Give the resources whose capacity a scenario sets or whose places its interventions add to.

    ``model`` as the scenario has it; ``known`` are the names of its resources: one that sites or localities
    share out is given once for each.
    """
    said = experiment.scenarios[scenario]
    set_otherwise = [path.split(".")[1] for path in said.set if path.startswith("resources.")]
    on = (model.interventions[id] for id in said.on if id in model.interventions)
    changed = {*set_otherwise, *(added.resource for one in on for added in one.adds)}
    return (name for name in known if family_of(name) in changed or name in changed)


def place_notes(experiment: Experiment, scenarios: Scenarios) -> Iterator[str]:
    """Say which capacities, set or added to, come to the same places as without at this population share."""
    if experiment.population_share == 1:
        return
    baseline, *others = scenarios.programs
    share = f"at {float(experiment.population_share):.3g} of the place, rounded up,"
    usual = most_places(scenarios.programs[baseline])
    if asked := tuple(path for path in experiment.set if _is_capacity(path)):
        before = _without(experiment, asked, scenario=baseline)
        for path in asked:
            if places := _same(path.split(".")[1], usual, before=before):
                yield (
                    f"set: {path} = {experiment.set[path]} changes nothing here: {share} it comes to "
                    f"{places}, as the model file's own does."
                )
    for name in others:
        places_there = most_places(scenarios.programs[name])
        for resource in changed_resources(
            experiment, scenarios.models[name], scenario=name, known=places_there
        ):
            if (number := places_there[resource]) == usual.get(resource):
                yield f"scenarios.{name}: {resource}: {share} it comes to {number}, as in the baseline."


def _same(resource: str, now: Mapping[str, int], *, before: Mapping[str, int]) -> str:
    """Give the places of a resource and its members where none has other places than before."""
    mine = [name for name in now if resource in (name, family_of(name))]
    if not mine or any(now[name] != before.get(name) for name in mine):
        return ""
    return " and ".join(str(places) for places in sorted({now[name] for name in mine}))


def _is_capacity(path: str) -> bool:
    words = path.split(".")
    return words[0] == "resources" and CAPACITY in words[2:]


def _without(experiment: Experiment, paths: tuple[str, ...], *, scenario: str) -> Mapping[str, int]:
    """Give the places where some settings were not made; none where the files need them to be right."""
    kept = {path: value for path, value in experiment.set.items() if path not in paths}
    try:
        _, compiled = compile_scenario(experiment.model_copy(update={"set": kept}), scenario)
    except SimulatorError:
        return {}
    return most_places(compiled.program)
