"""Response curves of several values: a chart a measure, in it a panel for each value that was varied."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from simulator.analysis.intervals import Estimate, known
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.responses import Response, are_independent, is_grid, responses_of
from simulator.reports.blocks import Block, Chart, Group, Paragraph, Table
from simulator.reports.figures.curve_panels import CurvePanel, curve_panels_figure, curve_panels_height
from simulator.reports.figures.curves import Curve
from simulator.reports.figures.look import BASELINE_STYLE, style_of
from simulator.reports.numbers import Scale, listed, scale_of, unit_on
from simulator.reports.sweep.words import (
    column_words,
    measure_words,
    path_words,
    primary_places,
    scenario_words,
    unit_words,
    value_words,
)
from simulator.reports.wording import change, level

MOST_PANELS = 12
ON_A_GRID = (
    "Each curve is of one value: the mean over all combinations of the others, run by run, with its 95% "
    "interval. What two values do together is in no curve."
)
OF_A_SAMPLE = (
    "Each curve is of one value, the others as they were sampled: a fit to the points (a polynomial of the "
    "value’s rank, third degree at most){interval}. What two values do together is in no curve."
)
WITH_INTERVAL = ", with the 95% interval of the fit"
WITHOUT_INTERVAL = "; the points of this design hang together, so the fit has no interval"


def panels_blocks(found: SweepEstimates) -> list[Block]:
    """Draw a chart for each measure that decides; nothing where no value can have a curve."""
    plan, measures = found.results.plan, primary_places(found)
    made = responses_of(found.results, measures=measures)
    if not made:
        return []
    blocks: list[Block] = [Paragraph(text=_how(found))]
    if left := [path for path in plan.paths if path not in {one.path for one in made}]:
        said = listed(path_words(found, path) for path in left)
        blocks.append(
            Paragraph(lead="Without a curve:", text=f"{said}, for it is told in words or too seldom.")
        )
    blocks += [_block(found, made, measure=measure, at=at) for at, measure in enumerate(measures)]
    return blocks


def _how(found: SweepEstimates) -> str:
    """Say how the curves were made."""
    plan = found.results.plan
    if is_grid(plan.points):
        return ON_A_GRID
    return OF_A_SAMPLE.format(
        interval=WITH_INTERVAL if are_independent(plan.experiment.design) else WITHOUT_INTERVAL
    )


def _block(found: SweepEstimates, made: Sequence[Response], *, measure: int, at: int) -> Block:
    """Draw one measure, which is ``at`` this place of the responses, over each value."""
    title = measure_words(found, measure)
    drawn = [one for one in made if not np.isnan(one.mean[..., at]).all()]
    if not drawn:
        return Paragraph(lead=f"{title}:", text="too few points have it for a curve.")
    shown = sorted(drawn, key=lambda one: -_reach(one, at=at))[:MOST_PANELS]
    numbers = np.concatenate(
        [getattr(one, word)[..., at].ravel() for one in shown for word in ("mean", "low")]
    )
    scale = scale_of(unit_words(found, measure), numbers.tolist(), is_difference=bool(found.others))
    what = "difference from the baseline" if found.others else "level"
    of = (
        f", the {len(shown)} of {len(drawn)} values over which it goes furthest"
        if len(drawn) > len(shown)
        else ""
    )
    panels = [_panel(found, one, at=at, scale=scale) for one in shown]
    said = unit_on(scale, unit_words(found, measure))
    return Chart(
        id=f"responses-{measure + 1}",
        caption=f"{title}: {what}, by each value that was varied{of}",
        alternative=(
            f"A panel a value, in each a curve a scenario of the {what} of “{title}”; the table has "
            "its numbers."
        ),
        figure=curve_panels_figure(
            panels, upward=f"{what.partition(' ')[0]}, {said}", has_marks=is_grid(found.results.plan.points)
        ),
        height=curve_panels_height(len(panels)),
        table=_table(found, shown, measure=measure, at=at),
    )


def _panel(found: SweepEstimates, one: Response, *, at: int, scale: Scale) -> CurvePanel:
    scenarios = found.others or found.results.plan.scenarios[:1]

    def along(word: str, place: int) -> list[float | None]:
        return [float(value) * scale.factor for value in getattr(one, word)[:, place, at]]

    return CurvePanel(
        title=column_words(found, one.path, column=one.column),
        numbers=one.values,
        curves=[
            Curve(
                title=scenario_words(found, scenario),
                style=style_of(place) if found.others else BASELINE_STYLE,
                mean=along("mean", place),
                low=along("low", place),
                high=along("high", place),
            )
            for place, scenario in enumerate(scenarios)
        ],
    )


def _table(found: SweepEstimates, shown: Sequence[Response], *, measure: int, at: int) -> Table:
    """List the numbers of the curves."""
    unit, scenarios = unit_words(found, measure), found.others or found.results.plan.scenarios[:1]
    write = change if found.others else level
    groups = tuple(
        Group(
            header=column_words(found, one.path, column=one.column),
            rows=tuple(
                (
                    value_words(_written(value)),
                    *(
                        write(_estimate(one, row, place=place, at=at), unit)
                        for place in range(len(scenarios))
                    ),
                )
                for row, value in enumerate(one.values)
            ),
        )
        for one in shown
    )
    what = "difference (95% interval)" if found.others else "level (95% interval)"
    return Table(
        caption=f"{measure_words(found, measure)}, by each value",
        columns=("What was varied", "Value", *(f"{scenario_words(found, one)}: {what}" for one in scenarios)),
        groups=groups,
    )


def _estimate(one: Response, row: int, *, place: int, at: int) -> Estimate:
    mean, low, high = (known(getattr(one, word)[row, place, at]) for word in ("mean", "low", "high"))
    return Estimate(mean=mean, sd=None, low=low, high=high, low_80=None, high_80=None, n=1)


def _written(value: float | str) -> object:
    """Give a number as files have it, to six figures."""
    return value if isinstance(value, str) else Decimal(f"{value:.6g}")


def _reach(one: Response, *, at: int) -> float:
    """Say how far a measure goes over a value, in the scenario in which it goes furthest."""
    means = one.mean[..., at]
    across = np.nanmax(means, axis=0) - np.nanmin(means, axis=0) if not np.isnan(means).any() else np.zeros(1)
    return float(across.max())
