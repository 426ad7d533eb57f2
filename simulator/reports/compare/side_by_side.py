"""Scenarios of several folders beside each other: a table, small multiples, and the largest first."""

from collections.abc import Sequence

from simulator.analysis.folders import Together
from simulator.analysis.intervals import Estimate
from simulator.reports.blocks import Block, Chart, Group, Paragraph, Section, Table, simple_table
from simulator.reports.compare.ends import ends_words
from simulator.reports.compare.holding import (
    NO_MEAN,
    PICKED,
    intervals_block,
    is_picked,
    luck_block,
    short_words,
)
from simulator.reports.compare.over import are_alike
from simulator.reports.compare.rows import Row, has_points, title_of_measure, unit_of_measure
from simulator.reports.figures.dots import Dots, dots_figure, dots_height
from simulator.reports.figures.look import STYLES, style_of
from simulator.reports.figures.panels import Panel, panels_figure, panels_height
from simulator.reports.numbers import Scale, listed, scale_of, unit_on
from simulator.reports.tables import title_with_unit
from simulator.reports.titles import clean
from simulator.reports.wording import chance, change, level

COLOURS = ("blue", "red-brown", "green", "purple", "olive", "violet")
COLUMNS = (
    "Measure",
    "Scenario (folder)",
    "Baseline (95% interval)",
    "With the scenario (95% interval)",
    "Difference (95% interval)",
    "Probability of a reduction",
)
SHAPES = {
    "circle": "circles",
    "square": "squares",
    "diamond": "diamonds",
    "triangle-up": "triangles",
    "cross": "crosses",
    "star": "stars",
}
NAMES = dict(zip((one.colour for one in STYLES), COLOURS, strict=True))
ENDS = "Difference at its points, least to most"
WHERE_NONE_IS_PRIMARY = 4
MOST_PANELS = 8
MEANS = "; of a sweep the mean over its points"
NO_RANKING = (
    "differences of these folders are not over the same values, as stands over the answer; that one is on "
    "top of another does not say that the scenario does more."
)
NO_TORNADO = (
    "These folders hold runs of scenarios, in which no value goes from low to high by itself; which value "
    "moves a difference most stands on the page of a sweep that varies or draws it (downstream sweep)."
)


def deciding(found: Together) -> tuple[str, ...]:
    """Name the measures that decide, or the first few where none is said to."""
    return found.primary or found.measures[:WHERE_NONE_IS_PRIMARY]


def shown_measures(found: Together) -> tuple[str, ...]:
    """Choose the measures on the page: primary ones, the cost of all, and deaths."""
    also = [one for one in ("system.resources_per_year", "deaths_per_year") if one in found.measures]
    return tuple(dict.fromkeys((*deciding(found), *also)))


def table_section(found: Together, rows: Sequence[Row]) -> Section:
    """Set every scenario's differences beside each other, measure by measure."""
    has_ends = any(has_points(one) for one in found.stands)
    groups = tuple(
        Group(
            header=title_with_unit(title_of_measure(found, text), unit_of_measure(found, text)),
            rows=tuple(
                (
                    *_row(one, text, unit=unit_of_measure(found, text)),
                    *((ends_words(one, text, unit=unit_of_measure(found, text)) or "–",) * has_ends),
                )
                for one in rows
            ),
        )
        for text in shown_measures(found)
    )
    table = Table(
        caption="What decides, scenario by scenario",
        columns=(*COLUMNS, *((ENDS,) if has_ends else ())),
        groups=groups,
        texts=(ENDS,),
    )
    blocks = [one for one in (intervals_block(found), table, luck_block(found)) if one is not None]
    return Section(id="table", title="Side by side", short="Side by side", blocks=tuple(blocks))


