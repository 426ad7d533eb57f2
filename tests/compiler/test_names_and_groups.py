"""Names in order, groups by class before segment, homes and what is shared out among them."""

from fractions import Fraction

import numpy as np
import pytest
from compiler.models import PEOPLE, TWO

from simulator.compiler.groups import Groups
from simulator.compiler.program import ABSENT
from simulator.compiler.rounding import half_up, places_of, share_out
from simulator.definition.groups import Keyed


def test_names_stand_in_alphabetical_order(compile_text) -> None:
    program = compile_text(TWO)

    assert program.names.activities == ("acute", "rehab")
    assert program.names.classes == ("stroke",)
    assert program.names.homes == ("",)


def test_a_class_that_a_route_gives_is_a_class(compile_text) -> None:
    text = TWO.replace("rehab = 0.25", 'rehab = { share = 0.25, as = "recovering" }')

    program = compile_text(text)

    assert program.names.classes == ("recovering", "stroke")
    rehab = program.names.activities.index("rehab")
    assert [place >= 0 for place in program.activities.row[rehab]] == [True, False]


def test_a_class_goes_before_a_segment_and_both_before_otherwise() -> None:
    groups = Groups(segments=("frail", "well"), classes=("fall", "illness"))
    table = Keyed(by={"fall": 1, "frail": 2}, otherwise=3)

    assert groups.spread(table) == [1, 2, 1, 3, 1, 3]


def test_a_table_says_nothing_of_groups_it_does_not_name() -> None:
    groups = Groups(segments=("frail",), classes=("fall",))

    assert groups.spread(Keyed(by={"frail": 2})) == [2, None]


def test_whole_numbers_are_shared_out_by_largest_remainder_and_ties_by_name() -> None:
    third = Fraction(1, 3)

    assert share_out(10, [third, third, third]) == [4, 3, 3]
    assert share_out(7, [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)]) == [3, 2, 2]
    assert share_out(5, [Fraction(0), Fraction(0)]) == [0, 0]


def test_halves_are_rounded_up_and_capacity_is_never_rounded_away() -> None:
    assert half_up(Fraction(5, 2)) == 3
    assert places_of(Fraction(10), Fraction(1, 50)) == 1
    assert places_of(Fraction(10), Fraction(1)) == 10


SITES = """
[sites.hill]
locality = "east"
share = 1.0
[sites.park]
locality = "west"
share = 0.25
[sites.quay]
locality = "west"
share = 0.75
"""
EACH = 'capacity = 8\neach = "site"'


def test_one_resource_in_each_site_shares_capacity_as_people_live(compile_text) -> None:
    program = compile_text(PEOPLE.replace("capacity = 8", EACH) + SITES)

    assert program.names.resources == ("cubicles@hill", "cubicles@park", "cubicles@quay")
    assert program.resources.capacity.tolist() == [3, 1, 4]
    assert program.resources.family.tolist() == [0, 0, 0]


def test_an_activity_uses_the_resource_of_its_person_s_home(compile_text) -> None:
    program = compile_text(PEOPLE.replace("capacity = 8", EACH) + SITES)

    ae = program.names.activities.index("ae")
    assert program.activities.resource[ae].tolist() == [0, 1, 2, ABSENT]


def test_a_table_by_site_goes_before_sharing_out(compile_text) -> None:
    capacity = 'capacity = { hill = 5, otherwise = 2 }\neach = "site"'

    program = compile_text(PEOPLE.replace("capacity = 8", capacity) + SITES)

    assert program.resources.capacity.tolist() == [5, 2, 2]


def test_sites_of_one_locality_use_its_one_resource(compile_text) -> None:
    program = compile_text(PEOPLE.replace("capacity = 8", 'capacity = 8\neach = "locality"') + SITES)

    ae = program.names.activities.index("ae")
    assert program.names.resources == ("cubicles@east", "cubicles@west")
    assert program.activities.resource[ae].tolist() == [0, 1, 1, ABSENT]
    assert program.resources.capacity.tolist() == [2, 6]


def test_homes_carry_the_share_of_their_locality(compile_text) -> None:
    program = compile_text(PEOPLE + SITES)

    assert program.people.home_cumulative.tolist() == pytest.approx([0.3, 0.475, 1.0])
    assert program.people.home_locality.tolist() == [0, 1, 1]
    assert program.people.locality_quintile.tolist() == [1, ABSENT]


def test_a_population_share_takes_people_and_capacity_down_together(compile_text) -> None:
    program = compile_text(PEOPLE, share=Fraction(1, 10))

    assert dict(zip(program.names.segments, program.people.segment_people.tolist(), strict=True)) == {
        "care_home": 0,
        "frail": 100,
        "well": 900,
    }
    assert program.resources.capacity.tolist() == [1]
    assert program.people.joiners.tolist() == pytest.approx([0, 0, 9])


def test_a_population_share_takes_referrals_down(compile_text) -> None:
    whole, part = compile_text(TWO), compile_text(TWO, share=Fraction(1, 4))

    assert part.referrals.rate[0] == pytest.approx(whole.referrals.rate[0] / 4)
    assert np.array_equal(part.referrals.layers, whole.referrals.layers - 2)


def test_a_population_share_stretches_the_times_between_referrals(compile_text) -> None:
    text = TWO.replace('rate = "1 per day"', 'between = { expon = { mean = "1 day" } }')

    program = compile_text(text, share=Fraction(1, 4))

    assert program.laws.mean[program.referrals.between_law[0]] == pytest.approx(4 * 86_400)
