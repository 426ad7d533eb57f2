"""What is said of the whole place, taken down to the part of it that is run."""

# What is a share, or a time, is the same in a part of the place.
SAME_IN_A_PART = ("share", "days")


def counts_a_part(unit: str, *, share: float) -> bool:
    """Say whether a measure of this unit counts a part of the place only, where a ``share`` of it is run."""
    return share < 1 and unit not in SAME_IN_A_PART


def in_part(matters_from: float, unit: str, *, share: float) -> float:
    """Give the smallest difference that would change a decision, in what was run."""
    return matters_from * share if counts_a_part(unit, share=share) else matters_from
