"""Numbers between nought and one by address: of a design's paths, and of draws of parameters."""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.hashes import purpose_hash
from simulator.engines.draws import uniform

Floats = NDArray[np.float64]

DRAW = purpose_hash("draw")
DESIGN = purpose_hash("design")
NUMBERS_A_VISIT = 1 << 16
MOST_NUMBERS = 1 << 32


def path_address(path: str) -> int:
    """Give the address of a dotted path: BLAKE2b of 64 bits, read as a signed number."""
    return int.from_bytes(blake2b(path.encode(), digest_size=8).digest(), "big", signed=True)


def unit_of_draw(path: str, *, seed: int, draw: int) -> float:
    """Give the number of a parameter in a draw: of the seed, the draw and the path alone."""
    return float(uniform(as_signed(seed), draw, path_address(path), DRAW, 0, 0))


def unit_of_design(path: str, number: int, *, seed: int) -> float:
    """Give number ``number`` of a path in a design: of the seed and the path alone."""
    visit, draw = divmod(number, NUMBERS_A_VISIT)
    return float(uniform(as_signed(seed), 0, path_address(path), DESIGN, visit, draw))


def units_of_design(path: str, count: int, *, seed: int) -> Floats:
    """Give the first ``count`` numbers of a path in a design."""
    return np.array([unit_of_design(path, number, seed=seed) for number in range(count)])


def as_signed(seed: int) -> int:
    """Read a seed of 64 bits as a signed number, as the generator takes it."""
    return int(np.uint64(seed).view(np.int64))
