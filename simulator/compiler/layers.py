"""Layers of candidates: how many must be made for nobody's rate ever to lie above them."""

import numpy as np

from simulator.compiler.program import Floats, Ints

FIRST_EDGE = 0.5


def layers_of(bounds: Floats) -> Ints:
    """Count the layers, 0–½, ½–1, 1–2, 2–4 … a year, that reach up to each bound: none for nought."""
    found = np.zeros(np.shape(bounds), dtype=np.int64)
    edge = FIRST_EDGE
    left = np.asarray(bounds) > 0
    while left.any():
        found[left] += 1
        left &= np.asarray(bounds) > edge
        edge *= 2
    return found


def widened(bounds: Floats) -> Floats:
    """Give bounds a hair higher, so that no engine's rounding of a rate lies above them."""
    return bounds * (1.0 + 1e-12)
