"""Curves of several sweeps over the same value, paired by value, unit and scenario."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.analysis.folders import SweepStand, Together
from simulator.analysis.sweep.responses import Response, responses_of
from simulator.reports.compare.beside import common_scenarios
from simulator.reports.compare.rows import has_points
from simulator.reports.compare.side_by_side import deciding
from simulator.reports.sweep.words import column_words
from simulator.reports.titles import title_of_scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The curves of one folder over one value, and the place of each measure in them."""

    stand: SweepStand
    response: Response

    @property
    def compared(self) -> tuple[str, ...]:
        """Name the scenarios that have curves: the baseline where it is alone."""
        plan = self.stand.estimates.results.plan
        return plan.scenarios[1:] or plan.scenarios[:1]


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
    """Put curves of one value, unit and scenario over each other; panels with the most folders come first."""
    stands = tuple(one for one in found.sweeps if has_points(one))
    scenarios = common_scenarios(stands)
    lines = [line for one in stands for line in _lines(one, deciding(found))]
    columns = dict.fromkeys(line.response.column for line in lines)
    panels = [
        Overlaid(
            title=_title(there[0], scenario, is_named=len(scenarios) > 1), scenario=scenario, lines=there
        )
        for column in columns
        for scenario in scenarios
        if len(there := _of(lines, column, scenario=scenario)) > 1
    ]
    return tuple(sorted(panels, key=lambda one: -len(one.lines)))


def _of(lines: Sequence[Line], column: str, *, scenario: str) -> tuple[Line, ...]:
    """Give the lines over a value, in a scenario; none where some folders tell it in words, and some not."""
    there = tuple(one for one in lines if one.response.column == column and scenario in one.compared)
    kinds = {isinstance(one.response.values[0], str) for one in there}
    return there if len(kinds) == 1 else ()


def _lines(stand: SweepStand, measures: Sequence[str]) -> Iterator[Line]:
    places = [stand.places[text] for text in measures]
    for response in responses_of(stand.estimates.results, measures=places):
        yield Line(stand=stand, response=response)


def _title(line: Line, scenario: str, *, is_named: bool) -> str:
    said = column_words(line.stand.estimates, line.response.path, column=line.response.column)
    title = title_of_scenario(line.stand.footing.experiment, scenario)
    return f"{said} – {title}" if is_named else said
