"""Numbers out of all bounds, without a unit or of the wrong dimension are refused where they stand."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from simulator.definition import Model

Faults = Callable[..., str]
Load = Callable[..., Model]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("-1", "a whole number from 0 to 10,000,000"),
        ("2.5", "is not a whole number"),
        ("1_000_000_000_000", "a whole number from 0 to 10,000,000"),
        ("true", "true is not a number"),
        ('"5%"', "0.05 without the % sign"),
        ('"1,000"', "leave out the commas: 1000"),
        ('"5–6"', "low = …, high = …"),
        ('"10"', "write the number without quotation marks"),
        ('"unlimitd"', "Did you mean 'unlimited'?"),
        ("{ value = 5, low = 6, high = 7 }", "'value' must lie between 'low' and 'high'"),
        ("{ value = 5, low = 4 }", "'low' and 'high' go together"),
        ("{ value = 5, lwo = 4 }", "Did you mean 'low'?"),
        ('{ value = 5, grade = "Z" }', "'Z' is not a grade"),
        ('[["1 day", 3]]', 'the first step must be at "0 days"'),
        ('[["0 days", 3], ["0 days", 4]]', "must go forward in time"),
    ],
)
def test_a_capacity_that_cannot_be_is_refused(faults: Faults, value: str, said: str) -> None:
    found = faults(("capacity = 10", f"capacity = {value}"))

    assert found.startswith("model.toml:4: resources.beds.capacity")
    assert said in found


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("4", "'4' has no unit"),
        ('"4"', "'4' has no unit"),
        ('"12 per week"', "is a rate per time; it must be a time"),
        ('"£4"', "is an amount of money; it must be a time"),
        ('"-3 days"', "it must be a time from 0 to 1,000 years"),
        ('"2000 years"', "it must be a time from 0 to 1,000 years"),
        ("{ lognorm = { mean = 1.6, sd = 0.5 } }", "'1.6' has no unit"),
        ("{ lognorm = { log_mean = 1.6, log_sd = 0.5 } }", "is the log of a number of what?"),
        (
            '{ lognorm = { mean = "4 days", log_mean = 1, log_sd = 1, unit = "days" } }',
            "say the same thing twice",
        ),
        ('{ lognorm = { mean = "0 days", cv = 1 } }', "it must be a time above 0"),
        ('{ lognorm = { mean = "4 days", sd = "0 days" } }', "it must be a time above 0"),
        ('{ lognorm = { mean = "4 days", cv = 1_000_000 } }', "a plain number above 0 and at most 100"),
        ('{ lognorm = { mean = "4 days", sd = "1 day", cv = 2 } }', "say the same thing twice"),
        ('{ lognormal = { mean = "4 days" } }', "Did you mean 'lognorm'?"),
        ('{ lognrom = { mean = "4 days", sd = "1 day" } }', "Did you mean 'lognorm'?"),
        ('{ expon = { maen = "4 days" } }', "Did you mean 'mean'?"),
        ('{ expon = "4 days" }', "write { expon = { mean = … } }"),
        ("{ gamma = { a = 2 } }", "needs a mean, a median, quantiles, or a scale"),
        ('{ norm = { mean = "4 days", sd = "1 day" } }', "say at_least = 0"),
        ('{ uniform = { loc = "-1 h", scale = "2 h" } }', "say at_least = 0"),
        ('{ truncnorm = { a = -3, b = 3, loc = "2 h", scale = "1 h" } }', "say at_least = 0"),
        ("{ poisson = { mu = 3 } }", "counts whole things"),
        ('{ mixture = [[0.7, "1 day"], [0.2, "2 days"]] }', "the weights add to 0.9, not to exactly 1"),
        ('{ expon = { mean = "1 day" }, norm = {} }', "a law is a table with one key"),
        ('{ expon = { quantiles = [[0.9, "1 day"], [0.5, "2 days"]] } }', "must rise with their chances"),
        ('{ expon = { quantiles = [[1, "1 day"]] } }', "above 0 and below 1"),
        ("{ in_order = [] }", "is not a list of values"),
    ],
)
def test_a_duration_that_cannot_be_is_refused(faults: Faults, value: str, said: str) -> None:
    found = faults(('duration = "4 days"', f"duration = {value}"))

    assert found.startswith("model.toml:10: activities.ward.duration")
    assert said in found


def test_a_mean_means_the_mean_of_the_variable(model: Load) -> None:
    law = '{ lognorm = { mean = "4 days", sd = "1 day" } }'

    duration = model(('duration = "4 days"', f"duration = {law}")).activities["ward"].duration.single

    assert duration is not None
    assert [(name, value.value) for name, value in duration.arguments] == [("mean", 345_600), ("sd", 86_400)]


@pytest.mark.parametrize("word", ["sigma", "s", "log_sd"])
def test_the_shape_of_a_lognormal_has_one_name_inside(model: Load, word: str) -> None:
    law = f"{{ lognorm = {{ log_mean = 1.6, {word} = 0.5, unit = 'hours' }} }}"

    duration = model(('duration = "4 days"', f"duration = {law}")).activities["ward"].duration.single

    assert duration is not None
    assert {name: value.value for name, value in duration.arguments} == {
        "log_mean": Fraction(8, 5),
        "log_sd": Fraction(1, 2),
        "scale": 3_600,
    }


def test_hours_and_days_say_the_same(model: Load) -> None:
    assert model() == model(('"4 days"', '"96 hours"'))


def test_a_parameter_keeps_its_range_and_source(model: Load) -> None:
    written = '{ value = 10, low = 8, high = 12, source = "A count", grade = "B", note = "Said twice." }'

    number = model(("capacity = 10", f"capacity = {written}")).resources["beds"].capacity.number

    assert number is not None
    assert (number.value, number.low, number.high, number.source, number.grade) == (10, 8, 12, "A count", "B")


def test_a_thousand_million_arrivals_a_day_are_refused_before_running(faults: Faults) -> None:
    said = faults(("1 per day", "1000000000 per day"))

    assert "referrals.stroke.rate: would bring about 1,000,000,000 arrivals a day" in said


def test_the_same_number_of_needs_is_refused(faults: Faults) -> None:
    more = '[segments.all]\npeople = 1_000_000\n[needs.any]\nrate = "100 per day"\nstarts_at = "ward"\n'

    assert "needs.any.rate: would bring about 100,000,000 arrivals a day" in faults(more=more)


def test_no_arrivals_are_fine(model: Load) -> None:
    rate = model(("1 per day", "0 per day")).referrals["stroke"].rate

    assert rate is not None
    assert rate.value == 0


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("hour = [1, 2]", "2 numbers; a list of 24 numbers is needed"),
        ("weekday = [0, 0, 0, 0, 0, 0, 0]", "all numbers are 0"),
        ("month = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1]", "'-1' is not allowed"),
        ('steps = [["08:00", 1]]', 'the first step must be at "00:00"'),
        ('steps = [["00:00", 1], ["25:00", 1]]', "'25:00' is not a time of day"),
    ],
)
def test_a_profile_of_another_shape_is_refused(faults: Faults, profile: str, said: str) -> None:
    assert said in faults(more=f"[profiles.day]\n{profile}\n")


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ('weekdays = ["08:00"]', "is not a stretch of a day"),
        ('weekdays = ["18:00-08:00"]', "ends before it begins"),
        ('weekdays = ["08:00-12:00", "11:00-13:00"]', "opening hours overlap"),
        ("weekdays = []", "is never open"),
        ('wekdays = ["08:00-12:00"]', "Did you mean 'weekdays'?"),
    ],
)
def test_a_timetable_of_another_shape_is_refused(faults: Faults, hours: str, said: str) -> None:
    assert said in faults(more=f"[timetables.office]\n{hours}\n")


def test_a_days_own_hours_go_before_those_of_its_group(model: Load) -> None:
    hours = 'weekdays = ["08:00-18:30"]\nfriday = [["08:00-12:00", 0.5]]\n'

    office = model(more=f"[timetables.office]\n{hours}").timetables["office"]

    assert [(one.opens, one.closes, one.share) for one in office.openings(3)] == [(28_800, 66_600, 1)]
    assert [(one.opens, one.closes, one.share) for one in office.openings(4)] == [
        (28_800, 43_200, Fraction(1, 2))
    ]
    assert office.openings(6) == ()
