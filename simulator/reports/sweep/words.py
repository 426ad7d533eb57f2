"""A sweep in words: what scenarios, measures and varied values are called, and estimates at a point."""

from simulator.analysis.directions import less_of
from simulator.analysis.intervals import Estimate, estimate_in
from simulator.analysis.labels import label, subject_title
from simulator.analysis.measures import unit
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.measuring import names_of
from simulator.definition.experiment import STOCKS
from simulator.definition.faults import Wrong
from simulator.definition.model import Model
from simulator.definition.quantities import number_of
from simulator.definition.standards import Measure
from simulator.experiment.sweep.plan import CENTRAL, Plan
from simulator.reports.amounts import quantity_words
from simulator.reports.effect_titles import effect_title
from simulator.reports.numbers import count_words, listed
from simulator.reports.titles import as_words, clean, title_of_scenario
from simulator.reports.wording import Finding

WHERE_NONE_IS_PRIMARY = 4
MOST_PATHS = 3
BY_YEAR = "by year"
EFFECTS = "effects"
VERBS = ("diverts", "step_down")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
FAMILIES = {
    "activities": "activity",
    "needs": "need",
    "resources": "resource",
    "organisations": "organisation",
    "segments": "people",
    "interventions": "intervention",
}


def primary_places(found: SweepEstimates) -> tuple[int, ...]:
    """Give the places of the measures that decide, or of the first few where none is said to."""
    names = found.results.plan.names
    primary = [place for place, name in enumerate(names) if (one := _asked(found, name)) and one.primary]
    return tuple(primary or range(min(len(names), WHERE_NONE_IS_PRIMARY)))


def measure_words(found: SweepEstimates, measure: int) -> str:
    """Say what a measure is called."""
    asked = _asked(found, found.results.plan.names[measure])
    if asked is not None and asked.title:
        return clean(asked.title)
    return clean(label(names_of(found.results)[measure], found.results.plan.model))


def unit_words(found: SweepEstimates, measure: int) -> str:
    """Give the unit of a measure."""
    return unit(names_of(found.results)[measure])


def scenario_words(found: SweepEstimates, scenario: str) -> str:
    """Say what a scenario is called."""
    return title_of_scenario(found.results.plan.experiment, scenario)


def replications_words(plan: Plan) -> str:
    """Say how many replications there are: of each point, where they differ."""
    most = count_words(plan.replications, "replication")
    return f"{min(plan.counts):,} to {most}" if plan.counts else most


def path_words(found: SweepEstimates, path: str) -> str:
    """Say what a dotted path of the model is, as far as its noun has a title: ``Virtual ward: uptake``."""
    return path_title(found.results.plan.model, path)


def column_words(found: SweepEstimates, path: str, *, column: str) -> str:
    """Say what a path is, with the unit that the name of its column ends with."""
    ending = column.removeprefix(path).strip("_").replace("_", " ")
    return path_words(found, path) + (f", {ending}" if ending else "")


def path_title(model: Model, path: str) -> str:
    """Say what a dotted path of a model is."""
    kind, _, rest = path.partition(".")
    id, _, inside = rest.partition(".")
    if kind not in FAMILIES or not inside:
        return as_words(path.replace(".", "_"))
    title = clean(subject_title(FAMILIES[kind], id, model=model))
    first, _, further = inside.partition(".")
    place, _, rest = further.partition(".")
    if first == EFFECTS and place.isdigit():
        named = effect_title(model, id, place=int(place), path_title=path_title)
        if named:
            return f"{title}: {', '.join((named, *_parts(rest)))}"
    return f"{title}: {_inside(inside)}"


def _parts(rest: str) -> tuple[str, ...]:
    """Write what of an effect is meant, but for its verb and for its one value."""
    verb, _, after = rest.partition(".")
    said = after if verb in VERBS else rest
    return (_inside(said),) if said and said != "value" else ()


def finding_at(found: SweepEstimates, point: int, *, scenario: int, measure: int) -> Finding:
    """Take the difference of a scenario (its place after the baseline) at a point, with its baseline."""
    plan = found.results.plan
    asked = _asked(found, plan.names[measure])
    least = None if asked is None or asked.matters_from is None else float(asked.matters_from.value)
    return Finding(
        title=measure_words(found, measure),
        unit=unit_words(found, measure),
        baseline=estimate_at(found, (point, 0, measure)),
        difference=estimate_at(found, (point, scenario, measure), is_difference=True),
        matters_from=least,
        share=float(plan.experiment.population_share),
        less_is=less_of(names_of(found.results)[measure]),
        has_chance=plan.experiment.engine != STOCKS,
    )


def estimate_at(found: SweepEstimates, at: tuple[int, int, int], *, is_difference: bool = False) -> Estimate:
    """Take one estimate of many: of a level, or of a difference."""
    spread, plan = found.differences if is_difference else found.levels, found.results.plan
    draws = 0 if plan.draws == (CENTRAL,) else len(plan.draws)
    return estimate_in(spread, at, draws=draws, is_difference=is_difference)


def point_words(found: SweepEstimates, point: int) -> str:
    """Say what a point sets; nothing where it sets nothing."""
    said = found.results.plan.points[point]
    return listed(f"{path_words(found, path)} {value_words(value)}" for path, value in said.items())


def where_words(found: SweepEstimates, point: int) -> str:
    """Say where a point is: its one value, what it sets, or its number in the table where that is much."""
    said = found.results.plan.points[point]
    if len(said) == 1:
        return f"at {value_words(next(iter(said.values())))}"
    return f"where {point_words(found, point)}" if len(said) <= MOST_PATHS else f"at point {point + 1}"


def value_words(value: object) -> str:
    """Write a value of the model as a reader would."""
    try:
        return quantity_words(*number_of(value))
    except Wrong:
        return clean(str(value))


def _inside(path: str) -> str:
    """Write the rest of a path: places in a list are ordinals; years of an effect are years."""
    parts: list[str] = []
    for part in path.split("."):
        if part.isdigit() and parts[-1:] == [BY_YEAR]:
            parts[-1] = f"year {part}"
        elif part.isdigit():
            place = int(part)
            ordinal = ORDINALS[place] if place < len(ORDINALS) else f"number {place + 1}"
            parts[-1] = f"{ordinal} of {parts[-1]}" if parts else ordinal
        else:
            parts.append(as_words(part).lower() if part.islower() else as_words(part))
    return ", ".join(parts)


def _asked(found: SweepEstimates, name: str) -> Measure | None:
    plan = found.results.plan
    return {**plan.model.measures, **plan.experiment.measures}.get(name)
