"""People go on: into another segment, or out of life, from care, by a consequence, or at home.

What is done to the people of a segment is done to the laws of their traits (``traits.Survivors``).
"""

from typing import NamedTuple

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.records import ACTIVE_AREA, KEPT_AREA, STARTS


class Living(NamedTuple):
    """The people: ``people`` (S, H); by trait ``laws`` (T, S, K), ``factor`` and ``weight`` (T, K). To work
    in: ``before`` and ``joined`` (S), ``gone`` (S, H), ``drawn`` (T + 1, S, S + 1), ``others`` (S, S + 1),
    ``tilted`` and ``heads`` (S, K). ``passed`` (2): those who came and went so far."""

    people: Floats
    laws: Floats
    factor: Floats
    weight: Floats
    before: Floats
    joined: Floats
    gone: Floats
    drawn: Floats
    others: Floats
    tilted: Floats
    heads: Floats
    passed: Floats


@kernel
def begins(living: Living) -> None:
    """Count the people of each segment before some of them go on, and nobody's moves."""
    for segment in range(living.people.shape[0]):
        living.before[segment] = in_all(living.people[segment])
        living.joined[segment] = 0.0
    living.drawn[:] = 0.0
    living.others[:] = 0.0


@kernel
def parts(
    mix: tuple[Floats, Floats, Floats],
    ways: tuple[Ints, Ints, Ints, Ints, Ints],
    drawn: Floats,
    found: tuple[Floats, Floats],
) -> None:
    """Give the part of the flow along a link that each kind of change is: by the trait behind the case or
    none (kinds, T + 1), and by home (kinds, H).

    ``mix``: shares of nodes at homes, of ways (ways, H + 1), of links. ``ways``: link, place in (nodes, H +
    1), way, home, kind; ``drawn`` (ways, T + 1) the share of those on each who came through each trait.
    """
    share, way_share, link_share = mix
    link, at, way, home, kind = ways
    by_trait, by_home = found
    by_trait[:], by_home[:] = 0.0, 0.0
    for place in range(link.shape[0]):
        below = link_share[link[place]]
        if below > 0.0:
            part = share[at[place]] * way_share[way[place], home[place]] / below
            by_home[kind[place], home[place]] += part
            for trait in range(by_trait.shape[1]):
                by_trait[kind[place], trait] += part * drawn[place, trait]


@kernel
def becomes(
    living: Living,
    flow: Floats,
    kinds: tuple[Ints, Ints, Ints],
    part: tuple[Floats, Floats],
    found: Floats,
) -> None:
    """Let people change segment or die as flows along links say: ``found`` (S, S + 1).

    ``kinds`` of change: link, segment before and after (S for death); ``part`` of the link's flow by trait or
    none, and by home (``parts``).
    """
    link, before, after = kinds
    by_trait, by_home = part
    people, total, by = living.people, found, living.drawn
    begins(living)
    for kind in range(link.shape[0]):
        one, other, going = before[kind], after[kind], flow[link[kind]]
        if going == 0.0:
            continue
        for trait in range(by.shape[0]):
            by[trait, one, other] += going * by_trait[kind, trait]
        for home in range(people.shape[1]):
            people[one, home] -= going * by_home[kind, home]
        if other < people.shape[0]:
            for home in range(people.shape[1]):
                people[other, home] += going * by_home[kind, home]
    for segment in range(total.shape[0]):
        for to in range(total.shape[1]):
            total[segment, to] = 0.0
            for trait in range(by.shape[0]):
                total[segment, to] += by[trait, segment, to]
        living.passed[1] += total[segment, total.shape[0]]
    for trait in range(living.laws.shape[0]):
        for segment in range(total.shape[0]):
            for to in range(total.shape[1]):
                living.others[segment, to] = total[segment, to] - by[trait, segment, to]
        follows(living, trait, by[trait])


