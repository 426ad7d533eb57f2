"""The tables that many sections share: differences by measure and scenario, levels, series."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from simulator.analysis.comparison import Comparison, Series
from simulator.analysis.directions import less_of
from simulator.analysis.intervals import ABSENT, Estimate
from simulator.reports.blocks import Group, Table, simple_table
from simulator.reports.chance import has_chance
from simulator.reports.digits import bare
from simulator.reports.figures.bands import World
from simulator.reports.numbers import Scale, count_words
from simulator.reports.titles import measure_title, scenario_title
from simulator.reports.wording import Finding, chance, change, level, of_baseline

DIFFERENCE = "Difference (95% interval)"
MOST_PERIODS = 27
SPEAK_FOR_THEMSELVES = ("share", "days", "places or people")
PEOPLE_OR_PLACES = ("people", "places", "beds")


def finding(
    comparison: Comparison, scenario: str, *, name: str, matters_from: float | None = None
) -> Finding | None:
    """Take one paired difference of a comparison, with its baseline."""
    difference = comparison.difference(scenario, name)
    if difference is None:
        return None
    return Finding(
        title=measure_title(comparison, name),
        unit=comparison.unit(name),
        baseline=comparison.measure(comparison.scenarios[0], name),
        difference=difference,
        matters_from=matters_from,
        share=float(comparison.results.experiment.population_share),
        less_is=less_is(comparison, name),
        has_chance=has_chance(comparison.results),
    )


def less_is(comparison: Comparison, name: str) -> str:
    """Say whether less of a measure is "better" or "worse"; nothing where that is for the reader to say."""
    one = comparison.names.get(name) or comparison.cuts.get(name)
    return "" if one is None else less_of(one)


def title_with_unit(title: str, unit: str) -> str:
    """Put the unit behind a title that does not say it and whose numbers do not."""
    said = title.lower()
    if unit in SPEAK_FOR_THEMSELVES or unit.startswith("£") or not unit:
        return title
    if unit in PEOPLE_OR_PLACES and any(word in said.split() for word in PEOPLE_OR_PLACES):
        return title
    ending = " ".join(unit.split()[-2:]) if " a " in f" {unit} " else unit.split()[0]
    return title if ending in said else f"{title} ({unit})"


def difference_table(
    comparison: Comparison,
    names: Iterable[str],
    *,
    caption: str,
    heading: str,
    folded: str = "",
    titles: Mapping[str, str] = MappingProxyType({}),
) -> Table:
    """Set every measure in every scenario beside the baseline; measures that do not exist are left out.

    A folded table also leaves out, and counts in its caption, what is the same in all worlds.
    """
    wanted = list(names)
    differing = [name for name in wanted if differs(comparison, name)] if folded else wanted
    if len(differing) < len(wanted):
        same = count_words(len(wanted) - len(differing), "measure")
        caption += f" (left out: {same} that came out the same in all worlds)"
    groups = [_difference_group(comparison, name, title=titles.get(name)) for name in differing]
    return Table(
        caption=caption,
        columns=(
            heading,
            "Scenario",
            "Baseline (95% interval)",
            "With the scenario (95% interval)",
            DIFFERENCE,
            "Relative to the baseline",
            "Probability of a reduction",
        ),
        groups=tuple(group for group in groups if group.rows),
        folded=folded,
    )


def differs(comparison: Comparison, name: str) -> bool:
    """Say whether a measure differs from the baseline in any scenario and any replication."""
    found = (comparison.difference(scenario, name) for scenario in comparison.others)
    return any(one is not None and one.mean is not None and not one.is_nought for one in found)


def level_table(comparison: Comparison, names: Iterable[str], *, caption: str, folded: str = "") -> Table:
    """List measures of the baseline."""
    baseline = comparison.scenarios[0]
    rows = []
    for name in names:
        found, unit = comparison.measure(baseline, name), comparison.unit(name)
        if found is not None and found.mean is not None:
            rows.append((title_with_unit(measure_title(comparison, name), unit), level(found, unit)))
    return simple_table(caption, columns=("What", "Mean (95% interval)"), rows=tuple(rows), folded=folded)


def series_table(baseline: Series, worlds: Sequence[World], *, factor: float, caption: str) -> Table:
    """List a measure by period; of very many periods, evenly spaced ones."""
    every = -(-len(baseline.starts) // MOST_PERIODS)
    thinned = f" (one period in {every}; all are in the tables folder)" if every > 1 else ""
    columns = ["Period beginning", "Baseline"]
    for world in worlds:
        columns += [world.title, f"{world.title}: {DIFFERENCE[0].lower()}{DIFFERENCE[1:]}"]
    rows = [
        _series_row(baseline, worlds, place=place, factor=factor)
        for place in range(0, len(baseline.starts), every)
    ]
    return simple_table(
        caption + thinned, columns=tuple(columns), rows=tuple(rows), folded="Show the numbers of this chart"
    )


def _difference_group(comparison: Comparison, name: str, *, title: str | None) -> Group:
    unit = comparison.unit(name)
    rows = []
    for scenario in comparison.others:
        found = finding(comparison, scenario, name=name)
        if found is None or found.difference.mean is None:
            continue
        rows.append(
            (
                scenario_title(comparison, scenario),
                level(found.baseline, unit, beside=found.difference),
                level(comparison.measure(scenario, name), unit, beside=found.difference),
                change(found.difference, unit),
                of_baseline(found),
                chance(found.difference),
            )
        )
    return Group(header=title or title_with_unit(measure_title(comparison, name), unit), rows=tuple(rows))


def _series_row(baseline: Series, worlds: Sequence[World], *, place: int, factor: float) -> tuple[str, ...]:
    day, scale = baseline.starts[place], Scale(factor=factor)
    cells = [f"{day.day} {day:%b %Y}", bare(_estimate(baseline, place), scale, is_level=True)]
    for world in worlds:
        cells += [
            bare(_estimate(world.level, place), scale, is_level=True),
            bare(_estimate(world.difference, place), scale),
        ]
    return tuple(cells)


def _estimate(series: Series, place: int) -> Estimate:
    """Give a period of a series; what is not-a-number is absent."""
    found = (float(one[place]) for one in (series.mean, series.low, series.high))
    mean, low, high = (None if value != value else value for value in found)
    return replace(ABSENT, mean=mean, low=low, high=high)
