"""The charts of a tornado of several sweeps: bars, or marks with intervals, and a table with all numbers."""

from collections.abc import Iterator

import numpy as np

from simulator.analysis.folders.drivers import INDICES, SCREENING, Driver
from simulator.analysis.intervals import Estimate
from simulator.reports.blocks import Block, Chart, Group, Paragraph, Table
from simulator.reports.compare.beside import Beside, Side, range_words
from simulator.reports.figures.dots import Dots, dots_figure, dots_height
from simulator.reports.figures.swings_beside import FolderSwings, swings_beside_figure, swings_beside_height
from simulator.reports.numbers import Scale, listed, scale_of, step_for, unit_on, with_unit
from simulator.reports.sweep.driver_charts import UNKNOWN, interval_words
from simulator.reports.wording import change, level

COLUMNS = {
    SCREENING: ("Mean size (95% interval)", "Mean", "Spread (standard deviation)"),
    INDICES: ("By itself (95% interval)", "With all others (95% interval)"),
}
SWINGS = (
    "At its 10th centile",
    "At its 90th centile",
    "From one to the other (95% interval)",
    "Share of variance (95% interval)",
)
LEAST = 2
BY_CHANCE = "no more than chance would"
NOT_THERE = "not there"
DOTS = {
    SCREENING: "size of the effect of each value over its range",
    INDICES: "share of variance of each value",
}
BARS = "what it comes to as one value goes from low to high"


def tornado_blocks(one: Beside, *, id: str) -> Iterator[Block]:
    """Draw what several sweeps say of an output, and say of which it cannot be told; ``id`` on the page."""
    if lacking := [side.name for side in one.sides if side.drivers is None]:
        yield Paragraph(lead=f"{one.title}, {listed(lacking)}:", text=UNKNOWN)
    if len(one.known) >= LEAST:
        yield _drawn(one, id=id)


def _drawn(one: Beside, *, id: str) -> Block:
    if not one.shown:
        return Paragraph(
            lead=f"{one.title}:", text="no value is told from one that does nothing, in any folder."
        )
    labels = [one.label(path) for path in one.shown]
    figure, height = _dots(one, labels) if one.kind in (SCREENING, INDICES) else _bars(one, labels)
    return Chart(
        id=id,
        caption=f"{one.title}: {DOTS.get(one.kind, BARS)}, folder by folder",
        alternative=(
            f"For each value a mark or bar a folder, of {one.title}; what several folders have and does most "
            "is on top, and the table has the numbers."
        ),
        figure=figure,
        height=height,
        table=_table(one),
    )


def _dots(one: Beside, labels: list[str]) -> tuple[str, int]:
    """Draw sizes with intervals: of effects in the output's unit, of indices in per cent."""
    scale = _scale(one)
    is_index = one.kind == INDICES
    factor = 100.0 if is_index else scale.factor
    series = [
        Dots(
            title=side.name,
            style=side.style,
            estimates=[_size(side, path) for path in one.shown],
            factors=[factor] * len(one.shown),
        )
        for side in one.known
    ]
    x_title = "Share of the variance, with all others, %" if is_index else unit_on(scale, one.unit)
    return dots_figure(labels, series, x_title=x_title), dots_height(labels, len(series))


def _bars(one: Beside, labels: list[str]) -> tuple[str, int]:
    """Draw bars from the low to the high end; none where a folder tells nothing of a value."""
    scale = _scale(one)
    folders = [
        FolderSwings(
            title=side.name,
            style=side.style,
            at_low=[_end(side, path, word="at_low", factor=scale.factor) for path in one.shown],
            at_high=[_end(side, path, word="at_high", factor=scale.factor) for path in one.shown],
            middle=side.middle * scale.factor,
        )
        for side in one.known
    ]
    figure = swings_beside_figure(labels, folders, x_title=unit_on(scale, one.unit))
    return figure, swings_beside_height(labels, len(folders))


def _size(side: Side, path: str) -> Estimate | None:
    assert side.drivers is not None
    driver = side.drivers.get(path)
    return None if driver is None else driver.size


def _end(side: Side, path: str, *, word: str, factor: float) -> float | None:
    assert side.drivers is not None
    driver = side.drivers.get(path)
    return float(getattr(driver, word)) * factor if driver is not None and driver.is_told else None


def _scale(one: Beside) -> Scale:
    """Choose the scale of all numbers of an output."""
    numbers: list[float | None] = []
    for side in one.known:
        for driver in (side.drivers or {}).values():
            if one.kind == SCREENING:
                numbers += [driver.size.mean, driver.size.high]
            elif driver.is_told:
                numbers += [driver.at_low, driver.at_high]
    return scale_of(one.unit, numbers, is_difference=one.is_difference)


def _table(one: Beside) -> Table:
    """List what each value does in each folder."""
    scale = _scale(one)
    groups = [
        Group(
            header=one.label(path),
            rows=tuple(_row(one, side, path=path, scale=scale) for side in one.known),
        )
        for path in one.shown
    ]
    columns = ("Value", "Folder", "Over", *COLUMNS.get(one.kind, SWINGS))
    return Table(caption=one.title, columns=columns, groups=tuple(groups), texts=("Over",))


def _row(one: Beside, side: Side, *, path: str, scale: Scale) -> tuple[str, ...]:
    assert side.drivers is not None
    driver = side.drivers.get(path)
    over = range_words(side.ranges.get(path))
    if driver is None:
        return side.name, NOT_THERE, *("–" for _ in COLUMNS.get(one.kind, SWINGS))
    return side.name, over, *_cells(one, driver, scale=scale)


def _number(value: float, unit: str, *, signed: bool = False) -> str:
    """Write a number with its unit, to three figures."""
    return with_unit(value, scale_of(unit, (value,), is_difference=True), signed=signed) if value else "0"


def _cells(one: Beside, driver: Driver, *, scale: Scale) -> tuple[str, ...]:
    if one.kind == SCREENING:
        return (
            level(driver.size, one.unit) if driver.size.mean else "0",
            _number(driver.mean, one.unit, signed=True),
            _number(driver.spread, one.unit),
        )
    if one.kind == INDICES:
        return interval_words(driver.alone), interval_words(driver.size)
    if not driver.is_told:
        return "–", "–", "–", BY_CHANCE
    swing = driver.swing
    assert swing is not None
    half = np.nan if swing.low is None or swing.high is None else (swing.high - swing.low) / 2 * scale.factor
    step = step_for(float(half), value=driver.at_low * scale.factor)
    ends = (with_unit(end, scale, step=step) for end in (driver.at_low, driver.at_high))
    return *ends, change(swing, one.unit), interval_words(driver.size)
