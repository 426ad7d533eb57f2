"""The bins of waits: bin 0 for none, then sixteen to the octave from one second."""

import numpy as np

from simulator.engines.compiled import kernel
from simulator.engines.elementary import FIFTY_TWO, MANTISSA
from simulator.engines.records import WAIT_BINS

# 2^(k/16), correctly rounded. A whole number of seconds below 2^53, over its octave, is exact in a double and
# never falls between a border and its rounding, so that comparing the two is as good as comparing
# seconds^16 with 2^b in whole numbers.
BORDERS = np.array(
    [
        1.0,
        1.0442737824274138,
        1.0905077326652577,
        1.1387886347566916,
        1.189207115002721,
        1.241857812073484,
        1.2968395546510096,
        1.3542555469368927,
        1.4142135623730951,
        1.4768261459394993,
        1.5422108254079407,
        1.6104903319492543,
        1.681792830507429,
        1.7562521603732995,
        1.8340080864093424,
        1.9152065613971474,
    ]
)
STEPS = BORDERS.size
ONE = np.int64(0x3FF0000000000000)
BIAS = np.int64(1023)


@kernel
def wait_bin(seconds: int) -> int:
    """Return the bin of a wait: bin b from 1 holds [2^((b-1)/16), 2^(b/16)) seconds, the last all beyond."""
    if seconds <= 0:
        return 0
    pattern = np.float64(seconds).view(np.int64)
    octave = (pattern >> FIFTY_TWO) - BIAS
    part = np.int64((pattern & MANTISSA) | ONE).view(np.float64)
    step = 8 if part >= BORDERS[8] else 0
    step += 4 if part >= BORDERS[step + 4] else 0
    step += 2 if part >= BORDERS[step + 2] else 0
    step += 1 if part >= BORDERS[step + 1] else 0
    return min(1 + STEPS * int(octave) + step, WAIT_BINS - 1)
