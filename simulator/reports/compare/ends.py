"""Between which points of a sweep a difference goes, in words."""

from simulator.analysis.folders import SweepStand
from simulator.reports.compare.rows import Row
from simulator.reports.numbers import scale_of, step_for, with_unit
from simulator.reports.sweep.words import where_words


def ends_words(one: Row, text: str, *, unit: str) -> str:
    """Say the least and the most difference with their points; nothing of one point, or of none known."""
    stand = one.stand
    ends = stand.ends(one.scenario, text) if isinstance(stand, SweepStand) else None
    if ends is None or not isinstance(stand, SweepStand):
        return ""
    scale = scale_of(unit, [mean for _, mean in ends], is_difference=True)
    step = step_for(None, value=max(abs(mean) for _, mean in ends) * scale.factor)
    said = [with_unit(mean, scale, step=step, signed=True) for _, mean in ends]
    if said[0] == said[1]:
        return f"{said[0]} at every point"
    told = (
        f"{one} {where_words(stand.estimates, point)}" for one, (point, _) in zip(said, ends, strict=True)
    )
    return " to ".join(told)
