"""The rows of a page of several folders: every scenario of every folder, with its estimates."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.analysis.folders import Stand, SweepStand, Together
from simulator.analysis.intervals import Estimate
from simulator.analysis.labels import label
from simulator.analysis.measures import unit
from simulator.reports.figures.look import Style, style_of
from simulator.reports.titles import clean, title_of_scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One scenario of one folder; of a sweep the mean over its points."""

    stand: Stand
    scenario: str
    style: Style

    @property
    def title(self) -> str:
        """Name the scenario and its folder."""
        return f"{title_of_scenario(self.stand.footing.experiment, self.scenario)} ({clean(self.stand.name)})"

    def difference(self, text: str) -> Estimate | None:
        """Give the difference of a measure, by its full name, from the baseline of the folder."""
        return self.stand.difference(self.scenario, text)

    def level(self, text: str) -> Estimate | None:
        """Give the level of a measure in the scenario."""
        return self.stand.level(self.scenario, text)

    def baseline(self, text: str) -> Estimate | None:
        """Give the level of a measure in the folder's baseline."""
        return self.stand.level(self.stand.scenarios[0], text)


def rows_of(found: Together) -> tuple[Row, ...]:
    """List the scenarios of all folders but the baselines, in the order of folders and files."""
    return tuple(
        Row(stand=stand, scenario=scenario, style=style_of(number))
        for number, stand in enumerate(found.stands)
        for scenario in stand.scenarios[1:]
    )


def count_scenarios(rows: Sequence[Row]) -> int:
    """Count the scenarios: one that several folders have, with the same on and set, is one."""
    found: list[tuple[object, ...]] = []
    for row in rows:
        experiment = row.stand.footing.experiment
        one, title = experiment.scenarios[row.scenario], title_of_scenario(experiment, row.scenario)
        known = row.scenario, title, set(one.on), one.set
        if known not in found:
            found.append(known)
    return len(found)


def style_in(found: Together, stand: Stand) -> Style:
    """Give the style of a folder, wherever it is drawn."""
    return style_of([one.name for one in found.stands].index(stand.name))


def has_points(stand: Stand) -> bool:
    """Say whether a folder holds a sweep of more points than one."""
    return isinstance(stand, SweepStand) and stand.points > 1


def title_of_measure(found: Together, text: str) -> str:
    """Say what a measure is called, by the first folder whose files give it a title."""
    asked = ((one.footing, one.footing.asked(text)) for one in found.stands)
    titles = (
        said.title or label(footing.names[text], footing.model) for footing, said in asked if said is not None
    )
    first = found.stands[0].footing
    return clean(next(titles, "") or label(first.names[text], first.model))


def unit_of_measure(found: Together, text: str) -> str:
    """Give the unit of a measure."""
    return unit(found.stands[0].footing.names[text])
