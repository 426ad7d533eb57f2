"""Numbers for a reader."""

import pytest

from simulator.reports.numbers import (
    DAYS,
    HOURS,
    MINUTES,
    POINTS,
    POUNDS,
    WEEKS,
    count_words,
    listed,
    per_cent,
    plain,
    probability,
    scale_of,
    step_for,
    with_unit,
)


@pytest.mark.parametrize(
    ("half_width", "step"),
    [(412, 100), (250, 10), (1.3, 0.1), (4.5, 1), (0.02, 0.001), (3, 1), (2.99, 0.1)],
)
def test_the_last_digit_written_is_the_first_that_is_uncertain(half_width: float, step: float) -> None:
    assert step_for(half_width, value=70_812) == pytest.approx(step)


@pytest.mark.parametrize(("value", "step"), [(70_812, 100), (2.134, 0.01), (0.00456, 0.00001), (0, 1)])
def test_a_value_without_an_interval_keeps_three_figures(value: float, step: float) -> None:
    assert step_for(None, value=value) == pytest.approx(step)
    assert step_for(0.0, value=value) == pytest.approx(step)


@pytest.mark.parametrize(
    ("value", "step", "written"),
    [
        (70_812, 10, "70,810"),
        (2.134, 0.1, "2.1"),
        (0.25, 0.1, "0.3"),
        (2.5, 1, "3"),
        (-2.5, 1, "−3"),
        (1.005, 0.01, "1.01"),
        (1e6, 1, "1,000,000"),
        (999.96, 0.1, "1,000.0"),
    ],
)
def test_a_number_is_rounded_to_its_step_halves_up(value: float, step: float, written: str) -> None:
    assert plain(value, step=step) == written


def test_a_sign_is_a_true_minus_and_nought_has_none() -> None:
    assert plain(-3, step=1, signed=True) == "−3"
    assert plain(3, step=1, signed=True) == "+3"
    assert plain(-0.04, step=0.1, signed=True) == "0.0"
    assert plain(0, signed=True) == "0"


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_is_no_number_is_not_known(value: float | None) -> None:
    assert plain(value) == "not known"
    assert with_unit(value, POUNDS) == "not known"
    assert per_cent(value) == "not known"


def test_the_unit_of_a_time_fits_its_size() -> None:
    found = [scale_of("days", [days]) for days in (0.01, 0.2, 6.2, 168)]

    assert found == [MINUTES, HOURS, DAYS, WEEKS]
    assert with_unit(0.01, MINUTES, step=1) == "14 min"
    assert with_unit(168, WEEKS, step=1) == "24 weeks"


def test_the_unit_of_money_fits_its_size() -> None:
    written = [
        with_unit(pounds, scale_of("£ a year", [pounds])) for pounds in (142, -8_420, 340_000, -1_234_567)
    ]

    assert written == ["£142", "−£8,420", "£340k", "−£1.23m"]


def test_the_difference_of_shares_is_in_points() -> None:
    assert scale_of("share", [0.01], is_difference=True) is POINTS
    assert with_unit(-0.012, POINTS, step=0.1, signed=True) == "−1.2 points"
    assert with_unit(0.805, scale_of("share", [0.805]), step=0.1) == "80.5%"


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.0123, "1.2%"), (0.25, "25%"), (-0.005, "−0.5%"), (0.00048, "0.05%"), (0.0, "0.0%")],
)
def test_a_share_is_written_as_per_cent_as_it_deserves(share: float, written: str) -> None:
    assert per_cent(share) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.97, "97%"), (0.9999, "over 99%"), (0.0, "under 1%"), (0.5, "50%"), (None, "not known")],
)
def test_a_probability_is_never_said_to_be_certain(share: float | None, written: str) -> None:
    assert probability(share) == written


def test_small_counts_are_words_and_nouns_agree() -> None:
    assert count_words(1, "replication") == "one replication"
    assert count_words(5, "replication") == "five replications"
    assert count_words(1_200, "replication") == "1,200 replications"


def test_a_list_reads_as_a_sentence_does() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b"], last="or") == "a or b"
