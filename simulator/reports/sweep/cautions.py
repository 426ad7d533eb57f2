"""What must be read before a sweep: claims that nobody has seen, and what rests on the hypothesis."""

from collections.abc import Iterator

import numpy as np

from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.measuring import names_of
from simulator.reports.blocks import Notice
from simulator.reports.cautions import (
    BY_MODEL,
    LARGEST_FALL_SEEN,
    admissions_of,
    caution,
    is_named_so,
)
from simulator.reports.hypothesis import hypothesis_notice, rests_on_it
from simulator.reports.sweep.words import measure_words, scenario_words, where_words
from simulator.reports.titles import lower_first

NOT_MEASURED = (
    "Emergency admissions are not among what is measured here, so nothing tells whether they fall by more "
    f"than the {LARGEST_FALL_SEEN:.0%} that an evaluation of a whole place has seen within five years. "
    "The report of `downstream run` does."
)


def sweep_warnings(found: SweepEstimates) -> tuple[Notice, ...]:
    """Warn of falls in emergency admissions beyond what has been seen; say what rests on the hypothesis."""
    return (*sweep_cautions(found), *hypothesis_notice(scenario_words(found, one) for one in resting(found)))


def resting(found: SweepEstimates) -> tuple[str, ...]:
    """Name the scenarios that rest on the hypothesis of how organisations work together."""
    plan = found.results.plan
    scenarios = plan.experiment.scenarios
    return tuple(name for name in plan.scenarios if rests_on_it(plan.model, scenarios[name].on))


def not_measured(found: SweepEstimates) -> tuple[Notice, ...]:
    """Say that nobody looked, where something is switched on that could avert admissions."""
    plan = found.results.plan
    is_on = any(plan.experiment.scenarios[name].on for name in plan.scenarios)
    if not is_on or not admissions_of(plan.model) or any(_judged(found)):
        return ()
    return (Notice(word="Notice", text=NOT_MEASURED),)


def sweep_cautions(found: SweepEstimates, *, folder: str = "") -> Iterator[Notice]:
    """Warn of falls in emergency admissions beyond what has been seen; ``folder``, on a page of several."""
    inside = f" ({folder})" if folder else ""
    for about, places in _judged(found):
        for scenario, name in enumerate(found.others):
            # A sum of measures at each point, as a share of the baseline's there.
            levels = found.levels.mean[:, 0, places].sum(axis=-1)
            changes = found.differences.mean[:, scenario, places].sum(axis=-1)
            claims = np.where(levels > 0, changes / np.where(levels > 0, levels, 1.0), 0.0)
            if np.isnan(claims).all():
                continue
            worst = int(np.nanargmin(claims))
            many = len(found.results.plan.points) > 1
            where = f" {where_words(found, worst)}{_among(claims)}" if many else ""
            yield from caution(
                float(claims[worst]), of=f"{scenario_words(found, name)}{inside}{where}", about=about
            )


def _among(claims: np.ndarray) -> str:
    """Say at how many points a claim goes too far, where it is more than one."""
    count = int((claims < -LARGEST_FALL_SEEN).sum())
    return f" (the most; {count:,} of {len(claims):,} points claim too much)" if count > 1 else ""


def _judged(found: SweepEstimates) -> Iterator[tuple[str, list[int]]]:
    """Give what is judged: each measure that is named so, else those that the model makes up together."""
    titles = [measure_words(found, place) for place in range(len(found.results.plan.names))]
    named = [place for place, title in enumerate(titles) if is_named_so(title)]
    if named:
        yield from ((lower_first(titles[place]), [place]) for place in named)
        return
    measured = {one.text: place for place, one in enumerate(names_of(found.results))}
    asked = admissions_of(found.results.plan.model)
    if asked and all(text in measured for text in asked):
        yield BY_MODEL, [measured[text] for text in asked]
