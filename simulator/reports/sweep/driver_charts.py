"""Charts of what drives an output of a sweep, each with its table; a line where there is nothing to draw."""

from collections.abc import Sequence

import numpy as np

from simulator.analysis.intervals import ABSENT, Estimate
from simulator.analysis.sensitivity.given_data import Shares
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.outputs import DIFFERENCE, LEVEL, Output
from simulator.analysis.sweep.sensitivity import Explained
from simulator.reports.blocks import Block, Chart, Paragraph, simple_table
from simulator.reports.figures.dots import Dots, dots_figure, dots_height
from simulator.reports.figures.look import style_of
from simulator.reports.figures.swings import Swing, swings_figure, swings_height
from simulator.reports.numbers import Scale, count_words, plain, scale_of, step_for, unit_on, with_unit
from simulator.reports.sweep.words import measure_words, path_words, scenario_words, unit_words

MOST_SHOWN = 12
BY_CHANCE = 0.05
UNKNOWN = "some point or draw has no such figure in any run, so what drives it cannot be told."


def output_words(found: SweepEstimates, output: Output) -> str:
    """Say what an output is."""
    title = measure_words(found, output.measure)
    if output.kind == LEVEL:
        return f"{title}, {scenario_words(found, output.scenario)}"
    return f"{title}, {scenario_words(found, output.scenario)}: difference from the baseline"


def screening_block(found: SweepEstimates, *, place: int) -> Block:
    """Draw the sizes of elementary effects on an output, by its place among them."""
    made, output = found.drives.screening, found.drives.outputs[place]
    assert made is not None
    order = _largest(made.mu_star[:, place])
    title = output_words(found, output)
    if found.drives.unknown[place]:
        return Paragraph(lead=f"{title}:", text=UNKNOWN)
    if not order:
        return Paragraph(lead=f"{title}:", text="no value that was moved changes it.")
    scale = _scale(found, output, values=[float(made.high[row, place]) for row in order])
    paths = [path_words(found, found.drives.paths[row]) for row in order]
    marks = [
        _estimate(made.mu_star[row, place], made.low[row, place], high=made.high[row, place]) for row in order
    ]
    rows = [
        (
            path,
            with_unit(float(made.mu_star[row, place]), scale, step=None),
            with_unit(float(made.mu[row, place]), scale, signed=True),
            with_unit(float(made.sigma[row, place]), scale),
        )
        for path, row in zip(paths, order, strict=True)
    ]
    return Chart(
        id=f"screening-{place + 1}",
        caption=f"{title}: size of the effect of each value over its range",
        alternative=f"Mean sizes of elementary effects on {title}; the table has the numbers.",
        figure=dots_figure(
            paths,
            [
                Dots(
                    title="Mean size (95% interval)",
                    style=style_of(0),
                    estimates=marks,
                    factors=[scale.factor] * len(marks),
                )
            ],
            x_title=_axis_words(found, output, scale=scale),
        ),
        height=dots_height(paths, 1),
        table=simple_table(
            title,
            columns=("What was moved", "Mean size", "Mean", "Spread (standard deviation)"),
            rows=tuple(rows),
        ),
    )


def indices_block(found: SweepEstimates, *, place: int) -> Block:
    """Draw Sobol' indices of an output, by its place among them."""
    made, output = found.drives.indices, found.drives.outputs[place]
    assert made is not None
    order = _largest(made.total[:, place])
    title = output_words(found, output)
    if found.drives.unknown[place]:
        return Paragraph(lead=f"{title}:", text=UNKNOWN)
    if not order:
        return Paragraph(lead=f"{title}:", text="no value that was varied changes it.")
    paths = [path_words(found, found.drives.paths[row]) for row in order]
    series = [
        Dots(
            title=words,
            style=style_of(number),
            estimates=[
                _estimate(
                    getattr(made, word)[row, place],
                    getattr(made, f"{word}_low")[row, place],
                    high=getattr(made, f"{word}_high")[row, place],
                )
                for row in order
            ],
            factors=[100.0] * len(order),
        )
        for number, (word, words) in enumerate((("first", "By itself"), ("total", "With all others")))
    ]
    rows = [
        (path, *(_interval_words(one.estimates[number]) for one in series))
        for number, path in enumerate(paths)
    ]
    return Chart(
        id=f"indices-{place + 1}",
        caption=f"{title}: share of variance explained by each value",
        alternative=f"Sobol’ indices of {title}; the table has the numbers.",
        figure=dots_figure(paths, series, x_title="Share of the variance, %"),
        height=dots_height(paths, 2),
        table=simple_table(
            title, columns=("What was varied", "By itself", "With all others"), rows=tuple(rows)
        ),
    )


