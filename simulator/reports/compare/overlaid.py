"""Curves of several sweeps over the same value, paired by value, unit and scenario."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.analysis.folders import SweepStand, Together
from simulator.analysis.sweep.outputs import DIFFERENCE, LEVEL
from simulator.analysis.sweep.responses import Response, are_independent, is_grid, responses_of
from simulator.definition.design import Design
from simulator.definition.experiment import BASELINE
from simulator.experiment.designs.point import Point
from simulator.reports.compare.beside import common_scenarios
from simulator.reports.compare.rows import has_points, style_in
from simulator.reports.compare.side_by_side import deciding
from simulator.reports.figures.look import Style
from simulator.reports.sweep.words import column_words
from simulator.reports.titles import clean, title_of_scenario

AT_EACH = "what was run at each value"
MEAN_OF_OTHERS = "the mean over all combinations of the others"
WHERE_CHANCE = ", with its 95% interval where there is one"
FITTED = "a fit to the value’s rank over the points, others as they were sampled"
WITH_INTERVAL = ", with the 95% interval of the fit"
WITHOUT = "; the points of this design hang together, so the fit has no interval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The curves of one folder over one value: of what ``compared`` are, scenarios in their order.

    ``column`` names the value with its unit, ``title`` says it; ``how`` says how the curves were made, of
    points that are a grid or not.
    """

    name: str
    style: Style
    column: str
    title: str
    response: Response
    compared: tuple[str, ...]
    how: str
    is_grid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlaid:
    """A value and a scenario that several folders have."""

    title: str
    scenario: str
    lines: tuple[Line, ...]

    @property
    def values(self) -> tuple[float | str, ...]:
        """List the values that any folder has, each once: numbers in rising order."""
        every = dict.fromkeys(value for one in self.lines for value in one.response.values)
        return tuple(every if any(isinstance(one, str) for one in every) else sorted(every, key=float))

    @property
    def are_words(self) -> bool:
        """Say whether the values are told in words."""
        return isinstance(self.values[0], str)

    def numbers(self, line: Line, word: str, *, at: int) -> list[float]:
        """Give the mean, or an end, of a folder's curve for the measure at this place."""
        place = line.compared.index(self.scenario)
        return [float(one) for one in getattr(line.response, word)[:, place, at]]


def overlaid(found: Together) -> tuple[Overlaid, ...]:
    """Put differences by one value, unit and scenario over each other; those of most folders come first."""
    stands = tuple(one for one in found.sweeps if has_points(one))
    scenarios = [one for one in common_scenarios(stands) if one != BASELINE]
    lines = [line for one in stands if one.scenarios[1:] for line in _lines(found, one, kind=DIFFERENCE)]
    titles = {one: _title(stands, one) if len(scenarios) > 1 else "" for one in scenarios}
    return panels_of(lines, titles)


def overlaid_baselines(found: Together) -> tuple[Overlaid, ...]:
    """Put levels of the baselines over each other, where sweeps share no scenario or one has none."""
    stands = tuple(one for one in found.sweeps if has_points(one))
    if common_scenarios(stands) != (BASELINE,) and all(one.scenarios[1:] for one in stands):
        return ()
    return panels_of([line for one in stands for line in _lines(found, one, kind=LEVEL)], {BASELINE: ""})


def panels_of(lines: Sequence[Line], scenarios: Mapping[str, str]) -> tuple[Overlaid, ...]:
    """Put lines of one column over each other, by scenario, whose title is said after that of the value."""
    panels = [
        Overlaid(
            title=f"{there[0].title} – {title}" if title else there[0].title, scenario=scenario, lines=there
        )
        for column in dict.fromkeys(line.column for line in lines)
        for scenario, title in scenarios.items()
        if len(there := _of(lines, column, scenario=scenario)) > 1
    ]
    return tuple(sorted(panels, key=lambda one: -len(one.lines)))


def how_made(points: Sequence[Point], design: Design | None, *, has_chance: bool) -> str:
    """Say how the curves over points were made."""
    if is_grid(points):
        return (AT_EACH if len(points[0]) == 1 else MEAN_OF_OTHERS) + (WHERE_CHANCE if has_chance else "")
    return FITTED + (WITH_INTERVAL if are_independent(design) else WITHOUT)


def _of(lines: Sequence[Line], column: str, *, scenario: str) -> tuple[Line, ...]:
    """Give the lines over a value, in a scenario; none where some folders tell it in words, and some not."""
    there = tuple(one for one in lines if one.column == column and scenario in one.compared)
    kinds = {isinstance(one.response.values[0], str) for one in there}
    return there if len(kinds) == 1 else ()


def _lines(found: Together, stand: SweepStand, *, kind: str) -> Iterator[Line]:
    plan = stand.estimates.results.plan
    places = [stand.places[text] for text in deciding(found)]
    for response in responses_of(stand.estimates.results, measures=places, kind=kind):
        yield Line(
            name=clean(stand.name),
            style=style_in(found, stand),
            column=response.column,
            title=column_words(stand.estimates, response.path, column=response.column),
            response=response,
            compared=tuple(plan.scenarios if kind == LEVEL else plan.scenarios[1:]),
            how=how_made(plan.points, plan.experiment.design, has_chance=True),
            is_grid=is_grid(plan.points),
        )


def _title(stands: Sequence[SweepStand], scenario: str) -> str:
    """Give the title of a scenario, by the first sweep that has it."""
    first = next(one for one in stands if scenario in one.scenarios)
    return title_of_scenario(first.footing.experiment, scenario)
