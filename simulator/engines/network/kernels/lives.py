"""People and the lanes they are in: sums over wherever a person can be, a place after another.

A **spot** is a node at a home: ``lane`` whose stock is shared there, ``at`` its place in (nodes, H + 1)
flattened, ``into`` its place in (classes, S, H) flattened.
"""

from simulator.compiler.program import Flags, Floats, Ints
from simulator.engines.candidates import SECONDS_A_YEAR
from simulator.engines.compiled import kernel

# The laws of every trait (T, S, K), its factors (T, K), and rounds of Newton's rule.
Traits = tuple[Floats, Floats, int]
Three = tuple[Floats, Floats, Floats]


@kernel
def left_free(
    absent: Floats,
    factor: Floats,
    laws: Floats,
    rounds: int,
    work: Three,
    found: Floats,
) -> None:
    """Give what is left of a need where a share of people is absent because of it.

    Who comes often is absent often: with factor x absent in a share a·x ÷ (1 + a·x) of the time, a such that
    the mean is ``absent``; what is left is E x ÷ (1 + a·x). ``absent`` and ``found`` (rows, places), ``laws``
    (rows, K) of the people of each row; ``work`` thrice (places).
    """
    gap, slope, odds = work
    places = absent.shape[1]
    for row in range(absent.shape[0]):
        for place in range(places):
            wanted = min(max(absent[row, place], 0.0), 0.95)
            odds[place] = wanted / (1.0 - wanted)
        for _ in range(rounds):
            for place in range(places):
                gap[place], slope[place] = -min(max(absent[row, place], 0.0), 0.95), 0.0
            for score in range(factor.shape[0]):
                law, by = laws[row, score], factor[score]
                for place in range(places):
                    share = 1.0 / (1.0 + odds[place] * by)
                    gap[place] += law * (1.0 - share)
                    slope[place] += law * by * share * share
            is_there = True
            for place in range(places):
                change = gap[place] / slope[place]
                odds[place] = max(odds[place] - change, 0.0)
                # The next round would change it by the square of that.
                is_there = is_there and abs(change) <= 1e-12 * odds[place]
            if is_there:
                break
        for place in range(places):
            found[row, place] = 0.0
        for score in range(factor.shape[0]):
            law, by = laws[row, score] * factor[score], factor[score]
            for place in range(places):
                found[row, place] += law / (1.0 + odds[place] * by)


@kernel
def has_left(
    people: Floats,
    there: tuple[Floats, Floats],
    needs: tuple[Ints, Flags],
    traits: Traits,
    work: tuple[Floats, Floats, Three],
    found: Floats,
) -> None:
    """Give what is left of each need (N, S, H) beside people in beds, and beside needs one at a time.

    ``there``: who is in a bed, who has a case (origins, S, H). ``needs``: the trait of each origin (T none),
    whether each need is one at a time. ``work``: the shares in beds by trait, of all, and of those busy with
    one need (T + 2, S, H), what is left by trait (T + 1, S, H), and thrice (H).
    """
    bedded, cases = there
    trait_of, is_alone = needs
    absent, usual, by_home = work
    everyone = usual.shape[0] - 1
    absent[:] = 0.0
    for origin in range(bedded.shape[0]):
        trait = trait_of[origin]
        for segment in range(people.shape[0]):
            for home in range(people.shape[1]):
                share = bedded[origin, segment, home] / max(people[segment, home], 1e-9)
                absent[everyone, segment, home] += share
                if trait != everyone:
                    absent[trait, segment, home] += share
    for trait in range(usual.shape[0]):
        left_beside(trait, (absent[trait], absent), traits, by_home, usual[trait])
    own = absent[everyone + 1]
    for need in range(found.shape[0]):
        trait = trait_of[need]
        for segment in range(people.shape[0]):
            for home in range(people.shape[1]):
                found[need, segment, home] = usual[trait, segment, home]
                busy = max(cases[need, segment, home] - bedded[need, segment, home], 0.0)
                own[segment, home] = absent[trait, segment, home] + busy / max(people[segment, home], 1e-9)
        if is_alone[need]:
            left_beside(trait, (own, absent), traits, by_home, found[need])


