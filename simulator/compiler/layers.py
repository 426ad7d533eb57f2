"""Layers of candidates: how many must be made for nobody's rate ever to lie above them."""

import numpy as np

from simulator.compiler.program import Floats, Ints


def layers_of(bounds: Floats, first_edge: float) -> Ints:
    """Count the layers that reach up to each bound: none for nought; each edge is twice the one before.

    For rates per person-year the first edge is ½ (layers 0–½, ½–1, 1–2 …), for multiples of a rate it is 1.
    """
    found = np.zeros(np.shape(bounds), dtype=np.int64)
    edge = first_edge
    left = np.asarray(bounds) > 0
    while left.any():
        found[left] += 1
        left &= np.asarray(bounds) > edge
        edge *= 2
    return found


def widened(bounds: Floats) -> Floats:
    """Give bounds a hair higher, so that no engine's rounding of a rate lies above them."""
    return bounds * (1.0 + 1e-12)
