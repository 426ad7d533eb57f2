"""What a step does to stages: how many stay, of those who were there and of those who come during it."""

import math

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.stays import THEN_LEAVES, THEN_NEXT

# A stage of less than this share of a step is over at once; in less than this share of a stage nobody leaves.
AT_ONCE = 1.0 / 700.0
NO_TIME = 1e-8


@kernel
def sets_paces(
    lengths: Ints,
    mean: Floats,
    structure: tuple[Ints, Floats, Ints, Ints],
    stays: Floats,
    keeps: Floats,
    left: Floats,
    spent: Floats,
    lane_left: Floats,
) -> None:
    """Work out, for each length of step, what stays in each stage (``net.py``) and in each lane.

    ``structure``: first stage of each lane, share that enters, what follows, profile.
    """
    first, enter, follows, profile = structure
    for kind in range(lengths.shape[0]):
        seconds = float(lengths[kind])
        for lane in range(lane_left.shape[1]):
            carried, late, still = 0.0, 0.0, 0.0
            for stage in range(first[lane], first[lane + 1]):
                steps = seconds / mean[stage] if mean[stage] > AT_ONCE * seconds else 1.0 / AT_ONCE
                stays[kind, stage] = math.exp(-steps)
                keeps[kind, stage] = 1.0 if steps < NO_TIME else (1.0 - stays[kind, stage]) / steps
                is_leaving = profile[stage] >= 0
                coming = late if is_leaving else carried + enter[stage]
                on = coming if is_leaving else coming * keeps[kind, stage]
                out = coming - on
                left[kind, stage] = on
                spent[kind, stage] = coming * 0.5 * seconds if is_leaving else mean[stage] * out
                carried = out if follows[stage] == THEN_NEXT else 0.0
                if is_leaving:
                    late = 0.0
                elif follows[stage] == THEN_LEAVES:
                    late += out
                still += on
            lane_left[kind, lane] = still
