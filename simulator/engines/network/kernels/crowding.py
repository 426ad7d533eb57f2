"""How crowded resources have been since the last mix: who tried, who waits, who keeps a place meanwhile."""

from typing import NamedTuple

from simulator.compiler.program import Flags, Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.records import ACTIVE_AREA, KEPT_AREA


class Crowd(NamedTuple):
    """By resource: those who ``tried`` for a place, ``by_need`` (R, needs) for how many free ones, those of
    them who would wait; whether ``fewer`` waited than found none free; how many are ``queued`` and ``where``
    (R, R) their places are; the seconds spent ``inside`` and those for which places were ``kept`` elsewhere.
    """

    tried: Floats
    by_need: Floats
    waiting: Floats
    fewer: Flags
    queued: Floats
    where: Floats
    inside: Floats
    kept: Floats


@kernel
def crowds(
    tries: tuple[Floats, Floats, Floats, Floats],
    lanes: tuple[Ints, Ints, Ints, Ints],
    cells: tuple[Floats, Ints, Ints],
    areas: Floats,
    crowd: Crowd,
) -> None:
    """Add up what the lanes and cells of each resource say.

    ``tries``: by lane who tried, wanted, was blocked, stood. ``lanes``: resource waited for, which need, free
    places needed, resource of which a place is kept elsewhere (-1 none). ``cells``: stock, resource waited
    for, resource of the place kept (-1). ``areas`` (L, LANE_FIELDS).
    """
    tried, wanted, blocked, stood = tries
    station, need, needed, keeper = lanes
    for one in range(crowd.tried.shape[0]):
        crowd.tried[one], crowd.waiting[one], crowd.queued[one] = 0.0, 0.0, 0.0
        crowd.inside[one], crowd.kept[one], crowd.fewer[one] = 0.0, 0.0, False
        for place in range(crowd.by_need.shape[1]):
            crowd.by_need[one, place] = 0.0
        for place in range(crowd.where.shape[1]):
            crowd.where[one, place] = 0.0
    for lane in range(station.shape[0]):
        if keeper[lane] >= 0:
            crowd.kept[keeper[lane]] += areas[lane, KEPT_AREA]
        one = station[lane]
        if one < 0:
            continue
        crowd.tried[one] += tried[lane]
        crowd.by_need[one, need[lane]] += tried[lane]
        crowd.inside[one] += areas[lane, ACTIVE_AREA]
        if stood[lane] < blocked[lane]:
            crowd.fewer[one] = True
        if needed[lane] == 0:
            # Those who came as an alternative do not wait here; nor do those against whom places are
            # reserved wait for the next that is free.
            crowd.waiting[one] += wanted[lane] * (stood[lane] / blocked[lane] if blocked[lane] > 0.0 else 1.0)
    stock, waited, kept_of = cells
    for cell in range(stock.shape[0]):
        if waited[cell] >= 0:
            crowd.queued[waited[cell]] += stock[cell]
            if kept_of[cell] >= 0:
                crowd.where[waited[cell], kept_of[cell]] += stock[cell]
