"""The fit: least squares with a prior, and which values the figures tell anything of.

Parameter k is written as the score zₖ of a standard normal law: its value is the quantile of its own law at
Φ(zₖ), so low and high are at −1.28 and 1.28, and no value can leave its law. What is minimised is
Σᵢ rᵢ(z)² + Σₖ zₖ², with rᵢ = (model − figure) ÷ (within × mean of the column's figures): minus twice the
logarithm of the posterior where residuals are independent and normal (maximum a posteriori).

At the best z the Gauss–Newton Hessian is JᵀJ + 1. An eigenvalue of JᵀJ below one means that in its direction
the figures tell less than the prior did; a value whose variance falls by less than half is not informed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Of several scores at once, which may be run beside each other.
Residuals = Callable[[list[Floats]], list[Floats]]

# Beyond this the law of a parameter has one part in 15,000.
FARTHEST = 3.8
STEP = 0.1
NEAR_ENOUGH = 1e-4
TELLS_LESS = 1.0
STILL_IN_DOUBT = 0.5
LOADED = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The best scores (parameters,), their standard deviations after the figures, and the eigenvalues.

    ``together`` lists the directions of which the figures tell less than the prior: the places of the
    parameters that move in each. ``runs`` counts model runs.
    """

    z: Floats
    sd: Floats
    eigenvalues: Floats
    together: tuple[tuple[int, ...], ...]
    cost: float
    cost_before: float
    runs: int
    converged: bool

    @property
    def uninformed(self) -> tuple[int, ...]:
        """Give the places of parameters whose variance the figures lower by less than half."""
        return tuple(np.flatnonzero(self.sd**2 > STILL_IN_DOUBT).tolist())


def fitted_scores(
    residuals: Residuals, parameters: int, *, most_rounds: int, tell: Callable[[str], None]
) -> Fit:
    """Find the scores that minimise squared residuals plus the prior's, from the central values.

    A line a round is told, however many runs a round takes.
    """
    from scipy.optimize import least_squares

    known: dict[bytes, Floats] = {}
    rounds: set[bytes] = set()

    def all_of(several: list[Floats]) -> list[Floats]:
        missing = [z for z in several if z.tobytes() not in known]
        for z, gaps in zip(missing, residuals(missing), strict=True):
            known[z.tobytes()] = np.concatenate([gaps, z])
        return [known[z.tobytes()] for z in several]

    def whole(z: Floats) -> Floats:
        return all_of([np.array(z, np.float64)])[0]

    def slopes(z: Floats) -> Floats:
        if z.tobytes() not in rounds:
            rounds.add(z.tobytes())
            tell(f"Round {len(rounds)}: misfit {float(np.square(whole(z)).sum()):,.1f}, runs: {len(known)}…")
        steps = np.where(z > 0, -STEP, STEP)
        beside = all_of([z + step for step in np.diag(steps)])
        return np.stack([(one - whole(z)) / step for one, step in zip(beside, steps, strict=True)], axis=1)

    first = np.zeros(parameters)
    found = least_squares(
        whole,
        first,
        jac=slopes,
        bounds=(-FARTHEST, FARTHEST),
        xtol=NEAR_ENOUGH,
        ftol=NEAR_ENOUGH,
        gtol=None,
        max_nfev=most_rounds,
    )
    z = np.asarray(found.x, np.float64)
    jacobian = slopes(z)[:-parameters]
    information = jacobian.T @ jacobian
    values, vectors = np.linalg.eigh(information)
    return Fit(
        z=z,
        sd=np.sqrt(np.diag(np.linalg.inv(information + np.eye(parameters)))),
        eigenvalues=values,
        together=_together(values, vectors),
        cost=2.0 * float(found.cost),
        cost_before=float(np.square(whole(first)).sum()),
        runs=len(known),
        converged=bool(found.status > 0),
    )


def _together(values: Floats, vectors: Floats) -> tuple[tuple[int, ...], ...]:
    """List the parameters that move in each direction of which the figures tell little."""
    weak = np.flatnonzero(values < TELLS_LESS).tolist()
    return tuple(tuple(np.flatnonzero(np.abs(vectors[:, one]) > LOADED).tolist()) for one in weak)


def names_of(places: Sequence[int], names: Sequence[str]) -> list[str]:
    """Name parameters by their places."""
    return [names[place] for place in places]
