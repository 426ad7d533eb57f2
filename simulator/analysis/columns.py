"""Values of a model as numbers of a table: the unit is in the column's name, or beside the value."""

from collections.abc import Sequence

from simulator.analysis.table import REAL, TEXT, Column, Values
from simulator.definition.faults import Wrong
from simulator.definition.quantities import number_of
from simulator.units import SECONDS_A_DAY, Dimension

PENCE_A_POUND = 100
# How many of the unit of a dimension are one of a table's, and how the table's is called.
UNITS = {
    Dimension.NUMBER: (1, ""),
    Dimension.TIME: (SECONDS_A_DAY, "days"),
    Dimension.RATE: (1 / SECONDS_A_DAY, "per_day"),
    Dimension.MONEY: (PENCE_A_POUND, "pounds"),
    Dimension.MONEY_RATE: (PENCE_A_POUND / SECONDS_A_DAY, "pounds_per_day"),
}


def number_and_unit(value: object) -> tuple[float, str]:
    """Give what a file says as a number and the unit that tables use; raise ``Wrong`` if it is none."""
    number, dimension = number_of(value)
    size, unit = UNITS[dimension]
    return float(number) / size, unit


def column_of(path: str, values: Sequence[object]) -> tuple[Column, Values]:
    """Make the column of a path: numbers with their unit in its name, or texts where one is no number."""
    try:
        numbers = [number_and_unit(value) for value in values]
    except Wrong:
        return Column(name=path, kind=TEXT, says=f"The value of {path}."), [str(one) for one in values]
    units = {unit for _, unit in numbers}
    if len(units) > 1:
        return Column(name=path, kind=TEXT, says=f"The value of {path}."), [str(one) for one in values]
    name = "_".join(part for part in (path, *units) if part)
    return Column(name=name, kind=REAL, says=f"The value of {path}."), [number for number, _ in numbers]