def swings_block(found: SweepEstimates, part: Explained, *, place: int) -> Block:
    """Draw how far an output goes as single values go from low to high, those that explain most first."""
    output = found.drives.outputs[place]
    title = output_words(found, output)
    if part.unknown[place]:
        return Paragraph(lead=f"{title}:", text=UNKNOWN)
    seen = {path: one for path, one in part.shares.items() if one.by_chance[place] < BY_CHANCE}
    order = sorted(seen, key=lambda path: -float(seen[path].share[place]))[:MOST_SHOWN]
    if not order:
        return Paragraph(
            lead=f"{title}:",
            text=(
                f"no single value explains more of it than chance would, over {count_words(part.runs)} "
                f"{part.over}."
            ),
        )
    ends = [float(getattr(seen[path], word)[place]) for path in order for word in ("at_low", "at_high")]
    scale = _scale(found, output, values=ends)
    swings = [
        Swing(
            title=path_words(found, path),
            at_low=float(seen[path].at_low[place]) * scale.factor,
            at_high=float(seen[path].at_high[place]) * scale.factor,
        )
        for path in order
    ]
    middle = float(np.mean(seen[order[0]].fit[:, place])) * scale.factor
    id = f"swings-{part.over}-{place + 1}"
    return Chart(
        id=id,
        caption=f"{title}: what it comes to as one value goes from low to high",
        alternative=f"Bars from low to high for {title}, widest explained first; the table has the numbers.",
        figure=swings_figure(swings, middle=middle, x_title=_axis_words(found, output, scale=scale)),
        height=swings_height(swings),
        table=simple_table(
            title,
            columns=(
                "Value",
                "At its 10th centile",
                "At its 90th centile",
                "Share of variance (95% interval)",
            ),
            rows=tuple(
                _swing_row(swing, seen[path], place=place, scale=scale)
                for swing, path in zip(swings, order, strict=True)
            ),
        ),
    )


def _swing_row(swing: Swing, shares: Shares, *, place: int, scale: Scale) -> tuple[str, ...]:
    step = step_for(
        float(shares.swing_high[place] - shares.swing_low[place]) / 2 * scale.factor, value=swing.at_low
    )
    ends = (with_unit(one / scale.factor, scale, step=step) for one in (swing.at_low, swing.at_high))
    share = _estimate(shares.share[place], shares.share_low[place], high=shares.share_high[place])
    return (swing.title, *ends, _interval_words(share))


def _largest(sizes: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> list[int]:
    """Give the places of the largest values above nought, largest first."""
    known = [place for place in range(len(sizes)) if sizes[place] > 0]
    return sorted(known, key=lambda place: (-float(sizes[place]), place))[:MOST_SHOWN]


def _estimate(mean: float, low: float, *, high: float) -> Estimate:
    if mean != mean:
        return ABSENT
    known = low == low
    ends = (float(low), float(high)) if known else (None, None)
    return Estimate(mean=float(mean), sd=None, low=ends[0], high=ends[1], low_80=None, high_80=None, n=1)


def _interval_words(one: Estimate | None) -> str:
    """Write a share with its interval, in per cent."""
    if one is None or one.mean is None:
        return "–"
    mean = plain(one.mean * 100, step=1.0)
    if one.low is None or one.high is None:
        return f"{mean}%"
    return f"{mean}% ({plain(one.low * 100, step=1.0)} to {plain(one.high * 100, step=1.0)})"


def _scale(found: SweepEstimates, output: Output, *, values: Sequence[float]) -> Scale:
    return scale_of(unit_words(found, output.measure), values, is_difference=output.kind == DIFFERENCE)


def _axis_words(found: SweepEstimates, output: Output, *, scale: Scale) -> str:
    return unit_on(scale, unit_words(found, output.measure))
