"""Two worlds with the same people: what is switched on changes only what it touches."""

from collections import Counter

import numpy as np
import pytest
from telling import DAY, SEED, Told, compiled, span, tell

from simulator.engines import log, records
from simulator.engines.demand import Demand
from simulator.engines.records import AVERTED, HAPPENED
from simulator.engines.run import run

PLACE = """
[localities.east]
share = 0.4
needs_times = { fall = 1.5 }
[localities.west]
share = 0.6
[segments.frail]
people = 60
becomes = { dead = "0.3 per year" }
joiners = "20 per year"
[segments.well]
people = 140
becomes = { frail = "0.2 per year", dead = "0.05 per year" }
[traits.crisis]
law = { lognorm = { sigma = 1.1 } }
persistence = 0.6
[profiles.day]
hour = [1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 3, 2, 2, 1, 1]
[needs.cough]
rate = "9 per year"
starts_at = "gp"
[needs.fall]
rate = { frail = "6 per year", otherwise = "1 per year" }
trait = "crisis"
profile = "day"
starts_at = { frail = { ae = 0.9, gp = 0.1 }, otherwise = { ae = 0.6, gp = 0.4 } }
[referrals.elective]
rate = "1 per day"
starts_at = "ward"
[resources.doctors]
capacity = DOCTORS
[resources.beds]
capacity = BEDS
[activities.gp]
resource = "doctors"
duration = { lognorm = { mean = "20 min", cv = 0.5 } }
routes = { ae = 0.05, exit = 0.95 }
[activities.ae]
duration = { gamma = { mean = "3 h", cv = 0.7 } }
resident = true
routes = { ward = 0.4, exit = 0.59, died = 0.01 }
[activities.ward]
resource = "beds"
duration = { frail = { lognorm = { mean = "6 days", cv = 1 } }, otherwise = { expon = { mean = "3 days" } } }
resident = true
patience = "9 days"
routes = { home_care = 0.3, exit = 0.65, died = 0.05 }
[activities.home_care]
duration = { expon = { mean = "20 days" } }
"""
SCARCE = PLACE.replace("DOCTORS", "2").replace("BEDS", "4")
AMPLE = PLACE.replace("DOCTORS", '"unlimited"').replace("BEDS", '"unlimited"')
PREVENTION = """
[interventions.prevention]
starts = "40 days"
eligible = { segments = ["frail"] }
uptake = 0.5
[[interventions.prevention.effects]]
times = "needs.fall.rate"
value = 0.3
[[interventions.prevention.effects]]
times = "activities.ward.duration"
value = 0.8
"""
NOTHING = """
[interventions.nothing]
uptake = 0.7
enrolments = "5 per week"
ramp = { linear = "8 weeks" }
[[interventions.nothing.effects]]
times = "needs.fall.rate"
value = 1
[[interventions.nothing.effects]]
plus = "needs.cough.rate"
value = "0 per year"
[[interventions.nothing.effects]]
times = "activities.ward.duration"
value = 1.0
[[interventions.nothing.effects]]
times = "activities.ae.routes.ward"
value = 1.0
[[interventions.nothing.effects]]
times = "segments.well.becomes.dead"
value = 1.0
[[interventions.nothing.effects]]
diverts = { at = "ae", from = "ward", to = "home_care", share = 0 }
[[interventions.nothing.effects]]
step_down = { from = "ward", to = "home_care", last = "2 days", share = 0 }
"""
SOME_MONTHS = span("16 weeks", warm_up="2 weeks", period="1 week")
OF_SCHEMES = (log.ENROLLED, log.LEFT_ENROLMENT)


def events(told: Told, *, before: int | None = None) -> list[tuple[int, ...]]:
    """Give all events but those of enrolment, up to a second, people by their address."""
    found = told.run.log
    assert found is not None
    keep = ~np.isin(found.what, OF_SCHEMES) & (found.second < (before or 1 << 60))
    address = np.append(told.run.people.address, 0)[found.person]
    columns = (found.second, found.what, address, found.case, found.number, found.activity, found.resource)
    return list(zip(*(column[keep].tolist() for column in columns), found.klass[keep].tolist(), strict=True))


def visits(told: Told) -> Counter[tuple[object, ...]]:
    """Give when each case does what and where, by id and name, whatever the numbering of cases and people."""
    found, names = told.run.log, told.program.names
    assert found is not None
    columns = (found.second, found.what, found.case, found.activity, found.klass)
    return Counter(
        (second, what, case, names.activities[activity] if activity >= 0 else "", names.classes[klass])
        for second, what, case, activity, klass in zip(*(column.tolist() for column in columns), strict=True)
        if what <= log.EXITS
    )


def test_the_same_replication_gives_the_same_events_and_another_gives_others() -> None:
    first, again, other = (tell(SCARCE, window=SOME_MONTHS, number=number) for number in (1, 1, 2))

    assert events(first) == events(again)
    assert events(first) != events(other)
    assert len(events(first)) > 5_000


def test_nothing_before_the_start_of_an_intervention_differs() -> None:
    begins = (14 + 40) * 86_400
    base, acts = (tell(SCARCE + PREVENTION, on=on, window=SOME_MONTHS) for on in ([], ["prevention"]))

    assert events(base, before=begins) == events(acts, before=begins)
    assert events(base) != events(acts)


def test_off_is_absent_bit_for_bit() -> None:
    absent, off = (tell(text, window=SOME_MONTHS) for text in (SCARCE, SCARCE + PREVENTION))

    assert absent.program.fingerprint == off.program.fingerprint
    assert events(absent) == events(off)


