"""Demand: who comes to need what and when; the same whatever else is in the experiment.

Statistical tests fail by chance once in a million (|z| > 4.9), and always or never with these seeds.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from small_program import DAY, FLAT_SCORES, NeedSpec, ReferralSpec, Small, build

from simulator.compiler.law_tables import Steps, ordered_table, step_table
from simulator.definition.calendars import Profile
from simulator.engines.demand import Demand
from simulator.engines.demand_sharing import shares_demand
from simulator.engines.draws import need_case
from simulator.engines.year_candidates import YearCandidates
from simulator.errors import RunFailed

YEAR = 365.25
MOST_Z = 4.9
SCORES = np.linspace(-8, 8, 1025)
SKEWED = np.exp(SCORES - 0.5)
SMALL = Small(
    people={"frail": 300, "well": 2000},
    needs={
        "fall": NeedSpec(rate={"frail": 1.7, "well": 0.2}, trait="crisis", profile="day"),
        "illness": NeedSpec(rate={"frail": 5.0, "well": 0.9}, trait="crisis"),
    },
    traits={"crisis": (SKEWED, 0.7)},
    profiles={"day": Profile(hour=tuple(Fraction(hour) for hour in range(24)))},
    hazards={("frail", "dead"): 0.2, ("well", "frail"): 0.05, ("well", "dead"): 0.01},
    joiners={"well": 40.0},
    homes=(0.2, 0.3, 0.5),
    warm_up_days=100,
    days=500,
)

Row = tuple[int, ...]


def demand(small: Small, *, seed: int = 7, replication: int = 0) -> Demand:
    """Give the demand of a small program."""
    return Demand(build(small), seed=seed, replication=replication)


def rows_of(found: Demand) -> dict[int, Row]:
    """Give every candidate of every year by case id: second, person's address, threshold, layer, k."""
    rows: dict[int, Row] = {}
    for place in range(found.years):
        year = found.year(place)
        columns = year.second, found.address[year.person], year.threshold, year.layer, year.k
        rows |= dict(
            zip(year.case.tolist(), zip(*(one.tolist() for one in columns), strict=True), strict=True)
        )
    return rows


def year_rows(found: Demand, place: int) -> list[Row]:
    """Give second and person of every candidate of a year."""
    year = found.year(place)
    return list(zip(year.second.tolist(), year.person.tolist(), strict=True))


def happening(found: Demand, small: Small) -> dict[tuple[str, str], int]:
    """Count the needs that would happen at the rates written, by need and first segment."""
    program, segments, needs = build(small), sorted(small.people), sorted(small.needs)
    counts = dict.fromkeys(((need, segment) for need in needs for segment in segments), 0)
    for place in range(found.years):
        year = found.year(place)
        segment = found.segment[year.person]
        happens = year.threshold < program.needs.rate[year.need, segment]
        for column, need in enumerate(needs):
            for index, name in enumerate(segments):
                of_both = (year.need == column) & (segment == index)
                counts[need, name] += int(np.count_nonzero(happens & of_both))
    return counts


def z_of(count: float, expected: float) -> float:
    """Measure how far a Poisson count is from its mean."""
    return (count - expected) / expected**0.5


def test_candidates_come_in_the_written_order() -> None:
    found = demand(SMALL)

    for place in range(found.years):
        year = found.year(place)
        columns = year.second, year.need, year.person, year.layer, year.k
        keys = list(zip(*(one.tolist() for one in columns), strict=True))
        assert len(keys) > 100
        assert all(one < other for one, other in pairwise(keys))


def test_ties_of_one_second_go_by_need_person_layer_and_k() -> None:
    minute = Profile(steps=((0, Fraction(1)), (60, Fraction(0))))
    small = Small(
        people={"well": 40},
        needs={name: NeedSpec(rate={"well": 900.0}, profile="minute") for name in "ab"},
        profiles={"minute": minute},
        days=20,
    )
    year = demand(small).year(0)
    columns = year.second, year.need, year.person, year.layer, year.k
    keys = list(zip(*(one.tolist() for one in columns), strict=True))

    assert sum(one[:3] == other[:3] for one, other in pairwise(keys)) > 20
    assert keys == sorted(keys)