@kernel
def left_beside(
    trait: int, shares: tuple[Floats, Floats], traits: Traits, work: Three, found: Floats
) -> None:
    """Give what is left of a need with a trait (S, H): ``shares`` absent by it, and by trait and in all."""
    own, absent = shares
    laws, factor, rounds = traits
    everyone = laws.shape[0]
    if trait == everyone:
        for segment in range(own.shape[0]):
            for home in range(own.shape[1]):
                found[segment, home] = 1.0 - min(max(own[segment, home], 0.0), 0.95)
        return
    left_free(own, factor[trait], laws[trait], rounds, work, found)
    for segment in range(own.shape[0]):
        for home in range(own.shape[1]):
            others = absent[everyone, segment, home] - absent[trait, segment, home]
            found[segment, home] *= min(max(1.0 - others, 0.0), 1.0)


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
def admits(
    needs: Floats,
    residence: Floats,
    folk: tuple[Floats, Floats, Floats],
    traits: tuple[Ints, Floats],
    found: Floats,
) -> None:
    """Give rates a second of people with a case of an origin (3, origins, S, H): of dying outside beds, of
    dying there or in care, of being admitted.

    ``needs`` a year (N, S, H), of which a part ``residence`` (N, S) brings people into beds. ``folk``: people
    (S, H), hazards outside beds and in care (S). ``traits``: of each origin (T none), and the excess of needs
    of somebody met through each (T, S).
    """
    people, hazard, dies_in_care = folk
    trait_of, excess = traits
    none = excess.shape[0]
    for segment in range(people.shape[0]):
        for home in range(people.shape[1]):
            there, usual = max(people[segment, home], 1e-9), 0.0
            for origin in range(found.shape[1]):
                found[2, origin, segment, home] = 0.0
            for need in range(needs.shape[0]):
                flow = needs[need, segment, home] * residence[need, segment] / there / SECONDS_A_YEAR
                usual += flow
                for origin in range(found.shape[1]):
                    if trait_of[origin] == trait_of[need] and trait_of[need] != none:
                        more = (excess[trait_of[need], segment] - 1.0) * flow
                        found[2, origin, segment, home] += more
            for origin in range(found.shape[1]):
                found[2, origin, segment, home] += usual
    for segment in range(people.shape[0]):
        there, flow = 0.0, 0.0
        for home in range(people.shape[1]):
            there += people[segment, home]
            flow += found[2, found.shape[1] - 1, segment, home] * people[segment, home]
        usual = flow / max(there, 1e-9)
        chance = dies_in_care[segment] / usual if usual > 0.0 else 0.0
        for origin in range(found.shape[1]):
            for home in range(people.shape[1]):
                found[0, origin, segment, home] = hazard[segment]
                found[1, origin, segment, home] = hazard[segment] + found[2, origin, segment, home] * chance


@kernel
def averages(
    rates: Floats,
    weight: Floats,
    spots: tuple[Ints, Ints, Ints],
    origins: Floats,
    by_class: Floats,
    found: Floats,
) -> None:
    """Average rates by (origin, S × H) over each lane: ``found`` (rates, lanes), by way of ``by_class``."""
    lane, at, into = spots
    people = rates.shape[2]
    by_class[:] = 0.0
    found[:] = 0.0
    for rate in range(rates.shape[0]):
        for klass in range(origins.shape[0]):
            for origin in range(rates.shape[1]):
                share = origins[klass, origin]
                if share > 0.0:
                    for place in range(people):
                        by_class[rate, klass * people + place] += share * rates[rate, origin, place]
    for rate in range(found.shape[0]):
        last, total = 0, 0.0
        for spot in range(lane.shape[0]):
            if lane[spot] != last:
                found[rate, last] += total
                last, total = lane[spot], 0.0
            total += by_class[rate, into[spot]] * weight[at[spot]]
        if total != 0.0:
            found[rate, last] += total


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
def spreads(
    stages: tuple[Floats, Ints, Floats],
    cells: tuple[Floats, Ints, Ints],
    weight: Floats,
    spots: tuple[Ints, Ints, Ints],
    origins: Floats,
    work: tuple[Floats, Floats],
    found: Floats,
) -> None:
    """Spread those who are in lanes (``sums_by_lane``: ``stages`` are values, first, scale) over origin,
    segment and home (``gathers``); ``work`` (lanes), (classes × S × H)."""
    values, first, scale = stages
    by_lane, by_class = work
    sums_by_lane(values, first, cells, scale, by_lane)
    gathers(by_lane, weight, spots, origins, by_class, found)
