"""Estimates in words."""

import re
from dataclasses import replace

import pytest

from simulator.analysis.intervals import ABSENT, Estimate, estimate, estimate_difference
from simulator.reports.wording import (
    Finding,
    brief,
    chance,
    change,
    change_words,
    level,
    null_words,
    of_baseline,
    sentence,
)

BASELINE = estimate([213.0, 214.0, 215.0])


def difference(mean: float, half: float, *, probability: float = 0.97, n: int = 5) -> Estimate:
    """Make a paired difference with a symmetric interval."""
    return Estimate(
        mean=mean,
        sd=half,
        low=mean - half,
        high=mean + half,
        low_80=mean - half / 2,
        high_80=mean + half / 2,
        n=n,
        probability_of_reduction=probability,
    )


def found(
    mean: float, half: float, *, unit: str = "cases a day", matters_from: float | None = None
) -> Finding:
    """Make a finding about attendances."""
    return Finding(
        title="Attendances a day",
        unit=unit,
        baseline=BASELINE,
        difference=difference(mean, half),
        matters_from=matters_from,
    )


def test_a_difference_that_was_seen_is_said_with_its_interval_and_its_share() -> None:
    said = sentence(found(-2.1, 1.3))

    assert said == (
        "about 2.1 fewer (95% interval 0.8 to 3.4 fewer). That is 1.0% below the baseline’s 214. "
        "Probability of a reduction: 97%."
    )


@pytest.mark.parametrize(
    ("mean", "half", "written"),
    [(0.4, 3.4, "0.40"), (2.5, 18.5, "2.5"), (23.0, 223.0, "23"), (214.0, 3.0, "214")],
)
def test_a_baseline_is_as_fine_in_a_sentence_as_in_a_table(mean: float, half: float, written: str) -> None:
    baseline = replace(difference(mean, half), probability_of_reduction=None)
    finding = replace(found(mean * 0.4, mean * 0.02), baseline=baseline)

    assert f"That is 40% above the baseline’s {written}. " in sentence(finding)
    assert level(baseline, finding.unit).startswith(f"{written} (")


def test_a_rise_is_said_as_more() -> None:
    assert change_words(found(2.1, 1.3)) == "about 2.1 more (95% interval 0.8 to 3.4 more)"


def test_a_null_is_said_plainly_with_what_could_hide_in_it() -> None:
    assert null_words(found(-0.15, 1.05)) == (
        "no difference that five replications could see: between 1.2 fewer and 0.9 more (95% interval)"
    )


def test_a_null_that_holds_the_least_that_matters_says_so() -> None:
    said = sentence(found(-0.15, 1.05, matters_from=1))

    assert said.endswith("The 1 that would change a decision cannot be ruled out: run more replications.")


def test_a_null_that_is_smaller_than_what_matters_says_so() -> None:
    said = sentence(found(-0.15, 1.05, matters_from=2))

    assert said.endswith(
        "Whatever difference there is, it is smaller than the 2 that would change a decision."
    )


@pytest.mark.parametrize(
    ("matters_from", "ending"),
    [
        (0.5, "It is at least the 0.5 that would change a decision."),
        (5, "It is smaller than the 5 that would change a decision."),
        (2, "Whether it reaches the 2 that would change a decision is not sure."),
    ],
)
def test_a_difference_is_held_against_what_matters(matters_from: float, ending: str) -> None:
    assert sentence(found(-2.1, 1.3, matters_from=matters_from)).endswith(ending)


def test_what_matters_is_taken_down_with_the_share_of_the_place_that_was_run() -> None:
    part = replace(found(-2.1, 1.3, matters_from=25), share=0.02)
    shares = replace(found(0.001, 0.004, unit="share", matters_from=0.01), share=0.02)

    assert sentence(part).endswith(
        "It is at least the 0.5 (25 in the whole place) that would change a decision."
    )
    assert shares.least == 0.01


def test_an_end_of_exactly_nought_is_a_null() -> None:
    assert not found(-1.0, 1.0).is_seen
    assert null_words(found(-1.0, 1.0)).endswith("between 2.0 fewer and next to no change (95% interval)")


def test_shares_differ_in_percentage_points() -> None:
    said = sentence(replace(found(0.012, 0.004, unit="share"), baseline=estimate([0.80, 0.80])))

    assert said.startswith(
        "about 1.2 percentage points higher (95% interval 0.8 to 1.6 percentage points higher). "
        "The baseline has 80.0%."
    )


def test_times_are_shorter_or_longer_in_a_unit_that_fits() -> None:
    assert change_words(found(-0.02, 0.004, unit="days")) == (
        "about 29 minutes shorter (95% interval 23 to 35 minutes shorter)"
    )


def test_money_is_less_or_more_and_keeps_its_sign_before_the_pound() -> None:
    assert change_words(found(-1_200_000, 320_000, unit="£ a year")) == (
        "about £1.2 million less (95% interval £0.9 million to £1.5 million less)"
    )
    assert change(difference(-1_200_000, 320_000), "£ a year") == "−£1.2m (−£1.5m to −£0.9m)"


