"""The rows of a page of several folders: every scenario of every folder, with its estimates."""

from dataclasses import dataclass

from simulator.analysis.folders.together import Stand, Together
from simulator.analysis.intervals import Estimate
from simulator.reports.figures.look import Style, style_of
from simulator.reports.titles import clean, measure_title, scenario_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One scenario of one folder."""

    stand: Stand
    scenario: str
    style: Style

    @property
    def title(self) -> str:
        """Name the scenario and its folder."""
        return f"{scenario_title(self.stand.comparison, self.scenario)} ({clean(self.stand.name)})"

    def difference(self, text: str) -> Estimate | None:
        """Give the difference of a measure, by its full name, from the baseline of the folder."""
        return self.stand.comparison.difference(self.scenario, self.stand.shown[text])

    def level(self, text: str) -> Estimate | None:
        """Give the level of a measure in the scenario."""
        return self.stand.comparison.measure(self.scenario, self.stand.shown[text])

    def baseline(self, text: str) -> Estimate | None:
        """Give the level of a measure in the folder's baseline."""
        comparison = self.stand.comparison
        return comparison.measure(comparison.scenarios[0], self.stand.shown[text])


def rows_of(found: Together) -> tuple[Row, ...]:
    """List the scenarios of all folders but the baselines, in the order of folders and files."""
    return tuple(
        Row(stand=stand, scenario=scenario, style=style_of(number))
        for number, stand in enumerate(found.stands)
        for scenario in stand.comparison.others
    )


def title_of_measure(found: Together, text: str) -> str:
    """Say what a measure is called, by the first folder whose files give it a title."""
    titles = [measure_title(one.comparison, text) for one in found.stands]
    named = [one for one, stand in zip(titles, found.stands, strict=True) if stand.shown[text] != text]
    return (named or titles)[0]


def unit_of_measure(found: Together, text: str) -> str:
    """Give the unit of a measure."""
    first = found.stands[0]
    return first.comparison.unit(first.shown[text])
