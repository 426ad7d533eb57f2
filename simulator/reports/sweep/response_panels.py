"""Response curves of several values: a chart a measure, in it a panel for each value that was varied."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from simulator.analysis.intervals import Estimate, known
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.responses import Response, are_independent, is_grid, responses_of
from simulator.definition.design import Design
from simulator.experiment.designs.point import Point
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Curved:
    """One measure of which curves are drawn: its ``place`` among those of the responses, and its words.

    ``number`` tells its chart from others. ``scenarios`` are titles, of differences from the baseline or of
    the one level there is. ``interval`` is said of figures that have one. ``words`` names a path, with the
    unit that its column ends with.
    """

    place: int
    number: int
    title: str
    unit: str
    scenarios: Sequence[str]
    is_difference: bool
    has_marks: bool
    interval: str
    words: Callable[[Response], str]

    @property
    def what(self) -> str:
        """Say what stands upwards."""
        return "difference from the baseline" if self.is_difference else "level"


def panels_blocks(found: SweepEstimates) -> list[Block]:
    """Draw a chart for each measure that decides; nothing where no value can have a curve."""
    plan, measures = found.results.plan, primary_places(found)
    made = responses_of(found.results, measures=measures)
    if not made:
        return []
    blocks: list[Block] = [Paragraph(text=how_curves(plan.points, plan.experiment.design))]
    if left := [path for path in plan.paths if path not in {one.path for one in made}]:
        said = listed(path_words(found, path) for path in left)
        blocks.append(
            Paragraph(lead="Without a curve:", text=f"{said}, for it is told in words or too seldom.")
        )
    blocks += [
        curves_block(_curved(found, measure, place=place), made) for place, measure in enumerate(measures)
    ]
    return blocks


def how_curves(points: Sequence[Point], design: Design | None) -> str:
    """Say how the curves were made."""
    if is_grid(points):
        return ON_A_GRID
    return OF_A_SAMPLE.format(interval=WITH_INTERVAL if are_independent(design) else WITHOUT_INTERVAL)


def curves_block(of: Curved, made: Sequence[Response]) -> Block:
    """Draw one measure over each value."""
    drawn = [one for one in made if not np.isnan(one.mean[..., of.place]).all()]
    if not drawn:
        return Paragraph(lead=f"{of.title}:", text="too few points have it for a curve.")
    shown = sorted(drawn, key=lambda one: -_reach(one, at=of.place))[:MOST_PANELS]
    numbers = np.concatenate(
        [getattr(one, word)[..., of.place].ravel() for one in shown for word in ("mean", "low")]
    )
    scale = scale_of(of.unit, numbers.tolist(), is_difference=of.is_difference)
    some = (
        f", the {len(shown)} of {len(drawn)} values over which it goes furthest"
        if len(drawn) > len(shown)
        else ""
    )
    panels = [_panel(of, one, scale=scale) for one in shown]
    said = unit_on(scale, of.unit)
    return Chart(
        id=f"responses-{of.number}",
        caption=f"{of.title}: {of.what}, by each value that was varied{some}",
        alternative=(
            f"A panel a value, in each a curve{' a scenario' if len(of.scenarios) > 1 else ''} of the "
            f"{of.what} of “{of.title}”; the table has its numbers."
        ),
        figure=curve_panels_figure(
            panels, upward=f"{of.what.partition(' ')[0]}, {said}".removesuffix(", "), has_marks=of.has_marks
        ),
        height=curve_panels_height(len(panels)),
        table=_table(of, shown),
    )


def _curved(found: SweepEstimates, measure: int, *, place: int) -> Curved:
    """Give the words of a measure of a sweep."""
    scenarios = found.others or found.results.plan.scenarios[:1]
    return Curved(
        place=place,
        number=measure + 1,
        title=measure_words(found, measure),
        unit=unit_words(found, measure),
        scenarios=[scenario_words(found, one) for one in scenarios],
        is_difference=bool(found.others),
        has_marks=is_grid(found.results.plan.points),
        interval=" (95% interval)",
        words=lambda one: column_words(found, one.path, column=one.column),
    )


def _panel(of: Curved, one: Response, *, scale: Scale) -> CurvePanel:
    def along(word: str, place: int) -> list[float | None]:
        return [float(value) * scale.factor for value in getattr(one, word)[:, place, of.place]]

    return CurvePanel(
        title=of.words(one),
        numbers=one.values,
        curves=[
            Curve(
                title=title,
                style=style_of(place) if of.is_difference else BASELINE_STYLE,
                mean=along("mean", place),
                low=along("low", place),
                high=along("high", place),
            )
            for place, title in enumerate(of.scenarios)
        ],
    )


def _table(of: Curved, shown: Sequence[Response]) -> Table:
    """List the numbers of the curves."""
    write = change if of.is_difference else level
    groups = tuple(
        Group(
            header=of.words(one),
            rows=tuple(
                (
                    value_words(_written(value)),
                    *(
                        write(_estimate(one, row, place=place, at=of.place), of.unit)
                        for place in range(len(of.scenarios))
                    ),
                )
                for row, value in enumerate(one.values)
            ),
        )
        for one in shown
    )
    what = f"{of.what.partition(' ')[0]}{of.interval}"
    return Table(
        caption=f"{of.title}, by each value",
        columns=("What was varied", "Value", *(f"{one}: {what}" for one in of.scenarios)),
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
