"""Draws of the uncertain parameters of a model: one rank each, addressed by seed, draw and path.

So a draw of one parameter depends on no other, on no scenario and not on how many draws there are. Correlated
parameters share a normal copula: the rank of the first by name is its own, the others lean towards it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from simulator.definition.uncertain import Uncertain, written
from simulator.experiment.designs.rank_correlation import wanted
from simulator.experiment.uncertainty.addressed import unit_of_draw
from simulator.experiment.uncertainty.fits import Fitted

Floats = NDArray[np.float64]
Pairs = Mapping[tuple[str, str], float]
# Pearson's correlation of two normals whose ranks have Spearman's rho: 2 sin(pi rho / 6) (Pearson 1907).
SIXTH = np.pi / 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Copula:
    """Correlated ranks: their names in order, and the lower triangle that mixes independent scores."""

    names: tuple[str, ...] = ()
    mixes: tuple[tuple[float, ...], ...] = ()


def copula_of(correlations: Pairs) -> Copula:
    """Make the copula of pairs of ranks; raise ``DefinitionError`` where they contradict each other."""
    names = tuple(sorted({name for pair in correlations for name in pair}))
    if not names:
        return Copula()
    normal = {pair: float(2 * np.sin(SIXTH * rank)) for pair, rank in correlations.items()}
    lower = np.linalg.cholesky(wanted(names, normal))
    return Copula(names=names, mixes=tuple(tuple(row) for row in lower.tolist()))


def drawn_values(
    known: Mapping[str, Uncertain], laws: Mapping[str, Fitted], *, ranks: Mapping[str, float]
) -> dict[str, object]:
    """Give the value of every parameter at the rank drawn for it, as a file would hold it."""
    return {name: written(one, Fraction(laws[name].value(ranks[one.rank]))) for name, one in known.items()}


def drawn_ranks(names: Sequence[str], *, seed: int, draw: int, copula: Copula) -> dict[str, float]:
    """Draw a number in (0, 1) for each name of a rank."""
    ranks = {name: unit_of_draw(name, seed=seed, draw=draw) for name in names}
    if not copula.names:
        return ranks
    from scipy.special import ndtr, ndtri

    scores = ndtri(np.array([unit_of_draw(name, seed=seed, draw=draw) for name in copula.names]))
    mixed = ndtr(np.array(copula.mixes) @ scores)
    others = zip(copula.names[1:], mixed[1:], strict=True)
    return ranks | {name: float(u) for name, u in others if name in ranks}
