"""Scenarios beside the baseline: every number a report or a table needs, and no words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.intervals import Estimate
from simulator.experiment.results import Results

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A measure by reporting period of the window: when each begins, how many days it lasts, mean and 95% interval.

    Values that no replication has (a mean wait where nobody started) and intervals of a single replication are not-a-number.
    """

    starts: tuple[date, ...]
    days: Floats
    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCurve:
    """Places used, kept after the activity was over, and people waiting, by clock hour of the week (168, Monday 00:00 first)."""

    used: Floats
    kept: Floats
    waiting: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDistribution:
    """The distribution of a daily count: ``share`` P(n) and ``delay`` P(n) / P(≤ n) for each ``n``, means over replications."""

    n: Ints
    share: Floats
    delay: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """What became of one need, a year: baseline − Σ averted + induced − knock-on fewer + knock-on more = scenario.

    ``displaced`` is the change in needs that found their person in a bed or already served; it stands beside the sum, not in it.
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

    ``naive`` is after less before, what a before-and-after evaluation would publish; ``true`` is after less after without. ``people`` counts
    those with four complete quarters on both sides of their first enrolment.
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
class Comparison:
    """All scenarios of an experiment beside its baseline.

    ``measures`` and ``differences`` (scenario less baseline) by scenario and measure name, in the order of the tables. ``primary`` names
    the measures the experiment is decided by. Names that do not exist give ``None``, never an error.
    """

    results: Results
    notes: tuple[str, ...]
    names: tuple[str, ...]
    primary: tuple[str, ...]
    measures: Mapping[str, Mapping[str, Estimate]]
    differences: Mapping[str, Mapping[str, Estimate]]
