"""Rules of people on stocks: needs, beds, deaths, joiners, unevenness, switches."""

import numpy as np
import pytest
from counting import count

from simulator.accounts.scheme_cost import ENROLMENTS
from simulator.engines.network.kernels.lives import left_free
from simulator.engines.network.traits import NEWTON, Survivors, lay_traits, trait
from simulator.engines.records import ACTIVE_AREA, ARRIVALS, STARTS
from simulator.experiment.observe_stocks import observe_stocks

PLACE = """
[segments.well]
people = 10_000
becomes = { frail = "0.02 per year", dead = "0.01 per year" }
joiners = "300 per year"
[segments.frail]
people = 1_000
becomes = { dead = "0.1 per year" }
[traits.crisis]
law = { lognorm = { sigma = 1.2 } }
persistence = 0.7
[needs.fall]
rate = { well = "0.2 per year", frail = "1 per year" }
TRAIT
one_at_a_time = false
starts_at = "ward"
[activities.ward]
duration = { expon = { mean = "5 days" } }
"""


def place(*, is_uneven: bool = False, more: str = "") -> str:
    return PLACE.replace("TRAIT", 'trait = "crisis"' if is_uneven else "") + more


def test_needs_come_at_their_rates() -> None:
    found = count(place(), days=28, warm_up=0)

    assert found.need("fall") == pytest.approx(3_000, rel=0.005)
    assert found.per_day("ward", STARTS) == pytest.approx(found.per_day("ward", ARRIVALS))


def test_people_become_join_and_die_at_their_hazards() -> None:
    found = count(place(), days=364, warm_up=0)

    people = found.network.folk.people.sum(axis=1)
    frail, well = people
    assert well == pytest.approx(10_000 + 300 - 300, abs=10)
    assert frail == pytest.approx(1_000 + 200 - 105, abs=10)


BROUGHT = """
routes = { died = 0.02, exit = 0.98 }
[needs.walk_in]
rate = "0 per year"
starts_at = "ward"
[interventions.door]
starts = "4 weeks"
adds = [{ need = "walk_in", rate = "0.5 per year", for = "everyone" }]
"""


def test_people_die_of_a_need_that_only_a_scheme_brings() -> None:
    found = count(place(more=BROUGHT), days=84, warm_up=0, on=["door"])

    assert found.need("walk_in") > 0
    assert found.network.tally.in_care[:, :, -1].sum() == pytest.approx(
        0.02 * found.activity("ward", STARTS), rel=0.1
    )


def test_who_lies_in_a_bed_has_no_new_needs() -> None:
    found = count(place(more="resident = true\n"), days=364, warm_up=28)

    share = found.mean("ward", ACTIVE_AREA) / 11_100
    plain = count(place(), days=364, warm_up=28)
    assert found.need("fall") < plain.need("fall") * (1 - 0.5 * share)


def test_those_who_come_often_are_in_bed_often() -> None:
    even = count(place(more="resident = true\n"), days=364, warm_up=28)
    uneven = count(place(is_uneven=True, more="resident = true\n"), days=364, warm_up=28)

    assert uneven.need("fall") < even.need("fall")


CRISIS = trait(np.exp(1.2 * np.linspace(-8, 8, 1025)), persistence=0.7)


def excess() -> float:
    return float(Survivors((CRISIS,), segments=1).excess[0, 0])


def test_a_trait_keeps_its_mean_and_its_law_from_year_to_year() -> None:
    found = CRISIS

    assert found.weight @ found.factor == pytest.approx(1, rel=1e-12)
    assert found.weight @ found.year == pytest.approx(found.weight, abs=1e-9)
    assert excess() == pytest.approx(np.exp(1.44), rel=0.03)


def test_the_share_left_by_absence_is_that_of_the_uneven_law() -> None:
    absent, found, work = np.array([[0.0, 0.001]]), np.empty((1, 2)), (np.empty(2), np.empty(2), np.empty(2))

    left_free(absent, CRISIS.factor, CRISIS.weight[None, :], NEWTON, work, found)

    assert found[0, 0] == pytest.approx(1)
    assert 1 - found[0, 1] == pytest.approx(0.001 * excess(), rel=0.1)


PLANS = """
[interventions.plans]
title = "Plans"
what = "upstream"
depth = "transactional"
starts = "0 days"
uptake = 0.5
places = 100
enrolments = "10 per week"
eligible = { segments = ["frail"], recent_use = { needs = ["fall"], at_least = 2, within = "4 quarters" } }
[[interventions.plans.effects]]
times = "needs.fall.rate"
for = "enrolled"
by_year = { 1 = 0.5 }
"""


def test_off_is_as_if_it_were_not_written() -> None:
    with_plans = count(place(is_uneven=True, more=PLANS), days=364, warm_up=364)
    without = count(place(is_uneven=True), days=364, warm_up=364)

    assert with_plans.network.tally.happened.tobytes() == without.network.tally.happened.tobytes()


def test_those_enrolled_for_recent_use_fall_back_towards_the_mean_by_themselves() -> None:
    found = count(place(is_uneven=True, more=PLANS), days=728, warm_up=364, on=["plans"])

    followed = found.network.followed
    people, need = followed.people[0], found.program.names.needs.index("fall")
    before, without, after = (
        float(use[0, need]) / people for use in (followed.before, followed.without, followed.after)
    )
    assert before > 2
    assert 1.0 < without < 0.8 * before
    assert after == pytest.approx(0.5 * without, rel=0.01)


