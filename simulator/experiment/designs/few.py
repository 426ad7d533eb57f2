"""What must be known of a design that has few points for what it is made for."""

from collections.abc import Iterator

from simulator.definition.design import SOBOL, Design

# Of three inputs, over sixty seeds, the widest of the 95% intervals of first-order indices takes up 1.8 of
# all variance with 8 base points, 1.2 with 16, 0.8 with 32, 0.4 with 128. They hold the truth four times in
# five with 8, and as often as they say, or oftener, from 16 on.
FEW_BASE_POINTS, TOO_FEW = 32, 16


def few_base_points(design: Design | None) -> Iterator[str]:
    """Say that Sobol' indices of so few base points have wide intervals; nothing where they are enough."""
    if design is None or design.kind != SOBOL or not design.indices or design.only or design.runs is None:
        return
    if design.runs < FEW_BASE_POINTS:
        less = ", and hold the truth less often than they say" if design.runs < TOO_FEW else ""
        yield (
            f"design.runs: {design.runs:,} base points are few for Sobol' indices: the widest of their 95% "
            f"intervals take up four fifths of all variance or more{less}. With 128 it is two fifths."
        )
