"""Response curves of several sweeps over each other: a chart a measure, a panel a value, a curve a folder."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from simulator.analysis.folders import Together
from simulator.analysis.intervals import Estimate, known
from simulator.analysis.sweep.responses import are_independent, is_grid
from simulator.definition.experiment import BASELINE
from simulator.reports.blocks import Block, Chart, Group, Paragraph, Section, Table
from simulator.reports.compare.overlaid import Line, Overlaid, overlaid
from simulator.reports.compare.rows import style_in, title_of_measure, unit_of_measure
from simulator.reports.compare.side_by_side import deciding
from simulator.reports.figures.curve_panels import CurvePanel, curve_panels_figure, curve_panels_height
from simulator.reports.figures.curves import Curve
from simulator.reports.numbers import Scale, listed, scale_of, unit_on
from simulator.reports.sweep.words import value_words
from simulator.reports.titles import clean
from simulator.reports.wording import change, level

MOST_PANELS = 12
SAYS = (
    "Each panel is of one value and scenario that several folders have, with a curve a folder over the "
    "values that it ran. Other values are as each folder has them, so curves may lie apart for that alone."
)
AT_EACH = "what was run at each value"
ON_A_GRID = "the mean over all combinations of the others"
WHERE_CHANCE = ", with its 95% interval where there is one"
FITTED = "a fit to the value’s rank over the points, others as they were sampled"
WITH_INTERVAL = ", with the 95% interval of the fit"
WITHOUT = "; the points of this design hang together, so the fit has no interval"


def responses_section(found: Together) -> Section | None:
    """Draw curves of the same value over each other; nothing where no two folders vary the same."""
    panels = overlaid(found)
    if not panels:
        return None
    blocks: list[Block] = [Paragraph(text=f"{SAYS} {_how(panels)}")]
    for at, text in enumerate(deciding(found)):
        blocks.append(_chart(found, panels[:MOST_PANELS], text=text, at=at))
    if len(panels) > MOST_PANELS:
        rest = f"{len(panels) - MOST_PANELS:,} more values and scenarios; each folder’s page has its own."
        blocks.append(Paragraph(lead="Not shown:", text=rest))
    return Section(
        id="response", title="How it goes with what was varied", short="Response", blocks=tuple(blocks)
    )


def _how(panels: Sequence[Overlaid]) -> str:
    """Say of each folder how its curves were made."""
    how: dict[str, dict[str, None]] = {}
    for line in _all_lines(panels):
        how.setdefault(_made(line), {})[clean(line.stand.name)] = None
    return " ".join(f"Of {listed(names)}: {said}." for said, names in how.items())


def _made(line: Line) -> str:
    plan = line.stand.estimates.results.plan
    if is_grid(plan.points):
        return (AT_EACH if len(plan.paths) == 1 else ON_A_GRID) + WHERE_CHANCE
    return FITTED + (WITH_INTERVAL if are_independent(plan.experiment.design) else WITHOUT)


def _chart(found: Together, panels: Sequence[Overlaid], *, text: str, at: int) -> Block:
    """Draw one measure over each value."""
    title, unit = title_of_measure(found, text), unit_of_measure(found, text)
    ends = [
        number
        for panel in panels
        for line in panel.lines
        for word in ("mean", "low", "high")
        for number in panel.numbers(line, word, at=at)
    ]
    if np.isnan(ends).all():
        return Paragraph(lead=f"{title}:", text="too few points have it for a curve.")
    is_difference = panels[0].scenario != BASELINE
    scale = scale_of(unit, ends, is_difference=is_difference)
    what = "difference from the baseline" if is_difference else "level"
    return Chart(
        id=f"responses-{at + 1}",
        caption=f"{title}: {what}, by each value that several folders varied",
        alternative=(
            f"A panel a value and scenario, in each a curve a folder of the {what} of “{title}”; the table "
            "has the numbers."
        ),
        figure=curve_panels_figure(
            [_drawn(found, one, at=at, scale=scale) for one in panels],
            upward=f"{what.partition(' ')[0]}, {unit_on(scale, unit)}",
            has_marks=all(is_grid(one.stand.estimates.results.plan.points) for one in _all_lines(panels)),
        ),
        height=curve_panels_height(len(panels)),
        table=_table(found, panels, text=text, at=at),
    )


def _all_lines(panels: Sequence[Overlaid]) -> list[Line]:
    return [line for panel in panels for line in panel.lines]


def _drawn(found: Together, panel: Overlaid, *, at: int, scale: Scale) -> CurvePanel:
    """Make a panel: numbers of each folder's own, or marks at the words that any folder has."""
    return CurvePanel(
        title=panel.title,
        numbers=panel.values,
        curves=[
            Curve(
                title=clean(line.stand.name),
                style=style_in(found, line.stand),
                numbers=None if panel.are_words else [float(one) for one in line.response.values],
                **{
                    word: _along(panel, line, word=word, at=at, factor=scale.factor)
                    for word in ("mean", "low", "high")
                },
            )
            for line in panel.lines
        ],
    )


def _along(panel: Overlaid, line: Line, *, word: str, at: int, factor: float) -> list[float | None]:
    """Give the numbers of a folder at its own values, or at the words of all."""
    numbers = dict(zip(line.response.values, panel.numbers(line, word, at=at), strict=True))
    where = panel.values if panel.are_words else line.response.values
    return [numbers[one] * factor if one in numbers else None for one in where]


def _table(found: Together, panels: Sequence[Overlaid], *, text: str, at: int) -> Table:
    """List the numbers of the curves: a row a value, a column a folder."""
    unit = unit_of_measure(found, text)
    names = list(dict.fromkeys(line.stand.name for line in _all_lines(panels)))
    is_difference = panels[0].scenario != BASELINE
    write = change if is_difference else level
    groups = []
    for panel in panels:
        cells = {line.stand.name: _estimates(panel, line, at=at) for line in panel.lines}
        rows = [
            (
                _value(value),
                *(write(one, unit) if (one := cells.get(name, {}).get(value)) else "–" for name in names),
            )
            for value in panel.values
        ]
        groups.append(Group(header=panel.title, rows=tuple(rows)))
    what = "difference (95% interval)" if is_difference else "level (95% interval)"
    return Table(
        caption=f"{title_of_measure(found, text)}, by each value",
        columns=("What was varied", "Value", *(f"{clean(name)}: {what}" for name in names)),
        groups=tuple(groups),
    )


def _estimates(panel: Overlaid, line: Line, *, at: int) -> Mapping[float | str, Estimate]:
    """Give a folder's estimate at each of its values."""
    numbers = [panel.numbers(line, word, at=at) for word in ("mean", "low", "high")]
    return {
        value: Estimate(
            mean=known(mean), sd=None, low=known(low), high=known(high), low_80=None, high_80=None, n=1
        )
        for value, mean, low, high in zip(line.response.values, *numbers, strict=True)
    }


def _value(value: float | str) -> str:
    """Write a value as files have it, to six figures."""
    return value_words(value if isinstance(value, str) else Decimal(f"{value:.6g}"))
