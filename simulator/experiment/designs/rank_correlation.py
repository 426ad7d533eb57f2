"""Ranks brought together: the same numbers of every path, in another order (Iman & Conover 1982).

Communications in Statistics B 11:311. The numbers of each path are reordered to have the ranks of scores
with the wanted correlation: so a Latin hypercube stays one.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.errors import DefinitionError

Floats = NDArray[np.float64]
Pairs = Mapping[tuple[str, str], float]


def wanted(names: Sequence[str], correlations: Pairs) -> Floats:
    """Write correlations of pairs as a matrix; raise ``DefinitionError`` where they contradict."""
    matrix = np.eye(len(names))
    for (one, other), rank in correlations.items():
        here, there = names.index(one), names.index(other)
        matrix[here, there] = matrix[there, here] = rank
    if np.linalg.eigvalsh(matrix)[0] < 1e-9:
        raise DefinitionError(
            "the correlations contradict each other: no values can go together so (the matrix of "
            f"{', '.join(names)} is not positive definite)."
        )
    return matrix


def reordered(units: Floats, names: Sequence[str], *, correlations: Pairs) -> Floats:
    """Reorder the numbers (runs, paths) of the correlated paths; the others stay as they are."""
    together = sorted({name for pair in correlations for name in pair})
    columns = [names.index(name) for name in together]
    target = np.linalg.cholesky(wanted(together, correlations))
    scores = _scores(units[:, columns])
    if len(units) <= len(columns):
        return units
    # The scores' own chance correlation is taken out first, so that the target is met closely.
    own = np.linalg.cholesky(np.corrcoef(scores, rowvar=False))
    scores = scores @ np.linalg.inv(own).T @ target.T
    found = units.copy()
    for place, column in enumerate(columns):
        ranks = np.argsort(np.argsort(scores[:, place], kind="stable"), kind="stable")
        found[:, column] = np.sort(units[:, column])[ranks]
    return found


def _scores(units: Floats) -> Floats:
    """Give the van der Waerden scores of the numbers of each path."""
    from scipy.special import ndtri

    ranks = np.argsort(np.argsort(units, axis=0, kind="stable"), axis=0, kind="stable") + 1
    return np.asarray(ndtri(ranks / (len(units) + 1)))
