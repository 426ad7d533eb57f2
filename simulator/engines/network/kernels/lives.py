"""People and the lanes they are in: sums over wherever a person can be, a place after another.

A **spot** is a node at a home: ``lane`` whose stock is shared there, ``at`` its place in (nodes, H + 1)
flattened, ``into`` its place in (classes, S, H) flattened.
"""

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel


@kernel
def left_free(absent: Floats, factor: Floats, laws: Floats, rounds: int, found: Floats) -> None:
    """Give what is left of a need where so many are absent because of it (``traits.share_free``).

    ``absent`` and ``found`` (rows, places), ``laws`` (rows, K) of the people of each row.
    """
    for row in range(absent.shape[0]):
        for place in range(absent.shape[1]):
            wanted = min(max(absent[row, place], 0.0), 0.95)
            a = wanted / (1.0 - wanted)
            for _ in range(rounds):
                gap, slope = -wanted, 0.0
                for score in range(factor.shape[0]):
                    share = 1.0 / (1.0 + a * factor[score])
                    gap += laws[row, score] * (1.0 - share)
                    slope += laws[row, score] * factor[score] * share * share
                a = max(a - gap / slope, 0.0)
            left = 0.0
            for score in range(factor.shape[0]):
                left += laws[row, score] * factor[score] / (1.0 + a * factor[score])
            found[row, place] = left


@kernel
def gathers(
    stocks: Floats,
    weight: Floats,
    spots: tuple[Ints, Ints, Ints],
    origins: Floats,
    by_class: Floats,
    found: Floats,
) -> None:
    """Spread the stocks of lanes over origin, segment and home: ``found`` (origins, S × H), by way of
    ``by_class`` (classes × S × H)."""
    lane, at, into = spots
    people = found.shape[1]
    for place in range(by_class.shape[0]):
        by_class[place] = 0.0
    for spot in range(lane.shape[0]):
        by_class[into[spot]] += stocks[lane[spot]] * weight[at[spot]]
    for origin in range(found.shape[0]):
        for place in range(people):
            found[origin, place] = 0.0
        for klass in range(origins.shape[0]):
            share = origins[klass, origin]
            if share > 0.0:
                for place in range(people):
                    found[origin, place] += share * by_class[klass * people + place]


@kernel
def averages(
    rate: Floats,
    weight: Floats,
    spots: tuple[Ints, Ints, Ints],
    origins: Floats,
    by_class: Floats,
    found: Floats,
) -> None:
    """Average a rate by (origin, S × H) over each lane: ``found`` (lanes), by way of ``by_class``."""
    lane, at, into = spots
    people = rate.shape[1]
    for place in range(by_class.shape[0]):
        by_class[place] = 0.0
    for klass in range(origins.shape[0]):
        for origin in range(rate.shape[0]):
            share = origins[klass, origin]
            if share > 0.0:
                for place in range(people):
                    by_class[klass * people + place] += share * rate[origin, place]
    for place in range(found.shape[0]):
        found[place] = 0.0
    for spot in range(lane.shape[0]):
        found[lane[spot]] += by_class[into[spot]] * weight[at[spot]]


@kernel
def sums_by_lane(
    values: Floats, first: Ints, cells: tuple[Floats, Ints, Ints], scale: Floats, found: Floats
) -> None:
    """Add up the stages of each lane (``first`` lanes + 1), times ``scale``, and cells where they count.

    ``cells``: stock, and twice the lane to whose sum it goes, or -1.
    """
    stock, one, other = cells
    for lane in range(found.shape[0]):
        inside = 0.0
        for stage in range(first[lane], first[lane + 1]):
            inside += values[stage]
        found[lane] = inside * scale[lane]
    for cell in range(stock.shape[0]):
        if one[cell] >= 0:
            found[one[cell]] += stock[cell]
        if other[cell] >= 0:
            found[other[cell]] += stock[cell]


@kernel
def changes(
    flow: Floats,
    link_share: Floats,
    weight: Floats,
    way_share: Floats,
    ways: tuple[Ints, Ints, Ints, Ints, Ints, Ints],
    drawn: Floats,
    people: Floats,
    found: Floats,
) -> None:
    """Let people change segment or die as flows along links say.

    ``ways``: link, ``at`` in ``weight``, way, home, segment before and after (S for death). ``drawn``
    (places, traits + 1) the share of them who came through each trait; ``found`` (traits + 1, S, S + 1).
    """
    link, at, way, home, before, after = ways
    for place in range(link.shape[0]):
        below = link_share[link[place]]
        if below <= 0.0 or flow[link[place]] == 0.0:
            continue
        amount = flow[link[place]] * (weight[at[place]] * way_share[way[place]] / below)
        people[before[place], home[place]] -= amount
        if after[place] < people.shape[0]:
            people[after[place], home[place]] += amount
        for trait in range(found.shape[0]):
            found[trait, before[place], after[place]] += amount * drawn[place, trait]


@kernel
def follows(
    laws: Floats,
    factor: Floats,
    weight: Floats,
    people: Floats,
    drawn: Floats,
    others: Floats,
    joiners: Floats,
    tilted: Floats,
    heads: Floats,
) -> None:
    """Let the laws of a trait (S, K) follow who went where (``traits.Survivors.follow``)."""
    segments, scores = laws.shape
    for one in range(segments):
        mean, gone, went = 0.0, 0.0, 0.0
        for score in range(scores):
            mean += laws[one, score] * factor[score]
        for place in range(segments + 1):
            gone += drawn[one, place]
            went += others[one, place]
        for score in range(scores):
            tilted[one, score] = laws[one, score] * factor[score] / mean
            staying = (people[one] - went) * laws[one, score] - gone * tilted[one, score]
            heads[one, score] = staying + joiners[one] * weight[score]
    for one in range(segments):
        for to in range(segments):
            if drawn[one, to] == 0.0 and others[one, to] == 0.0:
                continue
            for score in range(scores):
                heads[to, score] += drawn[one, to] * tilted[one, score] + others[one, to] * laws[one, score]
    for one in range(segments):
        total = 0.0
        for score in range(scores):
            heads[one, score] = max(heads[one, score], 0.0)
            total += heads[one, score]
        if total > 1e-9:
            for score in range(scores):
                laws[one, score] = heads[one, score] / total
