"""The places that were really run: whole ones, of the part of the place that was simulated."""

from collections.abc import Iterator
from dataclasses import replace

from simulator.analysis.comparison import Comparison
from simulator.compiler.program import NO_LIMIT
from simulator.definition.capacities import Resource
from simulator.experiment.places_run import changed_resources, most_places
from simulator.reports.amounts import amount
from simulator.reports.blocks import Items, Paragraph, Section, Table, simple_table
from simulator.reports.titles import scenario_title, title_of

UNLIMITED = "no limit"


def with_places(section: Section, comparison: Comparison) -> Section:
    """Add the places as simulated to a section, where less than the whole place was run."""
    if comparison.results.experiment.population_share == 1:
        return section
    said = tuple(Paragraph(text=line) for line in places_lines(comparison))
    items = (Items(items=said),) if said else ()
    return replace(section, blocks=(*section.blocks, *items, _table(comparison)))


def places_lines(comparison: Comparison) -> Iterator[str]:
    """Say of every capacity that is changed how many places it comes to in this run."""
    results = comparison.results
    share = f"{float(results.experiment.population_share):.3g}"
    places = {name: most_places(program) for name, program in results.programs.items()}
    baseline = comparison.scenarios[0]
    for scenario in comparison.others:
        for resource in _changed(comparison, scenario):
            before, after = places[baseline][resource], places[scenario][resource]
            title = title_of(results.model, "resource", id=resource)
            lead = f"{scenario_title(comparison, scenario)}: {title}, at {share} of the place and rounded up,"
            if before == after:
                yield f"{lead} come to {_number(before)} with it and without: it adds no place in this run."
            else:
                yield f"{lead} come to {_number(after)} in place of {_number(before)}."


def _changed(comparison: Comparison, scenario: str) -> list[str]:
    """List the resources whose places a scenario changes, as far as the baseline has them."""
    results = comparison.results
    known = set(results.programs[comparison.scenarios[0]].names.resources)
    names = results.programs[scenario].names.resources
    found = changed_resources(results.experiment, results.models[scenario], scenario=scenario, known=names)
    return [name for name in found if name in known]


def _table(comparison: Comparison) -> Table:
    results = comparison.results
    places = [most_places(results.programs[name]) for name in comparison.scenarios]
    rows = tuple(
        (
            title_of(results.model, "resource", id=resource),
            _written(results.model.resources.get(resource)),
            *(_number(one[resource]) if resource in one else "–" for one in places),
        )
        for resource in places[0]
    )
    share = f"{float(results.experiment.population_share):.3g}"
    return simple_table(
        f"Places as simulated: {share} of the model’s, rounded up; the most open at once at any time",
        columns=(
            "Resource",
            "Whole place, as written",
            *(scenario_title(comparison, name) for name in comparison.scenarios),
        ),
        rows=rows,
        folded="Show the places that were simulated",
    )


def _written(resource: Resource | None) -> str:
    """Write the capacity that the file gives to the whole place, where it is one number."""
    if resource is None:
        return "–"
    number = resource.capacity.number
    return amount(number) if number is not None else UNLIMITED if resource.is_unlimited else "–"


def _number(places: int) -> str:
    return UNLIMITED if places == NO_LIMIT else f"{places:,}"
