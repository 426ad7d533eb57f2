"""What became of each need, and of those enrolled, estimated over replications."""

from collections.abc import Iterable, Sequence

from simulator.analysis.comparison import Attribution, EnrolledEffect
from simulator.analysis.intervals import Estimate, estimate, estimate_level, paired
from simulator.compiler.program import Names, Program
from simulator.experiment.enrolled import NOT_RECORDED
from simulator.experiment.pairing import Floats, Ints, Pairing
from simulator.experiment.window import periods
from simulator.units import SECONDS_A_YEAR


def attributions(pairings: Sequence[Pairing], program: Program, *, draws: int = 0) -> tuple[Attribution, ...]:
    """Estimate, for every need, how its number changed and through what, a year."""
    years = periods(program.calendar).window_seconds / SECONDS_A_YEAR
    return tuple(
        _attribution(pairings, program.names, need=need, years=years, draws=draws)
        for need in range(len(program.names.needs))
    )


def _attribution(
    pairings: Sequence[Pairing], names: Names, *, need: int, years: float, draws: int
) -> Attribution:
    """Estimate one need's sum."""

    def yearly(counts: Iterable[Ints | Floats]) -> Estimate:
        return estimate_level([float(count[need]) / years for count in counts], draws=draws)

    return Attribution(
        need=names.needs[need],
        baseline=yearly(one.baseline for one in pairings),
        scenario=yearly(one.scenario_needs for one in pairings),
        averted={
            intervention: yearly(one.averted[:, place] for one in pairings)
            for place, intervention in enumerate(names.interventions)
        },
        induced=yearly(one.induced for one in pairings),
        knock_on_fewer=yearly(one.knock_on_fewer for one in pairings),
        knock_on_more=yearly(one.knock_on_more for one in pairings),
        displaced=estimate([float(one.displaced[need]) / years for one in pairings], draws=draws),
    )


def enrolled_effects(
    pairings: Sequence[Pairing], program: Program, *, draws: int = 0
) -> tuple[EnrolledEffect, ...]:
    """Estimate the needs a person-year of those enrolled, by intervention and recorded need.

    The four quarters are 52 weeks; replications in which nobody was followed are left out.
    """
    return tuple(
        _effect(pairings, intervention=(place, intervention), need=(index, need), draws=draws)
        for place, intervention in enumerate(program.names.interventions)
        for index, need in enumerate(program.names.needs)
        if any(one.use_before[place, index] != NOT_RECORDED for one in pairings)
        and any(one.people[place] > 0 for one in pairings)
    )


def _effect(
    pairings: Sequence[Pairing], *, intervention: tuple[int, str], need: tuple[int, str], draws: int
) -> EnrolledEffect:
    """Estimate one need of those whom one intervention enrolled; both come as (index, name)."""
    place, index = intervention[0], need[0]
    people = [float(one.people[place]) for one in pairings]
    before, after, without = (
        [
            float(use[place, index]) / number if number else None
            for use, number in zip(uses, people, strict=True)
        ]
        for uses in (
            [one.use_before for one in pairings],
            [one.use_after for one in pairings],
            [one.use_after_without for one in pairings],
        )
    )
    return EnrolledEffect(
        intervention=intervention[1],
        need=need[1],
        people=estimate_level(people, draws=draws),
        before=estimate_level(before, draws=draws),
        after=estimate_level(after, draws=draws),
        after_without=estimate_level(without, draws=draws),
        naive=estimate(paired(after, before), draws=draws),
        true=estimate(paired(after, without), draws=draws),
    )