def test_a_candidate_lies_in_its_year_and_in_the_run() -> None:
    found, program = demand(SMALL), build(SMALL)
    starts, end = program.calendar.year_start_second.tolist(), program.calendar.end_second

    for place in range(found.years):
        seconds = found.year(place).second
        assert max(starts[place], 0) <= seconds[0]
        assert seconds[-1] < min(starts[place + 1], end)
    assert len(found.year(len(starts) - 2)) == 0 or found.years == len(starts) - 1


def test_a_case_has_the_id_of_its_address() -> None:
    found, program = demand(SMALL), build(SMALL)
    year = found.year(1)

    for row in range(0, len(year), 997):
        person, need = int(found.address[year.person[row]]), int(program.needs.hash[year.need[row]])
        expected = need_case(
            person, need, program.calendar.first_year + 1, int(year.layer[row]), int(year.k[row])
        )
        assert year.case[row] == expected
    assert len(set(year.case.tolist())) == len(year)


def test_a_threshold_lies_in_its_layer() -> None:
    year = demand(SMALL).year(1)
    low = np.where(year.layer == 0, 0.0, 2.0 ** (year.layer - 2))
    width = np.where(year.layer == 0, 0.5, 2.0 ** (year.layer - 2))

    assert np.all((low < year.threshold) & (year.threshold < low + width))
    assert set(year.layer.tolist()) == {0, 1, 2, 3, 4}


def test_the_same_replication_is_the_same_and_another_is_another() -> None:
    one, again, other = demand(SMALL), demand(SMALL), demand(SMALL, replication=1)

    assert one.year(0).rows.tobytes() == again.year(0).rows.tobytes()
    assert one.life(1).rows.tobytes() == again.life(1).rows.tobytes()
    assert not set(rows_of(one).values()) & set(rows_of(other).values())


@pytest.mark.parametrize(
    "change",
    [
        {"people": {"frail": 301, "well": 2000}},
        {"people": {"frail": 300, "well": 2000, "aged": 500}},
        {"needs": SMALL.needs | {"accident": NeedSpec(rate={"well": 0.3})}},
        {"needs": SMALL.needs | {"illness": replace(SMALL.needs["illness"], layers=7)}},
        {"joiners": {"well": 90.0}},
        {"hazards": SMALL.hazards | {("frail", "well"): 3.0}},
        {"days": 900},
        {"homes": (0.5, 0.5)},
        {"traits": SMALL.traits | {"aches": (FLAT_SCORES, 1.0)}},
    ],
    ids=["person", "segment", "need", "layer", "joiners", "hazard", "horizon", "homes", "trait"],
)
def test_one_more_moves_nobody(change: dict) -> None:
    before, after = rows_of(demand(SMALL)), rows_of(demand(replace(SMALL, **change)))

    assert len(before) > 5000
    assert before.items() <= after.items()


def test_a_longer_horizon_begins_the_same() -> None:
    short, long = demand(SMALL), demand(replace(SMALL, days=1200))
    seconds = short.year(1).second
    columns = ("second", "need", "person", "threshold", "case")

    for name in ("second", "need", "threshold", "case"):
        head = getattr(long.year(1), name)[: len(seconds)]
        assert np.array_equal(getattr(short.year(1), name), head), columns


def test_programs_that_share_a_demand_find_in_it_what_they_would_alone() -> None:
    raised = {"illness": replace(SMALL.needs["illness"], layers=6), "fall": SMALL.needs["fall"]}
    programs = [build(SMALL), build(replace(SMALL, needs=raised))]
    shared = Demand.for_programs(programs, seed=7, replication=0)

    alone = rows_of(demand(SMALL))

    assert alone.items() < rows_of(shared).items()
    assert rows_of(shared) == rows_of(demand(replace(SMALL, needs=raised)))


def test_programs_with_other_people_cannot_share_a_demand() -> None:
    other = build(replace(SMALL, people={"frail": 300, "well": 2001}))

    assert not shares_demand(build(SMALL), other)
    with pytest.raises(ValueError, match="cannot share one demand"):
        Demand.for_programs([build(SMALL), other], seed=1, replication=0)


