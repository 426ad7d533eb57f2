"""Referrals: candidates by absolute rate, so that a change of rate adds or takes away and moves none."""

from dataclasses import replace
from fractions import Fraction

import pytest
from telling import compiled, span, tell

from simulator.engines import log
from simulator.engines.demand import Demand
from simulator.errors import CompileError

CALLS = """
[profiles.day]
hour = [0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 4, 3, 2, 2, 1, 1]
[referrals.call]
rate = "10 per hour"
profile = "day"
batch = { geom = { p = 0.7 } }
starts_at = "talk"
[activities.talk]
duration = "10 min"
"""
MORE = CALLS.replace("10 per hour", "15 per hour")
FEWER = CALLS.replace("10 per hour", "4 per hour")


def switch(effect: str, *, rules: str = "") -> str:
    """Write an intervention with one effect for everyone."""
    return f"[interventions.a]\n{rules}[[interventions.a.effects]]\n{effect}\n"


def arrivals(text: str, *, on: tuple[str, ...] = (), share: Fraction = Fraction(1)) -> list[tuple[int, int]]:
    """Give second and case id of every arrival, in order."""
    told = tell(text, on=on, window=replace(span("2 days"), population_share=share))
    found = told.run.log
    assert found is not None
    opened = found.what == log.OPENED
    return list(zip(found.second[opened].tolist(), found.case[opened].tolist(), strict=True))


def test_a_higher_rate_adds_arrivals_and_moves_none() -> None:
    few, some, many = (arrivals(text) for text in (FEWER, CALLS, MORE))

    assert 100 < len(few) < len(some) < len(many)
    assert set(few) < set(some) < set(many)


@pytest.mark.parametrize(
    "effect",
    ['times = "referrals.call.rate"\nvalue = 1.5', 'plus = "referrals.call.rate"\nvalue = "5 per hour"'],
    ids=["times", "plus"],
)
def test_a_rate_that_is_set_and_one_that_an_effect_brings_about_are_the_same_arrivals(effect: str) -> None:
    assert arrivals(CALLS + switch(effect), on=("a",)) == arrivals(MORE)


def test_a_share_of_the_population_takes_arrivals_away_and_moves_none() -> None:
    assert arrivals(CALLS, share=Fraction(2, 5)) == arrivals(FEWER)


def test_an_effect_that_begins_later_changes_nothing_before() -> None:
    effect = switch('times = "referrals.call.rate"\nvalue = 1.5', rules='starts = "1 day"\n')
    before, after = arrivals(CALLS), arrivals(CALLS + effect, on=("a",))

    assert [one for one in after if one[0] < 86_400] == [one for one in before if one[0] < 86_400]
    assert [one for one in after if one[0] >= 86_400] == [one for one in arrivals(MORE) if one[0] >= 86_400]


def test_what_is_added_to_a_rate_of_nought_comes() -> None:
    none = CALLS.replace("10 per hour", "0 per hour")
    effect = switch('plus = "referrals.call.rate"\nvalue = "4 per hour"')

    assert arrivals(none) == []
    assert arrivals(none + effect, on=("a",)) == arrivals(FEWER)


def test_scenarios_that_set_a_rate_can_read_one_demand() -> None:
    programs = [compiled(text, window=span("2 days")) for text in (CALLS, MORE)]
    shared = Demand.for_programs(programs, seed=20250401, replication=0).referrals()
    alone = Demand(programs[1], seed=20250401, replication=0).referrals()

    assert shared.second.tolist() == alone.second.tolist()
    assert shared.threshold.tolist() == alone.threshold.tolist()


def test_arrivals_one_after_another_cannot_be_changed_by_an_effect() -> None:
    renewed = CALLS.replace('rate = "10 per hour"\nprofile = "day"', 'between = "6 min"')
    effect = switch('times = "referrals.call.rate"\nvalue = 1.5')

    with pytest.raises(CompileError, match="only a referral that comes at a rate can be changed"):
        compiled(renewed + effect, on=["a"])
