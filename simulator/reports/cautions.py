"""Warnings that stand beside an answer: claims that no evaluation has ever seen."""

from collections.abc import Iterator

import numpy as np

from simulator.analysis.comparison import Comparison, Series
from simulator.definition.admissions import admitting_activities
from simulator.definition.model import Model
from simulator.reports.blocks import Notice
from simulator.reports.numbers import per_cent
from simulator.reports.titles import lower_first, measure_title, named_measures, scenario_title
from simulator.units import SECONDS_A_YEAR

LARGEST_FALL_SEEN = 0.07  # design §7: no evaluation of a whole place has seen more inside five years
YEARS = 5
WORDS = "emergency admission"
BY_MODEL = "emergency admissions (stays that begin from A&E)"


def cautions(comparison: Comparison, *, folder: str = "") -> tuple[Notice, ...]:
    """Warn of every scenario that claims more than a 7% fall in a whole place's emergency admissions.

    ``folder`` says where it is, on a page of several.
    """
    return tuple(
        warning
        for scenario in comparison.others
        for about, claim in _claims(comparison, scenario)
        for warning in caution(
            claim, of=f"{scenario_title(comparison, scenario)}{f' ({folder})' if folder else ''}", about=about
        )
    )


def caution(claim: float, *, of: str, about: str) -> tuple[Notice, ...]:
    """Warn of a claim, a change as a share of the baseline, beyond what has been seen; nothing within it."""
    if not claim < -LARGEST_FALL_SEEN:
        return ()
    text = (
        f"{of}: a fall of {per_cent(-claim)} in {about}. No evaluation of a whole place has seen a fall of "
        f"more than {LARGEST_FALL_SEEN:.0%} in emergency admissions within five years. Look for an effect "
        "that is too strong, or that is counted twice, before using this result."
    )
    return (Notice(word="Warning", text=text),)


def is_named_so(title: str) -> bool:
    """Say whether a file calls a measure emergency admissions."""
    return WORDS in title.lower()


def admissions_of(model: Model) -> tuple[str, ...]:
    """Name the measures that come to emergency admissions where no file names one."""
    return tuple(f"activity.{one}.starts_per_day" for one in admitting_activities(model))


def _claims(comparison: Comparison, scenario: str) -> Iterator[tuple[str, float]]:
    """Give what is claimed of emergency admissions, as a share of the baseline's."""
    named = [name for name in named_measures(comparison) if is_named_so(measure_title(comparison, name))]
    if named:
        for name in named:
            yield lower_first(measure_title(comparison, name)), _relative(comparison, scenario, names=[name])
        return
    if names := admissions_of(comparison.results.model):
        yield BY_MODEL, _relative(comparison, scenario, names=list(names))


def _relative(comparison: Comparison, scenario: str, *, names: list[str]) -> float:
    """Give the change of a sum of measures within the first five years, as a share of the baseline's."""
    baseline = comparison.scenarios[0]
    total = change = 0.0
    for name in names:
        level, difference = (
            _over_five_years(comparison, comparison.series(baseline, name)),
            _over_five_years(comparison, comparison.series_difference(scenario, name)),
        )
        if level is None or difference is None:
            levels, differences = comparison.measure(baseline, name), comparison.difference(scenario, name)
            level = None if levels is None else levels.mean
            difference = None if differences is None else differences.mean
        total += level or 0.0
        change += difference or 0.0
    return change / total if total > 0 else 0.0


def _over_five_years(comparison: Comparison, series: Series | None) -> float | None:
    """Give the mean over the first five years of a longer period; ``None`` if the whole will do."""
    if series is None or float(comparison.results.experiment.horizon.value) <= YEARS * SECONDS_A_YEAR:
        return None
    first = np.cumsum(series.days) <= YEARS * SECONDS_A_YEAR / 86_400
    kept = first & np.isfinite(series.mean)
    if not kept.any():
        return None
    return float((series.mean[kept] * series.days[kept]).sum() / series.days[kept].sum())
