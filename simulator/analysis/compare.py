"""Results become a comparison."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import numpy as np

from simulator.analysis.attribution import attributions, enrolled_effects
from simulator.analysis.cash_compared import cash_of
from simulator.analysis.collaborating import collaborating
from simulator.analysis.comparison import Comparison, CountDistribution, HourCurve, Primary, Series
from simulator.analysis.contracts_compared import contracts_of
from simulator.analysis.count_measures import distribution
from simulator.analysis.drift import drift_notes
from simulator.analysis.gather import gather
from simulator.analysis.gathered import Gathered, Gathering
from simulator.analysis.intervals import Estimate, as_level, estimates, paired
from simulator.analysis.labels import label
from simulator.analysis.measures import least, most, standard_cuts, standard_names, unit
from simulator.analysis.running import Running
from simulator.analysis.shapley import ByScenario, SharedOut, share_out
from simulator.analysis.student import possible
from simulator.analysis.went_elsewhere import went_elsewhere
from simulator.analysis.workforce import workforce_of
from simulator.experiment.asked import Asked, asked_measures
from simulator.experiment.measure_names import MeasureName, Vocabulary, family_of, read_name, vocabulary
from simulator.experiment.results import Results
from simulator.units import SECONDS_A_DAY

ALL_COSTS = "system.resources_per_year"
Rows = Mapping[str, Sequence[float | None]]
Estimated = TypeVar("Estimated")


def compare(results: Results) -> Comparison:
    """Compare every scenario with the baseline, replication by replication.

    Reads the parts once, in order of replication, so that a comparison depends on nothing else.
    """
    known = vocabulary(results.programs.values())
    asked = asked_measures(results.model, results.experiment, known=known)
    names = _names(asked, known)
    cuts = {name: read_name(name, known) for name in standard_cuts(known) if name not in names}
    every = {**names, **cuts}
    found = gather(results, every)
    by_period = {name: every[name] for name in found.by_period}
    baseline, *others = results.scenarios
    values = _values(found.scenarios)
    return Comparison(
        results=results,
        notes=(*results.notes, *_drift(found, results, names=names)),
        names=names,
        cuts=cuts,
        primary=_primary(asked),
        units={shown: unit(name) for shown, name in every.items()},
        labels={shown: label(name, results.model) for shown, name in every.items()},
        values=values,
        measures={
            scenario: _levels_of(table, every, draws=results.draws) for scenario, table in values.items()
        },
        differences={
            scenario: _differences(values[scenario], values[baseline], draws=results.draws)
            for scenario in others
        },
        all_series={scenario: _levels(one, by_period) for scenario, one in found.scenarios.items()},
        all_series_differences={
            scenario: _series(
                found.scenarios[scenario], found.scenarios[scenario].differences, by_period=by_period
            )
            for scenario in others
        },
        hours={scenario: _hours(gathered) for scenario, gathered in found.scenarios.items()},
        counts=_distributions(found.scenarios),
        instants={scenario: tuple(gathered.instants) for scenario, gathered in found.scenarios.items()},
        attributions=_of_pairings(attributions, found, results=results),
        enrolments=_of_pairings(enrolled_effects, found, results=results),
        contracts=contracts_of(found, results),
        cash=cash_of(found, results),
        workforce=workforce_of(found, results),
        shared_out=_shared_out(results, values, asked=asked),
        collaborating=collaborating(found, results),
        went_elsewhere=went_elsewhere(found, results),
    )


def _of_pairings(
    estimates_of: Callable[..., tuple[Estimated, ...]], found: Gathering, *, results: Results
) -> Mapping[str, tuple[Estimated, ...]]:
    """Estimate from the pairings of every scenario but the baseline."""
    return {
        scenario: estimates_of(
            found.scenarios[scenario].pairings, results.programs[scenario], draws=results.draws
        )
        for scenario in results.scenarios[1:]
    }


def _drift(found: Gathering, results: Results, *, names: Mapping[str, MeasureName]) -> tuple[str, ...]:
    """Say whether the baseline had settled."""
    baseline = results.scenarios[0]
    return drift_notes(found, baseline=baseline, model=results.model, names=names, draws=results.draws)


def _values(scenarios: Mapping[str, Gathered]) -> Mapping[str, Mapping[str, tuple[float | None, ...]]]:
    """Give every measure's values, one a replication, by scenario."""
    return {
        scenario: {name: tuple(one) for name, one in gathered.values.items()}
        for scenario, gathered in scenarios.items()
    }


