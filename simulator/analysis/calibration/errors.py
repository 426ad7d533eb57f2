"""How far a model is off a column of figures, over some months: as shares of the figures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Off:
    """``mape``: mean of |model − figure| ÷ figure. ``bias``: mean of (model − figure) ÷ figure.

    Over ``months`` with a figure above nought and a model value; not-a-number where there is none.
    """

    mape: float
    bias: float
    months: int


def off(model: Floats, figures: Floats) -> Off:
    """Measure how far off a model is (months,); months without a figure are not-a-number."""
    there = np.isfinite(model) & np.isfinite(figures) & (figures > 0)
    relative = (model[there] - figures[there]) / figures[there]
    if not relative.size:
        return Off(mape=float("nan"), bias=float("nan"), months=0)
    return Off(mape=float(np.abs(relative).mean()), bias=float(relative.mean()), months=relative.size)