def test_a_year_is_drawn_apart_from_the_year_before() -> None:
    needs = {name: replace(need, trait=None) for name, need in SMALL.needs.items()}
    found = demand(replace(SMALL, needs=needs, starts=date(2025, 1, 1), warm_up_days=0, days=730))
    one, other = (
        {(row[1], row[0] - place * 365 * DAY) for row in year_rows(found, place)} for place in (0, 1)
    )

    assert len(one & other) < 0.001 * len(one)


def test_needs_happen_at_the_rates_written() -> None:
    flat = {name: replace(need, trait=None) for name, need in SMALL.needs.items()}
    small = replace(SMALL, needs=flat, joiners={}, people={"frail": 2000, "well": 10_000})

    counts = happening(demand(small), small)

    for (need, segment), count in counts.items():
        expected = flat[need].rate[segment] * small.people[segment] * 600 / YEAR
        assert abs(z_of(count, expected)) < MOST_Z, (need, segment)


def test_a_trait_changes_who_and_not_how_many() -> None:
    small = replace(SMALL, joiners={}, people={"frail": 4000, "well": 12_000})
    found = demand(small)

    counts = happening(found, small)

    spread = 1.0 + (np.e - 1.0) * 5.0 * 600 / YEAR  # variance over mean, at most, of the frailest need
    for (need, segment), count in counts.items():
        expected = small.needs[need].rate[segment] * small.people[segment] * 600 / YEAR
        assert abs(z_of(count, expected)) < MOST_Z * spread**0.5, (need, segment)


def test_without_a_trait_each_person_is_poisson() -> None:
    small = Small(people={"well": 20_000}, needs={"illness": NeedSpec(rate={"well": 2.0})}, days=365)
    found = demand(small)
    counts = np.zeros(20_000)
    for place in range(found.years):
        year = found.year(place)
        np.add.at(counts, year.person[year.threshold < 2.0], 1)

    dispersion = counts.var(ddof=1) / counts.mean()

    assert abs(dispersion - 1.0) < MOST_Z * (2.0 / 19_999) ** 0.5


def test_with_a_trait_people_differ_as_the_law_says() -> None:
    small = Small(
        people={"well": 40_000},
        needs={"illness": NeedSpec(rate={"well": 3.0}, trait="crisis")},
        traits={"crisis": (0.5 + 1.0 * (SCORES > 0), 1.0)},
        starts=date(2025, 1, 1),
        days=365,
    )
    year = demand(small).year(0)
    counts = np.bincount(year.person[year.threshold < 3.0], minlength=40_000)
    mean = 3.0 * 365 / YEAR

    assert counts.mean() == pytest.approx(mean, rel=0.02)
    assert counts.var() == pytest.approx(mean + 0.25 * mean**2, rel=0.05)


def test_a_factor_persists_from_year_to_year_as_written() -> None:
    small = replace(SMALL, people={"well": 30_000}, joiners={}, hazards={}, days=1000)
    found = demand(small)

    scores = [np.log(found.trait_factor(0, place)) + 0.5 for place in range(3)]

    for score in scores:
        assert abs(score.mean()) * 30_000**0.5 < MOST_Z
        assert abs(score.var() - 1.0) < MOST_Z * (2.0 / 30_000) ** 0.5
    for lag, expected in ((1, 0.7), (2, 0.49)):
        correlation = np.corrcoef(scores[0], scores[lag])[0, 1]
        assert abs(np.arctanh(correlation) - np.arctanh(expected)) * 29_997**0.5 < MOST_Z


def test_a_factor_for_life_does_not_change() -> None:
    found = demand(replace(SMALL, traits={"crisis": (SKEWED, 1.0)}))

    assert np.array_equal(found.trait_factor(0, 0), found.trait_factor(0, 1))
    assert np.array_equal(found.trait_factor(0, 0), found.trait_factor(0, 0))