def test_one_of_a_unit_is_singular() -> None:
    said = sentence(found(0.001, 0.004, unit="share", matters_from=0.01))

    assert "smaller than the 1 percentage point that" in said


def test_equal_in_every_replication_is_no_difference_at_all() -> None:
    same = replace(found(0, 0), difference=estimate_difference([3.0, 4.0], [3.0, 4.0]))

    assert sentence(same) == "no difference at all: every replication came out the same."
    assert change(same.difference, "people") == "0, in both replications"
    assert chance(same.difference) == "–"


def test_one_replication_has_no_interval_and_says_so() -> None:
    single = replace(found(0, 0), difference=estimate_difference([3.0], [4.0]))

    assert sentence(single).startswith("about 1.00 fewer (one replication cannot say how sure this is).")
    assert change(single.difference, "people") == "−1.00 (no interval)"
    assert level(estimate([3.0]), "people") == "3.00"


def test_what_does_not_exist_is_not_known() -> None:
    absent = replace(found(0, 0), difference=ABSENT)

    assert sentence(absent) == "could not be measured, because nothing of the kind happened."
    assert change(ABSENT, "people") == "not known"
    assert level(None, "people") == "not known"


def test_a_brief_leaves_to_the_headline_what_was_seen() -> None:
    assert brief(found(-2.1, 1.3)).startswith("That is 1.0% below")
    assert brief(found(-0.15, 1.05)).startswith(
        "between 1.2 fewer and 0.9 more (95% interval). The baseline has 214. Probability of a reduction"
    )


def test_a_table_writes_signs_intervals_and_shares() -> None:
    assert change(difference(-2.1, 1.3), "people") == "−2.1 (−3.4 to −0.8)"
    assert change(difference(0.012, 0.004), "share") == "+1.2 points (+0.8 to +1.6)"
    assert level(BASELINE, "people") == "214.0 (211.5 to 216.5)"
    assert of_baseline(found(-2.1, 1.3)) == "−1.0%"
    assert of_baseline(found(-0.01, 0.001, unit="share")) == "–"
    assert of_baseline(replace(found(-2, 1), baseline=estimate([0.0, 0.0]))) == "–"


def test_a_share_of_the_baseline_shows_no_rounding_of_the_arithmetic() -> None:
    assert of_baseline(found(-1e-14, 0.8)) == "0.0%"
    assert of_baseline(found(0.004, 0.8)) == "0.0%"


def test_the_same_difference_in_every_replication_has_no_interval() -> None:
    same = estimate_difference([1_070.0, 2_070.0], [0.0, 1_000.0])

    assert change(same, "£ a year") == "+£1,070, in both replications"
    assert change_words(replace(found(0, 0), unit="£ a year", difference=same)) == (
        "£1,070 more, in both replications"
    )


@pytest.mark.parametrize(
    ("n", "draws", "said"),
    [
        (2, 0, "0, in both replications"),
        (3, 0, "0, in all three replications"),
        (1_200, 0, "0, in all 1,200 replications"),
        (40, 2, "0, in both draws"),
        (40, 20, "0, in all 20 draws"),
    ],
)
def test_what_is_the_same_everywhere_says_how_often_it_was_looked_at(n: int, draws: int, said: str) -> None:
    assert change(replace(difference(0, 0, n=n), draws=draws), "people") == said


@pytest.mark.parametrize(
    ("mean", "half", "written"),
    [
        (-30.480758, 6.5e-6, "−£30.5, in all five replications"),
        (-30.480758, 0.02, "−£30.48 (−£30.50 to −£30.46)"),
        (12_345.678901, 2e-6, "+£12.3k, in all five replications"),
        (4_000_000.0, 0.004, "+£4.00m, in all five replications"),
        (3e-9, 1e-9, "0, in all five replications"),
        (0.021, 0.012, "+£0.02 (+£0.01 to +£0.03)"),
    ],
)
def test_money_is_never_told_below_a_penny(mean: float, half: float, written: str) -> None:
    assert change(difference(mean, half), "£ a year") == written
    assert not re.search(r"\.\d{3,}(?![\dkm])", change_words(replace(found(mean, half), unit="£ a year")))


def test_less_than_half_a_penny_is_no_difference_of_money() -> None:
    dust = replace(found(3e-9, 1e-9, unit="£ a year"), baseline=ABSENT)

    assert not dust.is_seen
    assert sentence(dust) == "no difference at all: every replication came out the same."


def test_a_spread_that_is_rounding_of_a_large_level_is_none() -> None:
    of_millions = replace(found(-0.25, 2e-7), baseline=estimate([2_400_000.0, 2_400_000.0]))

    assert change_words(of_millions) == "0.250 fewer, in all five replications"


def test_an_interval_that_hides_a_null_says_that_it_is_one() -> None:
    assert null_words(found(-0.15, 1.05)).endswith("between 1.2 fewer and 0.9 more (95% interval)")


def test_it_is_said_whether_less_is_better() -> None:
    worse = replace(found(-2.1, 1.3), less_is="worse")

    assert "Probability of a reduction, which would be worse: 97%." in sentence(worse)