@kernel
def befalls(
    living: Living,
    lanes: Floats,
    death: Floats,
    rows: tuple[Ints, Ints, Ints, Ints],
    part: Floats,
    found: Floats,
) -> None:
    """Let people be befallen as a block's sums of lanes say: ``found`` (rows, S × H).

    ``rows``: where each begins among all spots, the lane of a spot and its place in (S, H) flattened, the
    segment that those of a row go to or -1. ``part`` (spots, 3): of those through a lane alive, of the time
    for which places were kept, and of all time.
    """
    first, lane, into, target = rows
    for row in range(found.shape[0]):
        found[row] = 0.0
        for spot in range(first[row], first[row + 1]):
            here = lanes[lane[spot]]
            through = max(here[STARTS] - death[lane[spot]] * here[ACTIVE_AREA], 0.0)
            kept = here[KEPT_AREA]
            found[row, into[spot]] += (
                through * part[spot, 0] + kept * part[spot, 1] + (here[ACTIVE_AREA] + kept) * part[spot, 2]
            )
        if target[row] >= 0:
            moves(living, found[row], target[row])


@kernel
def moves(living: Living, amounts: Floats, target: int) -> None:
    """Move people (S × H) to a segment."""
    people = living.people
    begins(living)
    homes = people.shape[1]
    living.gone[:] = 0.0
    for segment in range(people.shape[0]):
        for home in range(homes):
            amount = min(amounts[segment * homes + home], people[segment, home])
            people[segment, home] -= amount
            living.gone[target, home] += amount
            living.others[segment, target] += amount
    for home in range(homes):
        people[target, home] += living.gone[target, home]
    follow_all(living)


@kernel
def lives(
    living: Living,
    bedded: Floats,
    hazard: Floats,
    joining: tuple[Floats, Floats],
    years: float,
    found: Floats,
) -> None:
    """Let people at home change segment, die and join: ``found`` (S, S + 1).

    ``bedded`` (origins, S, H) stay. ``joining``: joiners a year (S), and the share of each home (H).
    """
    people, gone = living.people, living.gone
    segments = people.shape[0]
    joiners, share = joining
    begins(living)
    for segment in range(segments):
        leaving = in_all(hazard[segment])
        part = -np.expm1(-leaving * years)
        total = 0.0
        for home in range(people.shape[1]):
            inside = 0.0
            for origin in range(bedded.shape[0]):
                inside += bedded[origin, segment, home]
            gone[segment, home] = max(people[segment, home] - inside, 0.0) * part
            total += gone[segment, home]
        for to in range(segments + 1):
            found[segment, to] = total * (hazard[segment, to] / leaving) if leaving > 0.0 else 0.0
            living.others[segment, to] = found[segment, to]
    for segment in range(segments):
        leaving = in_all(hazard[segment])
        for home in range(people.shape[1]):
            people[segment, home] -= gone[segment, home]
            coming = joiners[segment] * years * share[home]
            people[segment, home] += coming
            living.joined[segment] += coming
            for to in range(segments):
                if hazard[segment, to] > 0.0:
                    people[to, home] += gone[segment, home] * (hazard[segment, to] / leaving)
        living.passed[0] += living.joined[segment]
        living.passed[1] += found[segment, segments]
    follow_all(living)


@kernel
def in_all(values: Floats) -> float:
    """Add some numbers up."""
    total = 0.0
    for place in range(values.shape[0]):
        total += values[place]
    return total


@kernel
def follow_all(living: Living) -> None:
    """Let the laws of all traits follow ``others``."""
    for trait in range(living.laws.shape[0]):
        follows(living, trait, living.drawn[living.laws.shape[0]])


@kernel
def follows(living: Living, trait: int, drawn: Floats) -> None:
    """Let the laws of a trait follow who went where: those ``drawn`` into care by it (S, S + 1), others."""
    laws, factor, weight = living.laws[trait], living.factor[trait], living.weight[trait]
    others, tilted, heads = living.others, living.tilted, living.heads
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
            staying = (living.before[one] - went) * laws[one, score] - gone * tilted[one, score]
            heads[one, score] = staying + living.joined[one] * weight[score]
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
