"""A design over stocks in words: what variables and measures are called, and the value of one at a point."""

from simulator.analysis.stock_sweep.asked import StockSweep
from simulator.analysis.stock_sweep.tables import ends_of
from simulator.definition.stock_design import AT_END, INTEGRAL, LEAST, MEAN, MOST
from simulator.experiment.stock_sweep.plan import Kept, unit_of, variable_of
from simulator.reports.describe.systems import name_words
from simulator.reports.numbers import listed, scale_of, sentence, with_unit
from simulator.reports.sweep.words import value_words
from simulator.reports.titles import clean

# So many values are told of a point; of a point with more, its number in the table.
MOST_SET = 6
WHATS = {
    AT_END: "at the end",
    MEAN: "mean over time",
    LEAST: "least over time",
    MOST: "most over time",
    INTEGRAL: "summed over time",
}


def variable_words(found: StockSweep, name: str) -> str:
    """Say what a variable is called, with its element where it is of one."""
    _, bracket, element = name.partition("[")
    title = name_words(variable_of(found.plan.file.system, name))
    return f"{title} [{clean(element.rstrip(']')).replace('_', ' ')}]" if bracket else title


def along_words(found: StockSweep, name: str) -> str:
    """Say what a varied variable is called, with its unit."""
    unit = clean(unit_of(found.plan.file.system, name))
    return f"{variable_words(found, name)}, {unit}" if unit else variable_words(found, name)


def measure_words(found: StockSweep, kept: Kept) -> str:
    """Say what a measure is called."""
    if kept.title:
        return clean(kept.title)
    return sentence(f"{variable_words(found, kept.column)}, {WHATS[kept.what]}")


def value_at(found: StockSweep, point: int, *, place: int) -> str:
    """Write what is kept at a point, with its unit."""
    return amount_words(float(found.values[point, place]), found.plan.kept[place].unit)


def amount_words(value: float, unit: str) -> str:
    """Write a number with its unit."""
    scale = scale_of(unit, (value,))
    written = with_unit(value, scale)
    return written if scale.before or scale.after or not unit else f"{written} {clean(unit)}"


def where_words(found: StockSweep, point: int) -> str:
    """Say where a point is: what it sets, or its number in the table where that is much."""
    said = found.plan.points[point]
    if len(said) > MOST_SET:
        return f"at point {point + 1:,}"
    named = listed(f"{variable_words(found, path)} is {value_words(one)}" for path, one in said.items())
    return f"where {named}"


def between_words(found: StockSweep, place: int) -> str:
    """Say between what a measure lies over the points, and where its ends are."""
    ends = ends_of(found, place)
    said = [value_at(found, point, place=place) for point in ends]
    if said[0] == said[1]:
        return f"{said[0]}, the same at every point."
    told = (f"{one} {where_words(found, point)}" for one, point in zip(said, ends, strict=True))
    return f"from {' to '.join(told)}."


def note_words(note: str) -> str:
    """Write a note as a sentence; one that begins with a place in a file, as it is: ``design.runs: …``."""
    return note if note.partition(" ")[0].endswith(":") else sentence(note)


def time_words(found: StockSweep) -> str:
    """Say over what time, in which steps and how the equations are run."""
    timing = found.plan.file.system.timing
    how = {"euler": "Euler", "rk4": "Runge–Kutta of fourth order"}.get(timing.method, timing.method)
    return (
        f"from {timing.start:g} to {clean(timing.said(timing.stop))} in steps of "
        f"{clean(timing.said(timing.step))} ({how})"
    )
