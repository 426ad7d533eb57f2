"""Scenarios beside the baseline: every number a report or a table needs, and no words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.cash import Cash
from simulator.analysis.collaborating import Collaborating
from simulator.analysis.contracts import Contracts
from simulator.analysis.intervals import Estimate
from simulator.analysis.shapley import SharedOut
from simulator.analysis.went_elsewhere import WentElsewhere
from simulator.analysis.workforce import Staff
from simulator.experiment.measure_names import MeasureName
from simulator.experiment.results import Results

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A measure by reporting period of the window: when each begins, its days, mean and 95% interval.

    Values that no replication has (a mean wait where nobody started) and intervals of a single replication
    are not-a-number.
    """

    starts: tuple[date, ...]
    days: Floats
    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCurve:
    """Places used, kept after the activity, people waiting, by hour of the week (168, from Monday 00:00)."""

    used: Floats
    kept: Floats
    waiting: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDistribution:
    """The distribution of a daily count over all replications: ``share`` P(n), ``delay`` P(n) ÷ P(≤ n)."""

    n: Ints
    share: Floats
    delay: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """What became of one need, a year.

    Baseline − Σ averted + induced − knock-on fewer + knock-on more = scenario. ``displaced`` is the change in
    needs that found their person in a bed or already served; it stands beside the sum, not in it.
    """

    need: str
    baseline: Estimate
    scenario: Estimate
    averted: Mapping[str, Estimate]
    induced: Estimate
    knock_on_fewer: Estimate
    knock_on_more: Estimate
    displaced: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledEffect:
    """Needs a person-year of those enrolled: before, after, and after in the world without the intervention.

    ``naive`` is after less before, what a before-and-after evaluation would publish; ``true`` is after less
    after without. ``people`` counts those with four complete quarters on both sides of their first enrolment.
    """

    intervention: str
    need: str
    people: Estimate
    before: Estimate
    after: Estimate
    after_without: Estimate
    naive: Estimate
    true: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Primary:
    """A measure the experiment is decided by, and the smallest difference that would change the decision."""

    name: str
    matters_from: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All scenarios of an experiment beside its baseline.

    ``names`` are the measures in the order of the tables: those that the files name by an id of their own
    first, then all standard ones; ``cuts`` are measures by segment, locality and quintile. Everything else
    is by scenario; ``differences`` and what follows from pairing lack the baseline. ``values`` one a
    replication; ``contracts`` and ``workforce`` only where the model has any, ``cash`` where it
    has any money or wards beyond activity cost. What does not exist gives ``None``, never an
    error.
    """

    results: Results
    notes: tuple[str, ...]
    names: Mapping[str, MeasureName]
    cuts: Mapping[str, MeasureName]
    primary: tuple[Primary, ...]
    units: Mapping[str, str]
    labels: Mapping[str, str]
    values: Mapping[str, Mapping[str, tuple[float | None, ...]]]
    measures: Mapping[str, Mapping[str, Estimate]]
    differences: Mapping[str, Mapping[str, Estimate]]
    all_series: Mapping[str, Mapping[str, Series]]
    all_series_differences: Mapping[str, Mapping[str, Series]]
    hours: Mapping[str, Mapping[str, HourCurve]]
    counts: Mapping[str, Mapping[str, CountDistribution]]
    instants: Mapping[str, tuple[Ints | Floats, ...]]
    attributions: Mapping[str, tuple[Attribution, ...]]
    enrolments: Mapping[str, tuple[EnrolledEffect, ...]]
    contracts: Contracts | None = None
    workforce: tuple[Staff, ...] = ()
    cash: Cash | None = None
    shared_out: tuple[SharedOut, ...] = ()
    collaborating: tuple[Collaborating, ...] = ()
    went_elsewhere: tuple[WentElsewhere, ...] = ()

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Name the scenarios, baseline first."""
        return self.results.scenarios

    @property
    def others(self) -> tuple[str, ...]:
        """Name the scenarios that are compared with the baseline."""
        return self.results.scenarios[1:]

    def measure(self, scenario: str, name: str) -> Estimate | None:
        """Give a measure of a scenario."""
        return self.measures.get(scenario, {}).get(name)

    def difference(self, scenario: str, name: str) -> Estimate | None:
        """Give the paired difference of a measure, scenario less baseline."""
        return self.differences.get(scenario, {}).get(name)

    def unit(self, name: str) -> str:
        """Say the unit of a measure in words."""
        return self.units.get(name, "")

    def label(self, name: str) -> str:
        """Say what a measure is, in a planner's words."""
        return self.labels.get(name, name)

    def series(self, scenario: str, name: str) -> Series | None:
        """Give a measure by period."""
        return self.all_series.get(scenario, {}).get(name)

    def series_difference(self, scenario: str, name: str) -> Series | None:
        """Give the paired difference of a measure by period, scenario less baseline."""
        return self.all_series_differences.get(scenario, {}).get(name)

    def by_hour(self, scenario: str, resource: str) -> HourCurve | None:
        """Give the week of a resource, hour by hour."""
        return self.hours.get(scenario, {}).get(resource)

    def count_distribution(self, scenario: str, count: str) -> CountDistribution | None:
        """Give the distribution of a daily count."""
        return self.counts.get(scenario, {}).get(count)

    def attribution(self, scenario: str) -> tuple[Attribution, ...]:
        """Give what became of each need; nothing for the baseline."""
        return self.attributions.get(scenario, ())

    def enrolled(self, scenario: str) -> tuple[EnrolledEffect, ...]:
        """Give before, after and without for those enrolled; nothing where nobody was."""
        return self.enrolments.get(scenario, ())