def test_an_effect_of_nothing_that_uses_no_capacity_is_the_baseline() -> None:
    base, nothing = (tell(SCARCE + NOTHING, on=on, window=SOME_MONTHS) for on in ([], ["nothing"]))

    assert nothing.rows("enrolled")
    assert events(base) == events(nothing)
    assert (base.run.activities.values == nothing.run.activities.values).all()


def test_one_more_person_moves_nobody() -> None:
    more = AMPLE.replace("people = 60", "people = 61")
    base, other = (visits(tell(text, window=SOME_MONTHS)) for text in (AMPLE, more))

    assert base <= other
    assert base != other


def test_one_more_need_moves_nobody_and_no_other_need() -> None:
    more = (
        AMPLE + '[needs.ache]\nrate = "5 per year"\nstarts_at = "talk"\n[activities.talk]\nduration = "0 s"\n'
    )
    base, other = (visits(tell(text, window=SOME_MONTHS)) for text in (AMPLE, more))

    assert {one for one in other if one[4] != "ache"} == set(base)


def test_an_activity_beside_changes_nothing_else() -> None:
    beside = (
        '[referrals.letter]\nrate = "5 per day"\nstarts_at = "post"\n[activities.post]\nduration = "1 h"\n'
    )
    base, other = (visits(tell(text, window=SOME_MONTHS)) for text in (SCARCE, SCARCE + beside))

    assert {one for one in other if one[4] != "letter"} == set(base)


def test_a_longer_horizon_begins_the_same() -> None:
    base = tell(SCARCE, window=SOME_MONTHS)
    longer = tell(SCARCE, window=span("60 weeks", warm_up="2 weeks", period="1 week"))

    assert events(longer, before=18 * 7 * 86_400) == events(base)


def test_the_reporting_period_changes_no_event() -> None:
    weekly, daily = (tell(SCARCE, window=span("16 weeks", period=period)) for period in ("1 week", "1 day"))

    assert events(weekly) == events(daily)


def test_the_order_of_the_file_changes_nothing() -> None:
    head, *tables = SCARCE.split("\n[")
    backwards = head + "".join("\n[" + table for table in reversed(tables))
    base, other = (tell(text, window=SOME_MONTHS) for text in (SCARCE, backwards))

    assert base.program.fingerprint == other.program.fingerprint
    assert events(base) == events(other)


def test_hours_or_days_in_the_file_give_the_same() -> None:
    in_hours = (
        SCARCE.replace('"6 days"', '"144 h"')
        .replace('"3 h"', '"180 min"')
        .replace('"1 per day"', '"7 per week"')
    )
    base, other = (tell(text, window=SOME_MONTHS) for text in (SCARCE, in_hours))

    assert in_hours != SCARCE
    assert events(base) == events(other)


def test_scenarios_that_share_a_demand_get_what_each_would_get_alone() -> None:
    programs = [compiled(SCARCE + PREVENTION, window=SOME_MONTHS, on=on) for on in ((), ("prevention",))]
    shared = Demand.for_programs(programs, seed=SEED, replication=0)

    for program, on in zip(programs, ([], ["prevention"]), strict=True):
        together = run(program, seed=SEED, replication=0, demand=shared, keeps_log=True)
        alone = tell(SCARCE + PREVENTION, on=on, window=SOME_MONTHS)
        assert events(Told(program=program, run=together)) == events(alone)


def test_with_nobody_in_a_bed_the_baseline_is_what_is_averted_and_what_happens_uninduced() -> None:
    text = AMPLE.replace("resident = true\n", "").replace(", exit = 0.59, died = 0.01", ", exit = 0.6")
    text = text.replace("exit = 0.65, died = 0.05", "exit = 0.7")
    base, acts = (tell(text + PREVENTION, on=on, window=SOME_MONTHS) for on in ([], ["prevention"]))
    (without,), (fate,) = base.run.needs.fate, acts.run.needs.fate

    assert np.count_nonzero(fate == AVERTED) > 10
    assert np.array_equal(without > 0, (fate == AVERTED) | (fate == HAPPENED))


def test_the_fate_of_a_candidate_is_that_of_the_case_it_opened() -> None:
    window = span("400 days", warm_up="30 days", period="50 days")
    told = tell(SCARCE + PREVENTION, on=["prevention"], window=window)
    demand, events_ = Demand(told.program, seed=SEED, replication=0), told.run.log
    of_needs = (events_.what == log.OPENED) & (events_.person >= 0) & (events_.second >= 30 * DAY)

    happened = [demand.year(year).case[fate & HAPPENED > 0] for year, fate in enumerate(told.run.needs.fate)]

    assert len(happened) == 2
    assert np.array_equal(np.concatenate(happened), events_.case[of_needs])


def test_with_no_limit_nobody_waits_but_for_a_person_in_a_bed() -> None:
    told = tell(AMPLE.replace("resident = true\n", ""), window=SOME_MONTHS)

    assert told.run.activities.values[:, records.WAITING_AREA].sum() == 0


@pytest.mark.parametrize("number", range(2))
def test_no_needs_means_no_cases(number: int) -> None:
    quiet = AMPLE.replace('"9 per year"', '"0 per year"').replace('"6 per year"', '"0 per year"')
    quiet = quiet.replace('"1 per year"', '"0 per year"').replace('"1 per day"', '"0 per day"')

    assert tell(quiet, window=SOME_MONTHS, number=number).rows("opened") == []
