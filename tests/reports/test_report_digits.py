"""How finely estimates are written: by the width of their intervals, and ends near nought by themselves."""

import re
from dataclasses import replace

import pytest

from simulator.analysis.intervals import ABSENT, Estimate
from simulator.reports.digits import bare
from simulator.reports.numbers import Scale
from simulator.reports.wording import Finding, change, change_words, level, null_words


def between(low: float, high: float, *, mean: float | None = None) -> Estimate:
    """Make an estimate from the ends of its interval."""
    middle = (low + high) / 2 if mean is None else mean
    half = (high - low) / 2
    return Estimate(mean=middle, sd=half, low=low, high=high, low_80=low, high_80=high, n=5)


def found(one: Estimate, *, unit: str) -> Finding:
    """Make a finding of a difference."""
    return Finding(title="Cost", unit=unit, baseline=None, difference=one)


@pytest.mark.parametrize(
    ("unit", "low", "high", "written"),
    [
        ("£ a year", -2_195_900.0, -100.0, "−£1.1m (−£2.2m to −£100)"),
        ("£ a year", 100.0, 2_195_900.0, "+£1.1m (+£100 to +£2.2m)"),
        ("£ a year", -2_195_900.0, 100.0, "−£1.1m (−£2.2m to +£100)"),
        ("£ a year", -43_000.0, 2_195_900.0, "+£1.1m (−£40k to +£2.2m)"),
        ("£ a year", -1_643.0, -1.0, "−£800 (−£1,600 to −£1)"),
        ("£ a year", -97_000.0, -96.0, "−£50k (−£100k to −£100)"),
        ("people", -0.122, -0.002, "−0.06 (−0.12 to −0.002)"),
        ("people", 1e-6, 800.0, "+400 (just above 0 to +800)"),
        ("people", -800.0, -1e-6, "−400 (−800 to just below 0)"),
        ("£", 0.001, 800.0, "+£400 (just above 0 to +£800)"),
        ("share", -0.16, -0.00004, "−8 points (−16 to −0.004)"),
        ("days", -1.0, -0.0021, "−12 h (−24 to −3 min)"),
        ("people", 0.0, 800.0, "+400 (0 to +800)"),
        ("£ a year", 2_499_974.0, 2_500_031.0, "+£2.500m (+£2.500m to +£2.500m)"),
        ("people", 12.04119, 12.04123, "+12.04 (+12.04 to +12.04)"),
    ],
)
def test_an_end_near_nought_sets_no_digits_and_keeps_its_side(
    unit: str, low: float, high: float, written: str
) -> None:
    assert change(between(low, high), unit) == written


@pytest.mark.parametrize(
    ("unit", "low", "high", "said"),
    [
        ("£ a year", -2_195_900.0, -100.0, "£1.1 million less (95% interval £100 to £2.2 million less)"),
        (
            "£ a year",
            43_000.0,
            2_195_900.0,
            "£1.1 million more (95% interval £40 thousand to £2.2 million more)",
        ),
        ("£ a year", 1_200.0, 58_000.0, "£30 thousand more (95% interval £1 thousand to £58 thousand more)"),
        ("days", 0.125, 1.0, "14 hours longer (95% interval 3 to 24 hours longer)"),
        ("people", -0.122, -0.002, "0.06 fewer (95% interval 0.002 to 0.12 fewer)"),
        ("people", 1e-6, 800.0, "400 more (95% interval next to nothing to 800 more)"),
    ],
)
def test_what_was_seen_never_ends_at_nought(unit: str, low: float, high: float, said: str) -> None:
    assert change_words(found(between(low, high), unit=unit)) == f"about {said}"


def test_what_was_not_seen_is_not_told_finely_for_an_end_near_nought() -> None:
    hardly = found(between(-100.0, 2_195_900.0), unit="£ a year")

    assert "between next to no change and £2.2 million more" in null_words(hardly)


def test_a_mean_whose_interval_excludes_nought_never_looks_like_it() -> None:
    skewed = between(1.0, 1_000.0, mean=30.0)

    assert change(skewed, "people") == "+30 (+1 to +1,000)"
    assert change_words(found(skewed, unit="people")) == "about 30 more (95% interval 1 to 1,000 more)"


@pytest.mark.parametrize("end", [10.0**-power for power in range(9)])
@pytest.mark.parametrize("unit", ["£ a year", "people", "share", "days"])
def test_no_end_is_told_on_the_wrong_side_of_nought(unit: str, end: float) -> None:
    seen, unseen = change(between(end, 10.0), unit), change(between(-end, 10.0), unit)

    low = re.findall(r"\((.*?) to", seen)[0]
    assert low == "just above 0" or (low.startswith("+") and re.search("[1-9]", low))
    assert not re.search(r"\(\+|\(just above", unseen)


@pytest.mark.parametrize(
    ("unit", "low", "high", "written"),
    [
        ("needs a year", 1_546.2, 1_746.2, "1,650 (1,550 to 1,750)"),
        ("days", 8.0, 18.0, "13 days (8 to 18)"),
        ("£ a year", 2_390_000.0, 2_410_000.0, "£2.400m (£2.390m to £2.410m)"),
        ("£ a year", 679_998_000.0, 680_002_000.0, "£680.0m (£680.0m to £680.0m)"),
        ("people", 213.93, 213.97, "214.0 (213.9 to 214.0)"),
        ("people", 100.0, 900.0, "500 (100 to 900)"),
        ("£ a year", 100.0, 2_195_900.0, "£1.1m (£100 to £2.2m)"),
    ],
)
def test_a_level_has_as_many_figures_as_its_interval_bears_and_four_at_most(
    unit: str, low: float, high: float, written: str
) -> None:
    one = between(low, high)
    finer = between(one.mean * 1e-6, one.mean * 3e-6)  # type: ignore[operator]

    assert level(one, unit) == written
    assert level(one, unit, beside=finer) == written


def test_a_level_without_an_interval_is_as_fine_as_the_difference_beside_it_in_four_figures() -> None:
    bare = Estimate(mean=466.347, sd=None, low=None, high=None, low_80=None, high_80=None, n=1)

    assert level(bare, "people") == "466"
    assert level(bare, "people", beside=replace(bare, mean=-0.42)) == "466.3"
    assert level(bare, "people", beside=replace(bare, mean=-51.0)) == "466.3"
    assert level(bare, "people", beside=replace(bare, mean=-510.0)) == "466"


def test_a_row_of_a_series_is_as_fine_as_any_other_table() -> None:
    hours = Scale(factor=24)

    assert bare(between(1.0, 1.0 + 1e-12), hours) == "+24.0"
    assert bare(between(-1.0, -0.0001), hours) == "−12 (−24 to −0.002)"
    assert bare(between(48.0, 52.0), hours, is_level=True) == "1,200 (1,150 to 1,250)"
    assert bare(ABSENT, hours) == "not known"