def multiples_section(found: Together, rows: Sequence[Row]) -> Section | None:
    """Draw a small panel a measure, all scenarios in each."""
    if not rows:
        return None
    measures = shown_measures(found)[:MOST_PANELS]
    means = MEANS if any(has_points(one) for one in found.stands) else ""
    panels = []
    for text in measures:
        estimates = [one.difference(text) for one in rows]
        scale = _scale(found, text, estimates=estimates)
        title, said = title_of_measure(found, text), unit_said(found, text, scale=scale)
        title = title if said.lower() in title.lower() else f"{title}, {said}"
        panels.append(Panel(title=title, estimates=estimates, factor=scale.factor))
    chart = Chart(
        id="multiples",
        caption=f"Difference from the folder’s own baseline (95% interval), a panel a measure{means}",
        alternative=(
            "Marks with intervals for every scenario in every panel; the table above has the numbers."
        ),
        figure=panels_figure(panels, rows=[(one.title, one.style) for one in rows]),
        height=panels_height(len(panels), len(rows)),
        table=None,
    )
    blocks: list[Block] = [Paragraph(lead="Marks:", text=marks_words(rows)), chart]
    if not found.sweeps:
        blocks.append(Paragraph(lead="No tornado.", text=NO_TORNADO))
    return Section(
        id="multiples", title="All measures at a glance", short="At a glance", blocks=tuple(blocks)
    )


def marks_words(rows: Sequence[Row]) -> str:
    """Say by which colour and mark each folder is drawn, as a legend would."""
    styles = {clean(row.stand.name): row.style for row in rows}
    said = listed(f"{NAMES[one.colour]} {SHAPES[one.symbol]} are of {name}" for name, one in styles.items())
    return f"{said}; each row is a scenario, named at the left."


def largest_section(found: Together, rows: Sequence[Row]) -> Section | None:
    """Draw, for each primary measure, the scenarios with the largest differences first."""
    blocks: list[Block] = []
    for number, text in enumerate(found.primary):
        known = [one for one in rows if not is_picked(one.stand)]
        order = sorted(known, key=lambda one: -abs(_mean(one.difference(text))))
        estimates = [one.difference(text) for one in order]
        if not any(_mean(one) for one in estimates):
            continue
        scale = _scale(found, text, estimates=estimates)
        titles = [one.title for one in order]
        unit = unit_of_measure(found, text)
        blocks.append(
            Chart(
                id=f"largest-{number + 1}",
                caption=f"{title_of_measure(found, text)}: largest difference first",
                alternative="One mark a scenario with its 95% interval, largest difference on top.",
                figure=dots_figure(
                    titles,
                    [
                        Dots(
                            title="Difference (95% interval)",
                            style=style_of(0),
                            estimates=estimates,
                            factors=[scale.factor] * len(order),
                        )
                    ],
                    x_title=unit_said(found, text, scale=scale),
                ),
                height=dots_height(titles, 1),
                table=simple_table(
                    title_of_measure(found, text),
                    columns=("Scenario (folder)", "Difference (95% interval)"),
                    rows=tuple((one.title, change(one.difference(text), unit)) for one in order),
                ),
            )
        )
    if not blocks:
        return None
    if not are_alike(rows):
        blocks.insert(0, Paragraph(lead="No ranking:", text=NO_RANKING))
    return Section(id="largest", title="Largest first", short="Largest first", blocks=tuple(blocks))


def unit_said(found: Together, text: str, *, scale: Scale) -> str:
    """Say the unit that numbers on a scale are in."""
    return unit_on(scale, unit_of_measure(found, text))


def _row(one: Row, text: str, *, unit: str) -> tuple[str, ...]:
    difference, short = one.difference(text), short_words(one.stand)
    if is_picked(one.stand):
        return f"{one.title}, {PICKED}", "–", "–", NO_MEAN, "–"
    return (
        f"{one.title}, {short}" if short else one.title,
        level(one.baseline(text), unit, beside=difference),
        level(one.level(text), unit, beside=difference),
        change(difference, unit),
        chance(difference),
    )


def _mean(one: Estimate | None) -> float:
    return 0.0 if one is None or one.mean is None else one.mean


def _scale(found: Together, text: str, *, estimates: Sequence[Estimate | None]) -> Scale:
    ends = [end for one in estimates if one is not None for end in (one.mean, one.low, one.high)]
    return scale_of(unit_of_measure(found, text), ends, is_difference=True)
