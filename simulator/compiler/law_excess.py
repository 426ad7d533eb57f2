"""What is left of a law: the stationary-excess law of those who are there on the first day.

Somebody met at a moment that has nothing to do with their stay has a remaining time with density (1 − F(x))
÷ mean (Cox 1962, "Renewal theory", §5.2). It is taken from a law's own table, where 1 − F is straight
between points, so it is exact for that table.
"""

import numpy as np

from simulator.compiler.law_tables import (
    CHANCE_ABOVE,
    LawTable,
    Steps,
    bordered_table,
    step_table,
)
from simulator.compiler.program import LAW_CONTINUOUS, LAW_STEPS, Floats


def excess_table(table: LawTable) -> LawTable:
    """Tabulate what remains of a law; of a law that is always nought, nought."""
    values, above = survival(table)
    areas = np.diff(values) * (above[:-1] + above[1:]) / 2.0
    left = np.append(np.cumsum(areas[::-1])[::-1], 0.0)
    if not left[0] > 0.0:
        return step_table(Steps(values=np.zeros(1), chances=np.ones(1)))
    wanted = CHANCE_ABOVE * left[0]
    place = np.clip(np.searchsorted(-left, -wanted, side="right") - 1, 0, len(areas) - 1)
    short = np.maximum(wanted - left[place + 1], 0.0)
    width = values[place + 1] - values[place]
    slope = np.divide(above[place] - above[place + 1], width, out=np.zeros_like(width), where=width > 0)
    height = above[place + 1]
    root = height + np.sqrt(height * height + 2.0 * slope * short)
    back = np.divide(2.0 * short, root, out=np.zeros_like(root), where=root > 0)
    borders = values[place + 1] - np.minimum(back, width)
    return bordered_table(borders, second_moment(values, above) / (2.0 * left[0]))


def survival(table: LawTable) -> tuple[Floats, Floats]:
    """Give values from 0 upwards and the chance of lying above each, straight lines between."""
    if table.kind == LAW_CONTINUOUS:
        values = np.append(0.0, table.scale * np.maximum(table.points, 0.0))
        return np.maximum.accumulate(values), np.append(1.0, CHANCE_ABOVE.ravel())
    if table.kind == LAW_STEPS:
        atoms, cumulative = np.maximum(table.points, 0.0), table.cumulative
    else:
        atoms = np.sort(np.maximum(table.points, 0.0))
        cumulative = np.arange(1, len(atoms) + 1) / len(atoms)
    values = np.append(0.0, np.repeat(table.scale * atoms, 2))
    before = np.append(0.0, cumulative[:-1])
    return values, np.append(1.0, 1.0 - np.stack([before, cumulative], axis=1).ravel())


def second_moment(values: Floats, above: Floats) -> float:
    """Give the mean square of a law from its survival."""
    low, high = values[:-1], values[1:]
    return float(np.sum((above[:-1] - above[1:]) * (low * low + low * high + high * high)) / 3.0)
