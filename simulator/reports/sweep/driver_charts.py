"""Charts of what drives an output of a sweep, each with its table; a line where there is nothing to draw."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.analysis.folders.drivers import BY_CHANCE
from simulator.analysis.intervals import ABSENT, Estimate
from simulator.analysis.sensitivity.elementary import Screening
from simulator.analysis.sensitivity.given_data import Shares
from simulator.analysis.sensitivity.sobol_indices import Indices
from simulator.analysis.sweep.sensitivity import Explained
from simulator.reports.blocks import Block, Chart, Paragraph, simple_table
from simulator.reports.figures.dots import Dots, dots_figure, dots_height
from simulator.reports.figures.look import style_of
from simulator.reports.figures.swings import Swing, swings_figure, swings_height
from simulator.reports.numbers import Scale, count_words, plain, scale_of, step_for, unit_on, with_unit

MOST_SHOWN = 12
UNKNOWN = "some point or draw has no such figure in any run, so what drives it cannot be told."


@dataclass(frozen=True, slots=True, kw_only=True)
class Charted:
    """One output of which charts tell what drives it: its ``place`` among all, and the words for it.

    ``paths`` are what may drive it, in the order of the arrays, which ``words`` names. It ``has_gaps`` where
    some point has no value of it.
    """

    place: int
    title: str
    unit: str
    is_difference: bool
    has_gaps: bool
    paths: Sequence[str]
    words: Callable[[str], str]

    def scale(self, values: Sequence[float]) -> Scale:
        """Choose how to write values of it."""
        return scale_of(self.unit, values, is_difference=self.is_difference)


def interval_words(one: Estimate | None) -> str:
    """Write a share with its interval, in per cent."""
    if one is None or one.mean is None:
        return "–"
    mean = plain(one.mean * 100, step=1.0)
    if one.low is None or one.high is None:
        return f"{mean}%"
    return f"{mean}% ({plain(one.low * 100, step=1.0)} to {plain(one.high * 100, step=1.0)})"


def screening_block(of: Charted, made: Screening) -> Block:
    """Draw the sizes of elementary effects on an output."""
    place, title = of.place, of.title
    order = _largest(made.mu_star[:, place])
    if of.has_gaps:
        return Paragraph(lead=f"{title}:", text=UNKNOWN)
    if not order:
        return Paragraph(lead=f"{title}:", text="no value that was moved changes it.")
    scale = of.scale([float(made.high[row, place]) for row in order])
    paths = [of.words(of.paths[row]) for row in order]
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
            x_title=unit_on(scale, of.unit),
        ),
        height=dots_height(paths, 1),
        table=simple_table(
            title,
            columns=("What was moved", "Mean size", "Mean", "Spread (standard deviation)"),
            rows=tuple(rows),
        ),
    )


def indices_block(of: Charted, made: Indices) -> Block:
    """Draw Sobol' indices of an output."""
    place, title = of.place, of.title
    order = _largest(made.total[:, place])
    if of.has_gaps:
        return Paragraph(lead=f"{title}:", text=UNKNOWN)
    if not order:
        return Paragraph(lead=f"{title}:", text="no value that was varied changes it.")
    paths = [of.words(of.paths[row]) for row in order]
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
        (path, *(interval_words(one.estimates[number]) for one in series))
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


def swings_block(of: Charted, part: Explained) -> Block:
    """Draw how far an output goes as single values go from low to high, those that explain most first."""
    place, title = of.place, of.title
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
    scale = of.scale(ends)
    swings = [
        Swing(
            title=of.words(path),
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
        figure=swings_figure(swings, middle=middle, x_title=unit_on(scale, of.unit)),
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
    return (swing.title, *ends, interval_words(share))


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