def test_the_hours_of_a_profile_are_kept() -> None:
    small = replace(
        SMALL, needs={"fall": replace(SMALL.needs["fall"], trait=None)}, people={"frail": 20_000}, hazards={}
    )
    year: YearCandidates = demand(small).year(1)
    counts = np.bincount(year.second % DAY // 3600, minlength=24)
    expected = counts.sum() * np.arange(24) / np.arange(24).sum()

    assert counts[0] == 0
    assert ((counts[1:] - expected[1:]) ** 2 / expected[1:]).sum() < 69.9  # once in a million, 22 degrees


def test_nothing_is_lost_or_doubled_at_the_turn_of_the_year() -> None:
    small = Small(
        people={"well": 60_000},
        needs={"illness": NeedSpec(rate={"well": 0.5})},
        starts=date(2025, 12, 1),
        days=62,
    )
    found = demand(small)
    seconds = np.concatenate([found.year(place).second for place in range(found.years)])
    days = np.bincount(seconds // DAY, minlength=62)

    assert found.years == 2
    assert np.abs((days - 60_000 * 0.5 / YEAR) / (60_000 * 0.5 / YEAR) ** 0.5).max() < MOST_Z + 1


def test_life_events_come_at_their_hazards_and_deaths_first() -> None:
    small = replace(SMALL, people={"frail": 30_000, "well": 30_000}, joiners={})
    found, program = demand(small), build(small)
    counts = np.zeros((2, 3))
    for place in range(found.years):
        life = found.life(place)
        segment = found.segment[life.person]
        happens = life.threshold < program.people.hazard[segment, life.target]
        np.add.at(counts, (segment[happens], life.target[happens]), 1)
        order = np.lexsort((life.person, np.where(life.target == 2, -1, life.target), life.second))
        assert np.array_equal(order, np.arange(len(life)))

    for (segment, target), expected in np.ndenumerate(program.people.hazard * 30_000 * 600 / YEAR):
        count = counts[segment, target]
        assert count == 0 if expected == 0 else abs(z_of(count, expected)) < MOST_Z


def test_people_live_where_the_shares_say() -> None:
    found = demand(replace(SMALL, people={"well": 50_000}, hazards={}))
    shares = np.bincount(found.home) / len(found.home)

    assert np.abs(shares - [0.2, 0.3, 0.5]).max() < MOST_Z * 0.5 / 50_000**0.5


def test_joiners_come_at_their_rate_and_need_nothing_before() -> None:
    small = replace(SMALL, joiners={"well": 3000.0})
    found = demand(small)
    joins = found.joins_second

    assert np.count_nonzero(joins == 0) == 2300
    assert np.count_nonzero(joins < 0) == np.count_nonzero(found.population.joins_threshold >= 3000.0) > 0
    assert abs(z_of(np.count_nonzero(joins > 0), 3000.0 * 600 / YEAR)) < MOST_Z
    for place in range(found.years):
        for candidates in (found.year(place), found.life(place)):
            assert np.all(candidates.second >= found.population.candidate_second[candidates.person])
    assert np.count_nonzero(found.year(1).person >= 2300) > 1000


def test_more_joiners_leave_those_who_came_as_they_were() -> None:
    few, many = demand(SMALL), demand(replace(SMALL, joiners={"well": 300.0}))

    before = set(zip(few.address.tolist(), few.population.candidate_second.tolist(), strict=True))

    assert before < set(zip(many.address.tolist(), many.population.candidate_second.tolist(), strict=True))


def test_referrals_come_at_their_rate_and_by_their_profile() -> None:
    rate = 40.0 * YEAR
    small = replace(SMALL, referrals={"stroke": ReferralSpec(rate=rate, profile="day")})
    found = demand(small).referrals()
    base = found.threshold < rate

    assert abs(z_of(np.count_nonzero(base), 40.0 * 600)) < MOST_Z
    assert abs(z_of(len(found), 2.0**14 * 600 / YEAR)) < MOST_Z
    assert found.layer.max() == 15
    assert np.all(found.second % DAY >= 3600)
    assert np.all(found.batch == 1)
    assert np.array_equal(np.lexsort((found.ordinal, found.layer, found.second)), np.arange(len(found)))


def test_a_layer_more_of_referrals_moves_none() -> None:
    spec = ReferralSpec(rate=10.0 * YEAR)
    one = demand(replace(SMALL, referrals={"stroke": spec})).referrals()
    both = {"a_new_one": spec, "stroke": replace(spec, layers=15)}
    more = demand(replace(SMALL, referrals=both, days=900)).referrals()

    kept = (more.referral == 1) & (more.layer < 14) & (more.second < 600 * DAY)

    assert np.array_equal(one.second, more.second[kept])
    assert np.array_equal(one.threshold, more.threshold[kept])
    assert len(more) > 2 * len(one)


def test_a_bound_on_a_rate_leaves_out_what_cannot_happen_and_moves_none() -> None:
    program = build(replace(SMALL, referrals={"stroke": ReferralSpec(rate=10.0 * YEAR)}))
    bounded = replace(program, referrals=replace(program.referrals, bound=program.referrals.rate))
    all_of_them, some = (Demand(one, seed=7, replication=0).referrals() for one in (program, bounded))

    kept = all_of_them.threshold < 10.0 * YEAR

    for column in ("second", "layer", "ordinal", "threshold", "batch"):
        assert np.array_equal(getattr(some, column), getattr(all_of_them, column)[kept])
    assert 0 < len(some) < len(all_of_them)


@pytest.mark.parametrize("rate", [0.3, 1.7, 900.0, 4383.0])
def test_referrals_are_poisson_at_any_rate(rate: float) -> None:
    small = Small(people={"well": 1}, referrals={"call": ReferralSpec(rate=rate)}, days=365)
    counts = np.array(
        [
            np.count_nonzero(demand(small, replication=number).referrals().threshold < rate)
            for number in range(400)
        ]
    )
    mean = rate * 365 / YEAR

    assert abs(z_of(counts.sum(), 400 * mean)) < MOST_Z
    assert abs(counts.var(ddof=1) / mean - 1.0) < MOST_Z * ((2.0 + 1.0 / mean) / 399) ** 0.5


def test_gaps_between_referrals_are_exponential() -> None:
    small = Small(people={"well": 1}, referrals={"call": ReferralSpec(rate=20_000.0)}, days=365)
    found = demand(small).referrals()
    gaps = np.diff(found.second[found.threshold < 20_000.0]) * 20_000.0 / (YEAR * DAY)
    ranks = np.arange(1, len(gaps) + 1) / len(gaps)

    largest = np.abs(ranks - (1.0 - np.exp(-np.sort(gaps)))).max()

    assert largest * len(gaps) ** 0.5 < 2.7  # Kolmogorov's bound, once in a million


def test_renewals_begin_with_a_gap_at_time_nought_and_scripts_are_as_written() -> None:
    gaps, batch = ordered_table([100.0, 50.4]), step_table(Steps(values=np.array([2.0]), chances=np.ones(1)))
    script = ReferralSpec(at=[5, 100, 100, 10**9])
    specs = {"renewed": ReferralSpec(between=gaps, batch=batch), "scripted": script}
    found = demand(Small(people={"well": 1}, referrals=specs, days=1)).referrals()
    rows = list(zip(found.second.tolist(), found.referral.tolist(), found.batch.tolist(), strict=True))

    assert rows[:7] == [
        *[(5, 1, 1), (100, 0, 2), (100, 1, 1), (100, 1, 1), (150, 0, 2), (250, 0, 2), (300, 0, 2)]
    ]
    assert np.all(found.threshold < 0.0)
    assert found.second.max() < DAY


def test_arrivals_without_end_are_refused() -> None:
    nought = ReferralSpec(between=ordered_table([0.0]))

    with pytest.raises(RunFailed, match=r"referrals\.stuck: the time between arrivals is always nought"):
        demand(Small(people={"well": 1}, referrals={"stuck": nought})).referrals()


def test_a_rate_past_all_use_is_refused() -> None:
    needs = {"illness": NeedSpec(rate={"well": 1.0}, layers=17)}

    with pytest.raises(RunFailed, match="cannot be run"):
        demand(Small(people={"well": 1}, needs=needs)).year(0)


def test_a_run_that_begins_within_a_year_has_the_end_of_that_year_s_candidates() -> None:
    settled = replace(SMALL, warm_up_days=0, joiners={}, hazards={})
    whole = demand(replace(settled, starts=date(2025, 1, 1)))
    late = demand(replace(settled, starts=date(2025, 7, 1)))
    shift = 181 * DAY
    year = whole.year(0)

    kept = year.second >= shift

    assert np.array_equal(year.case[kept], late.year(0).case)
    assert np.array_equal(year.second[kept] - shift, late.year(0).second)
