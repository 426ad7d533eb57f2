"""What each of several interventions adds to a difference, when they are on together: Shapley's shares.

L. S. Shapley, A value for n-person games (1953): the mean of what one adds, over all orders in which they
could have been switched on. The shares add up to the whole difference, and who adds nothing gets nothing.
Of more than five, which would need a world for each of dozens of choices, there is what each does alone
(first in) and what it adds when all others are on (last in).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

from simulator.analysis.intervals import ABSENT, Estimate, estimate_difference
from simulator.definition.experiment import BASELINE, Experiment

MOST_PLAYERS = 5

Together = frozenset[str]
Values = Mapping[Together, Sequence[float | None]]
ByScenario = Mapping[str, Mapping[str, Sequence[float | None]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedOut:
    """What one intervention adds to one measure's difference from the baseline in a scenario of several.

    ``alone`` is its difference as the only one on, ``last`` what it adds when all others are on already;
    each is absent where the experiment lacks the world for it, ``share`` where it lacks any.
    """

    scenario: str
    measure: str
    intervention: str
    share: Estimate
    alone: Estimate
    last: Estimate


def share_out(
    experiment: Experiment, values: ByScenario, *, measures: Sequence[str], draws: int
) -> tuple[SharedOut, ...]:
    """Share out the differences of every scenario of which the experiment has all parts.

    A scenario with two to five interventions on is shared out where a scenario for every smaller choice of
    them is there, with the same settings; of another, interventions are told that are on alone, or off alone,
    in some scenario; ``values`` by scenario and measure, one a replication, of so many ``draws`` that ran.
    """
    found: list[SharedOut] = []
    for name, scenario in experiment.scenarios.items():
        whole = frozenset(scenario.on)
        if len(whole) < 2:
            continue
        worlds = parts_of(experiment, name) if len(whole) <= MOST_PLAYERS else None
        known = worlds or _worlds_like(experiment, name)
        shared = _shared if worlds else _first_and_last
        for measure in measures:
            if all(measure in values[one] for one in known.values()):
                by_choice = {choice: values[one][measure] for choice, one in known.items()}
                made = (
                    shared(name, measure, player=one, values=by_choice, draws=draws) for one in sorted(whole)
                )
                found += [one for one in made if one is not None]
    return tuple(found)


def parts_of(experiment: Experiment, scenario: str) -> Mapping[Together, str] | None:
    """Name the scenario of every choice of a scenario's interventions; ``None`` where one is missing."""
    on = experiment.scenarios[scenario].on
    known = _worlds_like(experiment, scenario)
    choices = [frozenset(some) for size in range(len(on) + 1) for some in combinations(on, size)]
    return {one: known[one] for one in choices} if all(one in known for one in choices) else None


def _worlds_like(experiment: Experiment, scenario: str) -> dict[Together, str]:
    """Name the scenarios with the same settings, contract and some of the interventions, by which are on."""
    said = experiment.scenarios[scenario]
    found: dict[Together, str] = {frozenset(): BASELINE} if not said.set else {}
    found[frozenset(said.on)] = scenario
    for name, one in experiment.scenarios.items():
        alike = one.set == said.set and one.contract == said.contract
        if alike and frozenset(one.on) <= frozenset(said.on):
            found.setdefault(frozenset(one.on), name)
    return found


def shapley(player: str, values: Mapping[Together, float | None]) -> float | None:
    """Give a player's share of one game; ``values`` of every choice of players, the empty one too."""
    players = max(values, key=len)
    total, count = 0.0, len(players)
    for choice in values:
        if player in choice:
            continue
        weight = factorial(len(choice)) * factorial(count - len(choice) - 1) / factorial(count)
        with_it, without = values[choice | {player}], values[choice]
        if with_it is None or without is None:
            return None
        total += weight * (with_it - without)
    return total


def _shared(scenario: str, measure: str, *, player: str, values: Values, draws: int) -> SharedOut:
    """Share out one measure to one intervention, replication by replication."""
    whole, nobody = max(values, key=len), frozenset[str]()
    count = len(values[whole])
    games = [{choice: seen[place] for choice, seen in values.items()} for place in range(count)]
    shares = [shapley(player, game) for game in games]
    return SharedOut(
        scenario=scenario,
        measure=measure,
        intervention=player,
        share=estimate_difference(shares, [0.0] * count, draws=draws),
        alone=estimate_difference(values[frozenset({player})], values[nobody], draws=draws),
        last=estimate_difference(values[whole], values[whole - {player}], draws=draws),
    )


def _first_and_last(
    scenario: str, measure: str, *, player: str, values: Values, draws: int
) -> SharedOut | None:
    """Say what an intervention does alone and what it adds last, as far as there are worlds for it."""
    whole, nobody, only = max(values, key=len), frozenset[str](), frozenset({player})
    without = whole - only
    alone = only in values and nobody in values
    if not alone and without not in values:
        return None
    return SharedOut(
        scenario=scenario,
        measure=measure,
        intervention=player,
        share=ABSENT,
        alone=estimate_difference(values[only], values[nobody], draws=draws) if alone else ABSENT,
        last=estimate_difference(values[whole], values[without], draws=draws)
        if without in values
        else ABSENT,
    )