def _shared_out(results: Results, values: ByScenario, *, asked: Sequence[Asked]) -> tuple[SharedOut, ...]:
    """Share out the measures that decide, and the cost of all."""
    measures = [*(one.name for one in _primary(asked)), ALL_COSTS]
    return share_out(results.experiment, values, measures=measures, draws=results.draws)


def _names(asked: Sequence[Asked], known: Vocabulary) -> Mapping[str, MeasureName]:
    """Name every measure: by the files' own ids, as the files spell them, then the standard ones."""
    own = {one.id: one.name for one in asked}
    spelt = {one.name.text: one.name for one in asked}
    return own | spelt | {name: read_name(name, known) for name in standard_names(known)}


def _primary(asked: Sequence[Asked]) -> tuple[Primary, ...]:
    """List the measures marked primary; all that the files name, if none is marked."""
    marked = [one for one in asked if one.is_primary] or asked
    return tuple(Primary(name=one.name.text, matters_from=one.matters_from) for one in marked)


def _levels_of(table: Rows, names: Mapping[str, MeasureName], *, draws: int) -> Mapping[str, Estimate]:
    """Estimate every measure of a scenario."""
    found = zip(table, estimates(list(table.values()), draws=draws), strict=True)
    return {name: as_level(one, most=most(names[name]), least=least(names[name])) for name, one in found}


def _differences(scenario: Rows, baseline: Rows, *, draws: int) -> Mapping[str, Estimate]:
    """Estimate the paired difference of every measure."""
    rows = [paired(values, baseline[name]) for name, values in scenario.items()]
    return dict(zip(scenario, estimates(rows, draws=draws, are_differences=True), strict=True))


def _levels(gathered: Gathered, by_period: Mapping[str, MeasureName]) -> Mapping[str, Series]:
    """Give every measure that is kept by period; its intervals end where it can be."""
    found = _series(gathered, gathered.series, by_period=by_period)
    return {
        name: replace(
            one,
            low=possible(one.low, one.mean, most=most(by_period[name]), least=least(by_period[name])),
            high=possible(one.high, one.mean, most=most(by_period[name]), least=least(by_period[name])),
        )
        for name, one in found.items()
    }


def _series(
    gathered: Gathered, table: Running | None, *, by_period: Mapping[str, MeasureName]
) -> Mapping[str, Series]:
    """Give what was kept by period with plain intervals, its rows named in order."""
    if table is None:
        return {}
    seconds = gathered.frame.seconds
    begins = np.cumsum(seconds) - seconds
    first = gathered.frame.window_starts
    starts = tuple(first + timedelta(seconds=int(second)) for second in begins)
    mean, half = table.mean(), table.half_width()
    return {
        name: Series(
            starts=starts,
            days=seconds / SECONDS_A_DAY,
            mean=mean[row],
            low=mean[row] - half[row],
            high=mean[row] + half[row],
        )
        for row, name in enumerate(by_period)
    }


def _hours(gathered: Gathered) -> Mapping[str, HourCurve]:
    """Give the week of every resource, and of all that came from one ``each`` together."""
    if gathered.hours is None:
        return {}
    curves = gathered.hours.mean()
    names = gathered.frame.program.names.resources
    meant: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        for shown in dict.fromkeys((family_of(name), name)):
            meant.setdefault(shown, []).append(index)
    return {
        name: HourCurve(used=table[:, 0], kept=table[:, 1], waiting=table[:, 2])
        for name, members in meant.items()
        for table in [curves[members].sum(axis=0)]
    }


def _distributions(scenarios: Mapping[str, Gathered]) -> Mapping[str, Mapping[str, CountDistribution]]:
    """Give the distribution of every daily count, on one axis for all scenarios."""
    most: dict[str, int] = {}
    for gathered in scenarios.values():
        for count, days in gathered.counts.items():
            most[count] = max(most.get(count, 0), *(int(one.max(initial=0)) for one in days))
    return {
        scenario: {
            count: CountDistribution(n=np.arange(most[count] + 1), share=share, delay=delay)
            for count, days in gathered.counts.items()
            for share, delay in [distribution(np.concatenate(days), most[count])]
        }
        for scenario, gathered in scenarios.items()
    }
