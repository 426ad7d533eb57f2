"""Benefit and harm of an effect: the fidelity of a collaboration scales the one and not the other."""

from collections.abc import Sequence


def parted(values: Sequence[float], *, neutral: float) -> tuple[list[float], list[float]]:
    """Part values of which lower ones help into benefit and harm; each does nothing where it is neutral."""
    return [min(value, neutral) for value in values], [max(value, neutral) for value in values]


def without_harm(
    strength: Sequence[float], values: Sequence[float], *, neutral: float, lower_helps: bool
) -> list[float]:
    """Give strengths week by week that leave harm at its full one."""
    return [
        1.0 if value != neutral and (value > neutral) == lower_helps else one
        for one, value in zip(strength, values, strict=True)
    ]
