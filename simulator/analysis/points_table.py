"""The table of what each point of a design sets."""

from collections.abc import Mapping, Sequence

import numpy as np

from simulator.analysis.columns import column_of
from simulator.analysis.table import WHOLE, Column, Table, table_of

POINT = Column(name="point", kind=WHOLE, says="The point, from 1.")


def points_table(points: Sequence[Mapping[str, object]], *, paths: Sequence[str], says: str) -> Table:
    """Make it; ``says`` what its columns are."""
    made = [column_of(path, [point[path] for point in points]) for path in paths]
    return table_of(
        "points",
        says,
        columns=(POINT, *(column for column, _ in made)),
        values={POINT.name: np.arange(1, len(points) + 1)} | {column.name: values for column, values in made},
    )
