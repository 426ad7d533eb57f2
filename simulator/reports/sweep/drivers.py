"""What drives the answer: screening, indices, or what single values explain, as the design allows."""

from collections.abc import Iterator, Sequence

import numpy as np

from simulator.analysis.intervals import ABSENT, Estimate
from simulator.analysis.sensitivity.given_data import Shares
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.outputs import DIFFERENCE, LEVEL, Output, values_of
from simulator.analysis.sweep.sensitivity import DRAWS, Explained, Sensitivity, known_mean
from simulator.reports.blocks import Block, Chart, Heading, Paragraph, Section, simple_table
from simulator.reports.figures.dots import Dots, dots_figure, dots_height
from simulator.reports.figures.look import style_of
from simulator.reports.figures.swings import Swing, swings_figure, swings_height
from simulator.reports.numbers import Scale, count_words, per_cent, plain, scale_of, step_for, with_unit
from simulator.reports.sweep.words import (
    measure_words,
    path_words,
    primary_places,
    scenario_words,
    unit_words,
)

MOST_SHOWN = 12
MOST_CHARTS = 16
BY_CHANCE = 0.05
MORRIS_SAYS = (
    "Each value is moved across half its range, from many starting points, one at a time (Morris). The "
    "mark is the mean size "
    "of what the measure then changes, taken over the whole range, with its 95% interval. A spread as "
    "large as the mean says "
    "that it depends on the other values, or not in a straight line."
)
SOBOL_SAYS = (
    "Share of the measure’s variance over all points that a value explains by itself, and with all "
    "that it does together "
    "with others (Sobol’ indices, 95% intervals)."
)
SHARES_SAY = (
    "Of each value by itself: what the measure comes to at the value’s 10th and 90th centile, other "
    "values as they were drawn. "
    "Shown are the values that explain more than chance would (5%), widest first; with many values "
    "one in twenty shown so does nothing. Interactions are in no share."
)


UNKNOWN = "some point has no such figure in any run, so what drives it cannot be told."


def drivers_section(found: SweepEstimates, sensitivity: Sensitivity) -> Section | None:
    """Show what drives each measure that decides, in each scenario; nothing where the design cannot say."""
    blocks = list(_blocks(found, sensitivity))
    if not blocks:
        return None
    return Section(
        id="drivers", title="What the answer hangs on", short="What drives it", blocks=tuple(blocks)
    )


def _blocks(found: SweepEstimates, sensitivity: Sensitivity) -> Iterator[Block]:
    shown = shown_outputs(found, sensitivity.outputs)
    if sensitivity.screening is not None:
        yield Paragraph(text=MORRIS_SAYS)
        yield from (_screening(found, sensitivity, place=place) for place in shown)
    if sensitivity.indices is not None:
        yield Paragraph(text=SOBOL_SAYS)
        yield from (_indices(found, sensitivity, place=place) for place in shown)
    for part in sensitivity.explained:
        if len(sensitivity.explained) > 1:
            yield Heading(text="Over the draws" if part.over == DRAWS else "Over the points")
        yield Paragraph(text=SHARES_SAY)
        for place in shown:
            yield _swings(found, part, output=sensitivity.outputs[place], place=place)
    if sensitivity.parameters_share is not None:
        yield Paragraph(text=_two_levels(found, sensitivity, shown=shown))


def shown_outputs(found: SweepEstimates, outputs: Sequence[Output]) -> list[int]:
    """Choose the outputs on the page: differences of what decides, or levels where nothing is compared."""
    wanted = DIFFERENCE if found.others else LEVEL
    primary = primary_places(found)
    places = [place for place, one in enumerate(outputs) if one.kind == wanted and one.measure in primary]
    return places[:MOST_CHARTS]


def output_words(found: SweepEstimates, output: Output) -> str:
    """Say what an output is."""
    title = measure_words(found, output.measure)
    if output.kind == LEVEL:
        return f"{title}, {scenario_words(found, output.scenario)}"
    return f"{title}, {scenario_words(found, output.scenario)}: difference from the baseline"


def _screening(found: SweepEstimates, sensitivity: Sensitivity, *, place: int) -> Block:
    made, output = sensitivity.screening, sensitivity.outputs[place]
    assert made is not None
    order = _largest(made.mu_star[:, place])
    title = output_words(found, output)
    if np.isnan(made.mu_star[:, place]).any():
        return Paragraph(lead=f"{title}:", text=UNKNOWN)
    if not order:
        return Paragraph(lead=f"{title}:", text="no value that was moved changes it.")
    scale = _scale(found, output, values=[float(made.high[row, place]) for row in order])
    paths = [path_words(found, sensitivity.paths[row]) for row in order]
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


def _indices(found: SweepEstimates, sensitivity: Sensitivity, *, place: int) -> Block:
    made, output = sensitivity.indices, sensitivity.outputs[place]
    assert made is not None
    order = _largest(made.total[:, place])
    title = output_words(found, output)
    if not order and np.isnan(_at_points(found, place)).any():
        return Paragraph(lead=f"{title}:", text=UNKNOWN)
    if not order:
        return Paragraph(lead=f"{title}:", text="no value that was varied changes it.")
    paths = [path_words(found, sensitivity.paths[row]) for row in order]
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


def _swings(found: SweepEstimates, part: Explained, *, output: Output, place: int) -> Block:
    title = output_words(found, output)
    if all(np.isnan(one.share[place]) for one in part.shares.values()) and _is_missing(
        found, part, place=place
    ):
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


def _two_levels(found: SweepEstimates, sensitivity: Sensitivity, *, shown: Sequence[int]) -> str:
    share = sensitivity.parameters_share
    assert share is not None
    said = [
        f"{output_words(found, sensitivity.outputs[place])}: {per_cent(float(share[place]))}"
        for place in shown
        if share[place] == share[place]
    ]
    return (
        "Of how much one run differs from another, so much is doubt about values (more draws show it "
        "better), and the rest is "
        f"chance (more replications make it smaller): {'; '.join(said)}."
    )


def _at_points(found: SweepEstimates, place: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Give an output's mean at every point."""
    return known_mean(values_of(found), (1, 2))[:, place]


def _is_missing(found: SweepEstimates, part: Explained, *, place: int) -> bool:
    """Say whether an output has no value in some draw, or at some point."""
    axes = (0, 2) if part.over == DRAWS else (1, 2)
    return bool(np.isnan(known_mean(values_of(found), axes)[:, place]).any())


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
    return f"{scale.before}{scale.after}".strip() or unit_words(found, output.measure)
