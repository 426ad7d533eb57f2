"""One results folder as it stands beside others, whether of a run or of a sweep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from simulator.analysis.comparison import Comparison
from simulator.analysis.folders.footing import Footing, asked_in, footing_of
from simulator.analysis.folders.over_points import OverPoints, over_points
from simulator.analysis.intervals import Estimate, estimate_in
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.measuring import names_of
from simulator.analysis.sweep.summary import extremes
from simulator.definition.model import Model
from simulator.experiment.provenance import Manifest
from simulator.experiment.scenarios import Models

# A point by its place, and the mean difference there.
End = tuple[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStand:
    """A folder of a run: what it is called here, and its comparison.

    ``shown`` is by full name what the comparison calls a measure.
    """

    name: str
    comparison: Comparison
    footing: Footing
    shown: Mapping[str, str]

    @property
    def manifest(self) -> Manifest:
        """Give what the folder says of itself."""
        return self.comparison.results.manifest

    @property
    def models(self) -> Mapping[str, Model]:
        """Give the model of each scenario."""
        return self.comparison.results.models

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Name the scenarios, baseline first."""
        return self.comparison.scenarios

    @property
    def primary(self) -> tuple[str, ...]:
        """Name the measures that decide, in full."""
        return tuple(self.comparison.names[one.name].text for one in self.comparison.primary)

    @property
    def counts(self) -> tuple[int, int]:
        """Give the least and the most replications."""
        count = len(self.comparison.results.replications)
        return count, count

    def level(self, scenario: str, text: str) -> Estimate | None:
        """Give the level of a measure, by its full name, in a scenario."""
        return self.comparison.measure(scenario, self.shown[text])

    def difference(self, scenario: str, text: str) -> Estimate | None:
        """Give the difference of a measure, by its full name, from the folder's baseline."""
        return self.comparison.difference(scenario, self.shown[text])


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepStand:
    """A folder of a sweep: what it is called here, its estimates, and the means over its points.

    ``whole`` is ``None`` where points were picked, over which no mean is taken. ``models`` by scenario, with
    central values and what no point sets.
    """

    name: str
    estimates: SweepEstimates
    footing: Footing
    models: Mapping[str, Model]
    whole: OverPoints | None
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def manifest(self) -> Manifest:
        """Give what the folder says of itself."""
        return self.estimates.results.manifest

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Name the scenarios in the order of the file, baseline first."""
        return tuple(self.models)

    @property
    def primary(self) -> tuple[str, ...]:
        """Name the measures that decide, in full; all that the files name, where none is said to."""
        plan = self.estimates.results.plan
        asked = asked_in(self.footing.model, self.footing.experiment)
        by_name = [(id, text) for id, text in zip(plan.names, plan.spelt, strict=True) if id in asked]
        marked = [text for id, text in by_name if asked[id].primary]
        return tuple(dict.fromkeys(marked or (text for _, text in by_name)))

    @property
    def points(self) -> int:
        """Count the points."""
        return len(self.estimates.results.plan.points)

    @property
    def counts(self) -> tuple[int, int]:
        """Give the least and the most replications of a point."""
        plan = self.estimates.results.plan
        return (min(plan.counts) if plan.counts else plan.replications), plan.replications

    def level(self, scenario: str, text: str) -> Estimate | None:
        """Give the mean level of a measure over the points."""
        if self.whole is None:
            return None
        at = self._scenarios.index(scenario), self.places[text]
        return estimate_in(self.whole.levels, at, draws=self._draws, is_difference=False)

    def difference(self, scenario: str, text: str) -> Estimate | None:
        """Give the mean difference of a measure over the points, from the baseline of the same point."""
        if self.whole is None:
            return None
        at = self.estimates.others.index(scenario), self.places[text]
        return estimate_in(self.whole.differences, at, draws=self._draws, is_difference=True)

    def ends(self, scenario: str, text: str) -> tuple[End, End] | None:
        """Give the points with the least and the most difference; nothing of one point, or of none known."""
        place, measure = self.estimates.others.index(scenario), self.places[text]
        found = extremes(self.estimates.differences, scenario=place, measure=measure)
        if self.points == 1 or found is None:
            return None
        means = self.estimates.differences.mean[:, place, measure]
        least, most = ((point, float(means[point])) for point in found)
        return least, most

    @property
    def _draws(self) -> int:
        return self.estimates.results.plan.experiment.draws

    @property
    def _scenarios(self) -> Sequence[str]:
        """Name the scenarios in the order in which they are kept."""
        return self.estimates.results.plan.scenarios


Stand = RunStand | SweepStand


def stand_of_run(name: str, comparison: Comparison) -> RunStand:
    """Make the stand of a run."""
    results, names = comparison.results, comparison.names
    return RunStand(
        name=name,
        comparison=comparison,
        footing=footing_of(results.model, results.experiment, names=names),
        shown={one.text: shown for shown, one in reversed(list(names.items()))},
    )


def stand_of_sweep(name: str, estimates: SweepEstimates) -> SweepStand:
    """Make the stand of a sweep; its models are read again, for it keeps the baseline's alone."""
    results = estimates.results
    plan, models = results.plan, Models(results.plan.experiment)
    read = names_of(results)
    return SweepStand(
        name=name,
        estimates=estimates,
        footing=footing_of(plan.model, plan.experiment, names=dict(zip(plan.names, read, strict=True))),
        models={scenario: models.of(scenario) for scenario in plan.experiment.scenarios},
        whole=over_points(results),
        places={one.text: place for place, one in reversed(list(enumerate(read)))},
    )


def sweeps_among(stands: Sequence[Stand]) -> tuple[SweepStand, ...]:
    """List the sweeps, in order."""
    return tuple(one for one in stands if isinstance(one, SweepStand))
