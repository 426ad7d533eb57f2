"""Response curves of several sweeps over each other: a chart a measure, a panel a value, a curve a folder."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from simulator.analysis.folders import Together
from simulator.analysis.intervals import Estimate, known
from simulator.reports.blocks import Block, Chart, Group, Paragraph, Section, Table
from simulator.reports.compare.overlaid import Line, Overlaid, overlaid, overlaid_baselines
from simulator.reports.compare.rows import title_of_measure, unit_of_measure
from simulator.reports.compare.side_by_side import deciding
from simulator.reports.figures.curve_panels import CurvePanel, curve_panels_figure, curve_panels_height
from simulator.reports.figures.curves import Curve
from simulator.reports.numbers import Scale, listed, scale_of, unit_on
from simulator.reports.sweep.words import value_words
from simulator.reports.wording import change, level

MOST_PANELS = 12
SAYS = (
    "Each panel is of one value and scenario that several folders have, with a curve a folder over the "
    "values that it ran. Other values are as each folder has them, so curves may lie apart for that alone."
)
OF_BASELINES = (
    "Where a folder has no scenario that another has, the level of the baseline is what can be laid over "
    "each other: how it is at each value before anything is done."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charted:
    """A measure of which curves are drawn: its place ``at`` in their arrays, its words, its chart."""

    at: int
    id: str
    title: str
    unit: str
    is_difference: bool

    @property
    def what(self) -> str:
        """Say what stands upwards."""
        return "difference from the baseline" if self.is_difference else "level"


def responses_section(found: Together) -> Section | None:
    """Draw curves of the same value over each other; nothing where no two folders vary the same."""
    differences, levels = overlaid(found), overlaid_baselines(found)
    if not differences and not levels:
        return None
    blocks: list[Block] = [Paragraph(text=f"{SAYS} {how_words((*differences, *levels))}")]
    blocks += charts_of(differences, _charted(found, is_difference=True))
    if levels:
        blocks += [Paragraph(text=OF_BASELINES), *charts_of(levels, _charted(found, is_difference=False))]
    return section_of_curves(blocks)


def section_of_curves(blocks: Sequence[Block]) -> Section:
    """Make the section of curves."""
    return Section(
        id="response", title="How it goes with what was varied", short="Response", blocks=tuple(blocks)
    )


def charts_of(panels: Sequence[Overlaid], measures: Sequence[Charted]) -> Iterator[Block]:
    """Draw every measure over so many values and scenarios."""
    if not panels:
        return
    for one in measures:
        yield _chart(panels[:MOST_PANELS], one)
    if len(panels) > MOST_PANELS:
        rest = f"{len(panels) - MOST_PANELS:,} more values and scenarios; each folder’s page has its own."
        yield Paragraph(lead="Not shown:", text=rest)


def how_words(panels: Sequence[Overlaid]) -> str:
    """Say of each folder how its curves were made."""
    how: dict[str, dict[str, None]] = {}
    for line in _all_lines(panels):
        how.setdefault(line.how, {})[line.name] = None
    return " ".join(f"Of {listed(names)}: {said}." for said, names in how.items())


def _charted(found: Together, *, is_difference: bool) -> list[Charted]:
    return [
        Charted(
            at=at,
            id=f"responses-{at + 1}" if is_difference else f"responses-baseline-{at + 1}",
            title=title_of_measure(found, text),
            unit=unit_of_measure(found, text),
            is_difference=is_difference,
        )
        for at, text in enumerate(deciding(found))
    ]


def _chart(panels: Sequence[Overlaid], of: Charted) -> Block:
    """Draw one measure over each value."""
    ends = [
        number
        for panel in panels
        for line in panel.lines
        for word in ("mean", "low", "high")
        for number in panel.numbers(line, word, at=of.at)
    ]
    if np.isnan(ends).all():
        return Paragraph(lead=f"{of.title}:", text="too few points have it for a curve.")
    scale = scale_of(of.unit, ends, is_difference=of.is_difference)
    return Chart(
        id=of.id,
        caption=f"{of.title}: {of.what}, by each value that several folders varied",
        alternative=(
            f"A panel a value and scenario, in each a curve a folder of the {of.what} of “{of.title}”; the "
            "table has the numbers."
        ),
        figure=curve_panels_figure(
            [_drawn(one, at=of.at, scale=scale) for one in panels],
            upward=f"{of.what.partition(' ')[0]}, {unit_on(scale, of.unit)}".removesuffix(", "),
            has_marks=all(one.is_grid for one in _all_lines(panels)),
        ),
        height=curve_panels_height(len(panels)),
        table=_table(panels, of),
    )


def _all_lines(panels: Sequence[Overlaid]) -> list[Line]:
    return [line for panel in panels for line in panel.lines]


def _drawn(panel: Overlaid, *, at: int, scale: Scale) -> CurvePanel:
    """Make a panel: numbers of each folder's own, or marks at the words that any folder has."""
    return CurvePanel(
        title=panel.title,
        numbers=panel.values,
        curves=[
            Curve(
                title=line.name,
                style=line.style,
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


def _table(panels: Sequence[Overlaid], of: Charted) -> Table:
    """List the numbers of the curves: a row a value, a column a folder."""
    names = list(dict.fromkeys(line.name for line in _all_lines(panels)))
    write = change if of.is_difference else level
    groups = []
    for panel in panels:
        cells = {line.name: _estimates(panel, line, at=of.at) for line in panel.lines}
        rows = [
            (
                _value(value),
                *(write(one, of.unit) if (one := cells.get(name, {}).get(value)) else "–" for name in names),
            )
            for value in panel.values
        ]
        groups.append(Group(header=panel.title, rows=tuple(rows)))
    ends = [end for panel in panels for one in panel.lines for end in panel.numbers(one, "low", at=of.at)]
    what = of.what.partition(" ")[0] + ("" if np.isnan(ends).all() else " (95% interval)")
    return Table(
        caption=f"{of.title}, by each value",
        columns=("What was varied", "Value", *(f"{name}: {what}" for name in names)),
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
