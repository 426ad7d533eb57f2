"""The arrays of collaborations: how strong they make interventions, and what feeds back on them.

Letters used in shapes: C collaborations, K constants, V what is kept of a week; others see ``program.py``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.definition.contracts import Contract

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaborations:
    """Those that some intervention depends on which is on.

    ``names`` (C); ``members`` (C, O). Week 0 begins at ``first_second`` (C), week w > 0 at the w-th Monday
    00:00 after it; the stocks take a step a week. ``path`` (C, W, V): what there is at the beginning of each
    week, while nobody loses anything (``definition/dynamics.SHOWN``), held after its last. ``constants`` (C,
    K) in the order of ``Character``; ``forum`` (C, W). ``follows`` (I): the collaboration of each
    intervention, or -1; ``week_of`` (I, W): the week of it that holds in each week of the intervention, -1
    before it begins. ``stocks``: the hash of the shipped stocks.
    """

    names: tuple[str, ...]
    members: Flags
    first_second: Ints
    path: Floats
    constants: Floats
    forum: Floats
    follows: Ints
    week_of: Ints
    stocks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """How what members lose feeds back: by month, under a contract.

    ``month_second``: the first seconds of the months of the window, ascending, its own first one before all.
    ``turnover`` (O): pence a year, the population's share; nought where it is not known. ``contract`` is in
    force, or nobody pays anybody; ``contracts`` are all of the model and ``spends`` what each organisation
    spends a year, in pence, for contracts to be settled by. ``share`` is the population's.
    """

    month_second: Ints
    turnover: Floats
    contract: str | None
    contracts: tuple[tuple[str, Contract], ...]
    spends: tuple[tuple[str, float], ...]
    share: float