OTHER_NEEDS = """
[needs.cough]
rate = "2 per year"
starts_at = "ward"
[needs.bruise]
rate = "2 per year"
trait = "crisis"
starts_at = "ward"
[needs.review]
rate = "0 per year"
starts_at = "ward"
[interventions.plans]"""


def test_those_enrolled_are_like_all_in_what_their_trait_is_no_part_of() -> None:
    plans = PLANS.replace("[interventions.plans]", OTHER_NEEDS, 1)

    found = count(place(is_uneven=True, more=plans), days=728, warm_up=364, on=["plans"])

    followed, needs = found.network.followed, found.program.names.needs
    uses = np.array([followed.before[0], followed.after[0], followed.without[0]]) / followed.people[0]
    assert uses[:, needs.index("cough")] == pytest.approx([2, 2, 2], rel=0.15)
    assert uses[0, needs.index("bruise")] > 3
    assert uses[1:, needs.index("bruise")] == pytest.approx([uses[0, needs.index("bruise")]] * 2, rel=0.3)


def test_what_a_scheme_does_with_those_enrolled_is_had_after() -> None:
    adds = 'adds = [{ need = "review", rate = "4 per year", for = "enrolled" }]'
    plans = PLANS.replace("[interventions.plans]", f"{OTHER_NEEDS}\n{adds}", 1)

    found = count(place(is_uneven=True, more=plans), days=728, warm_up=364, on=["plans"])

    followed, review = found.network.followed, found.program.names.needs.index("review")
    before, without, after = (
        float(use[0, review]) / followed.people[0]
        for use in (followed.before, followed.without, followed.after)
    )
    assert before == without == 0
    assert after == pytest.approx(4, rel=0.1)


def test_places_and_weeks_limit_enrolment_and_effects_are_told_apart() -> None:
    found = count(place(is_uneven=True, more=PLANS), days=364, warm_up=364, on=["plans"])

    enrolled = found.network.tally.enrolled[found.first :, 0] / (28 * 86_400)
    assert 5 < enrolled[0] < 40
    assert enrolled[-1] == pytest.approx(100, abs=1)
    assert found.network.tally.averted[found.first :].sum() > 30


def test_each_enrolment_is_paid_for() -> None:
    plans = PLANS.replace("uptake = 0.5", 'uptake = 0.5\ncost = { enrolment = "£75" }')
    found = count(place(is_uneven=True, more=plans), days=364, warm_up=364, on=["plans"])

    costs = observe_stocks(found.network, found.program, scenario="on", replication=0).scheme_series
    newly = found.network.tally.newly.sum()
    assert newly > 100
    assert costs[:, 0, ENROLMENTS].sum() == pytest.approx(7_500 * newly, rel=1e-12)


WARDS = """
[segments.frail]
people = 10_000
[needs.fall]
rate = "0.5 per year"
one_at_a_time = false
starts_at = "ae"
[activities.ae]
duration = "2 h"
routes = { ward = 0.5, exit = 0.5 }
[activities.ward]
duration = "5 days"
[resources.places]
capacity = 40
room = 0
[activities.home_ward]
resource = "places"
duration = "5 days"
refused_to = "exit"
[interventions.scheme]
title = "Scheme"
what = "upstream"
depth = "transactional"
starts = "0 days"
[[interventions.scheme.effects]]
"""

WITHOUT_HOME_WARD = (
    WARDS[: WARDS.index("[resources.places]")] + WARDS[WARDS.index("[interventions.scheme]") :]
)


def test_a_diversion_takes_its_share_if_places_are_free() -> None:
    more = 'diverts = { at = "ae", from = "ward", to = "home_ward", share = 0.2 }\nsubstitution = 0.5\n'
    found = count(WARDS + more, on=["scheme"])

    falls = 10_000 * 0.5 / 365.25
    assert found.per_day("ward", STARTS) == pytest.approx(falls * 0.5 * 0.8, rel=0.02)
    assert found.per_day("home_ward", STARTS) == pytest.approx(falls * 0.5 * 0.2 * 2, rel=0.02)


def test_an_effect_on_a_share_moves_it_to_the_other_way() -> None:
    found = count(
        WITHOUT_HOME_WARD + 'times = "activities.ae.routes.ward"\nvalue = 0.8\ninstead = "exit"\n',
        on=["scheme"],
    )

    assert found.per_day("ward", STARTS) == pytest.approx(10_000 * 0.5 / 365.25 * 0.4, rel=0.02)


def test_an_effect_on_a_stay_makes_it_so_much_shorter() -> None:
    found = count(
        WITHOUT_HOME_WARD + 'times = "activities.ward.duration"\nvalue = 0.6\n', on=["scheme"], days=364
    )

    assert found.mean("ward", ACTIVE_AREA) == pytest.approx(10_000 * 0.5 / 365.25 * 0.5 * 3, rel=0.03)


def test_stepping_down_ends_the_last_days_of_a_stay_elsewhere() -> None:
    more = 'step_down = { from = "ward", to = "home_ward", last = "2 days", share = 0.4 }\n'
    found = count(WARDS + more, on=["scheme"], days=364)

    visits = 10_000 * 0.5 / 365.25 * 0.5
    assert found.mean("ward", ACTIVE_AREA) == pytest.approx(visits * (5 - 0.4 * 2), rel=0.04)
    assert found.mean("home_ward", ACTIVE_AREA) == pytest.approx(visits * 0.4 * 2, rel=0.04)


def test_traits_are_laid_out_for_every_program() -> None:
    assert len(lay_traits(count(place(is_uneven=True), days=28, warm_up=0).program)) == 1
