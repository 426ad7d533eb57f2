"""How the answer goes with what was varied: curves over one value, maps over two, panels of many."""

from collections.abc import Iterator, Sequence

from simulator.analysis.columns import column_of
from simulator.analysis.sensitivity.given_data import LEAST_RUNS
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.responses import is_grid
from simulator.analysis.table import REAL
from simulator.reports.blocks import Block, Chart, Paragraph, Section, Table, simple_table
from simulator.reports.figures.curves import HEIGHT, Curve, curves_figure
from simulator.reports.figures.heat import heat_figure, heat_height
from simulator.reports.figures.look import BASELINE_STYLE, style_of
from simulator.reports.numbers import count_words, scale_of, step_for, unit_on
from simulator.reports.sweep.response_panels import panels_blocks
from simulator.reports.sweep.words import (
    MOST_PATHS,
    column_words,
    estimate_at,
    measure_words,
    path_words,
    primary_places,
    scenario_words,
    unit_words,
    value_words,
)
from simulator.reports.wording import change, level

MOST_MAPS = 12
MOST_ROWS = 60


def response_section(found: SweepEstimates) -> Section | None:
    """Show each measure that decides over what was varied; nothing where only draws differ."""
    plan = found.results.plan
    if len(plan.points) == 1:
        return None
    blocks: list[Block] = []
    if len(plan.paths) == 1 and (numbers := _numbers(found)) is not None:
        blocks += [_curves(found, measure, numbers=numbers) for measure in primary_places(found)]
    else:
        if len(plan.paths) == 2 and is_grid(plan.points):
            blocks += list(_maps(found))[:MOST_MAPS]
        panels = panels_blocks(found)
        blocks += panels or _points(found)
    return Section(
        id="response", title="How it goes with what was varied", short="Response", blocks=tuple(blocks)
    )


def _curves(found: SweepEstimates, measure: int, *, numbers: Sequence[float]) -> Chart:
    """Draw one measure over the one value."""
    plan = found.results.plan
    order = sorted(range(len(numbers)), key=lambda point: numbers[point])
    scale = scale_of(unit_words(found, measure), _means(found, measure), is_difference=bool(found.others))
    curves = [
        _curve(found, measure, place=place, order=order, factor=scale.factor)
        for place in range(len(found.others) or 1)
    ]
    title, path = measure_words(found, measure), plan.paths[0]
    what = "difference from the baseline" if found.others else "level"
    column, _ = column_of(path, [point[path] for point in plan.points])
    along = column_words(found, path, column=column.name)
    unit_said = unit_on(scale, unit_words(found, measure))
    return Chart(
        id=f"response-{measure + 1}",
        caption=f"{title}: {what}, by {along}",
        alternative=(
            f"A curve a scenario of the {what} of “{title}” over {along}, with 95% bands; the table "
            "has its numbers."
        ),
        figure=curves_figure(
            [numbers[point] for point in order],
            curves,
            titles=(along, f"{what.partition(' ')[0]}, {unit_said}"),
        ),
        height=HEIGHT,
        table=_table(found, measure, order=order),
    )


def _curve(found: SweepEstimates, measure: int, *, place: int, order: Sequence[int], factor: float) -> Curve:
    spread = found.differences if found.others else found.levels
    scenario = found.others[place] if found.others else found.results.plan.scenarios[0]

    def along(word: str) -> list[float | None]:
        return [float(getattr(spread, word)[point, place, measure]) * factor for point in order]

    return Curve(
        title=scenario_words(found, scenario),
        style=style_of(place) if found.others else BASELINE_STYLE,
        mean=along("mean"),
        low=along("low"),
        high=along("high"),
    )


def _table(found: SweepEstimates, measure: int, *, order: Sequence[int]) -> Table:
    """List a measure by point: the baseline's level, and every difference with its interval."""
    plan = found.results.plan
    said = unit_words(found, measure)
    rows = []
    for point in order[:MOST_ROWS]:
        setting = ", ".join(value_words(value) for value in plan.points[point].values())
        differences = (
            change(estimate_at(found, (point, place, measure), is_difference=True), said)
            for place in range(len(found.others))
        )
        rows.append((setting, level(estimate_at(found, (point, 0, measure)), said), *differences))
    return simple_table(
        measure_words(found, measure),
        columns=(
            ", ".join(path_words(found, path) for path in plan.paths),
            "Baseline (95% interval)",
            *(f"{scenario_words(found, one)}: difference (95% interval)" for one in found.others),
        ),
        rows=tuple(rows),
    )


def _maps(found: SweepEstimates) -> Iterator[Chart]:
    """Draw a map for each measure that decides and each scenario."""
    plan = found.results.plan
    across, upward = plan.paths
    columns = list(dict.fromkeys(value_words(point[across]) for point in plan.points))
    rows = list(dict.fromkeys(value_words(point[upward]) for point in plan.points))
    spread = found.differences if found.others else found.levels
    for measure in primary_places(found):
        scale = scale_of(unit_words(found, measure), _means(found, measure), is_difference=bool(found.others))
        for place, scenario in enumerate(found.others or plan.scenarios[:1]):
            field: list[list[float | None]] = [[None] * len(columns) for _ in rows]
            for number, point in enumerate(plan.points):
                mean = float(spread.mean[number, place, measure])
                row, column = (
                    rows.index(value_words(point[upward])),
                    columns.index(value_words(point[across])),
                )
                field[row][column] = None if mean != mean else mean * scale.factor
            known = [abs(one) for line in field for one in line if one is not None]
            what = "difference from the baseline" if found.others else "level"
            unit_said = unit_on(scale, unit_words(found, measure))
            title = f"{measure_words(found, measure)}, {scenario_words(found, scenario)}"
            yield Chart(
                id=f"map-{measure + 1}-{place + 1}",
                caption=f"{title}: {what} ({unit_said})",
                alternative=f"A map of {title}; every field says its value and the table has the intervals.",
                figure=heat_figure(
                    field,
                    along=columns,
                    up=rows,
                    titles=(path_words(found, across), path_words(found, upward)),
                    step=step_for(None, value=max(known, default=0.0)),
                ),
                height=heat_height(len(rows)),
                table=_table(found, measure, order=range(len(plan.points))),
            )


def _points(found: SweepEstimates) -> Iterator[Block]:
    """Say that there are no curves, and list the points where they are few values of few."""
    plan = found.results.plan
    points, values = count_words(len(plan.points), "point"), count_words(len(plan.paths), "value")
    yield Paragraph(
        text=(
            f"{points.capitalize()} of {values} are too few for a curve of each value: a grid, or "
            f"{LEAST_RUNS} points of numbers, would do. Every point is in the tables folder (points, "
            "measures, differences)."
        )
    )
    if len(plan.paths) <= MOST_PATHS and len(plan.points) < LEAST_RUNS:
        for measure in primary_places(found):
            yield _table(found, measure, order=range(len(plan.points)))


def _means(found: SweepEstimates, measure: int) -> list[float | None]:
    spread = found.differences if found.others else found.levels
    return [float(one) for one in spread.mean[:, : len(found.others) or 1, measure].ravel() if one == one]


def _numbers(found: SweepEstimates) -> list[float] | None:
    """Give the number of the one path at each point; nothing where it is told in words."""
    path = found.results.plan.paths[0]
    column, values = column_of(path, [point[path] for point in found.results.plan.points])
    return [float(str(one)) for one in values] if column.kind == REAL else None
