"""Many scenarios in one sentence: a winner is named where no other interval meets its own, and only there."""

from dataclasses import replace

import pytest

from simulator.analysis.intervals import Estimate
from simulator.reports.ranking import Row, ranking
from simulator.reports.wording import Finding

NAMES = ("Forced", "Typical", "Mature", "Shared")


def rows(*ends: tuple[float, float], title: str = "Beds at midnight", unit: str = "beds") -> list[Row]:
    """Make a row a scenario from the ends of its interval."""
    return [
        (
            name,
            Finding(
                title=title,
                unit=unit,
                baseline=None,
                difference=Estimate(
                    mean=(low + high) / 2, sd=1.0, low=low, high=high, low_80=low, high_80=high, n=5
                ),
            ),
        )
        for name, (low, high) in zip(NAMES, ends, strict=False)
    ]


def without_intervals(found: list[Row], *, has_chance: bool) -> list[Row]:
    return [
        (
            name,
            replace(
                one,
                has_chance=has_chance,
                difference=replace(one.difference, n=1, sd=None, low=None, high=None),
            ),
        )
        for name, one in found
    ]


def test_the_one_whose_interval_lies_beyond_all_others_is_named() -> None:
    assert ranking([rows((-9, -7), (-6, -4.5), (-4, -2), (-1, 1))]) == (
        "Beds at midnight: three of the four scenarios differ from the baseline by the 95% intervals; "
        "three fewer: most ‘Forced’, about 8.0 fewer (95% interval 7.0 to 9.0 fewer), least ‘Mature’, about "
        "3.0 fewer (95% interval 2.0 to 4.0 fewer)."
    )


def test_one_does_least_only_where_its_interval_lies_apart_too() -> None:
    said = ranking([rows((-11, -9), (-7, -1), (-6.9, -0.9), (-1, 1))])

    assert said.endswith("; three fewer: most ‘Forced’, about 10.0 fewer (95% interval 9.0 to 11.0 fewer).")
    more = ranking([rows((9, 11), (5, 7), (1, 5.5), (-1, 1))])
    assert "; three more: most ‘Forced’" in more
    assert "least" not in more
    assert "least ‘Mature’" in ranking([rows((9, 11), (5, 7), (1, 4.5), (-1, 1))])


@pytest.mark.parametrize("other", [(-8, 1), (-7.5, -2)])
def test_no_winner_is_named_where_intervals_meet(other: tuple[float, float]) -> None:
    said = ranking([rows((-9, -7), other, (-3, -2), (-1, 1))])

    assert "most ‘Forced’" not in said
    assert "which of them does most cannot be told, for intervals meet." in said
    assert "‘Forced’, about 8.0 fewer (95% interval 7.0 to 9.0 fewer); which" in said
    assert ("; three fewer: from ‘Mature’" in said) == (other[1] < 0)
    assert ("; two fewer: ‘Mature’" in said) == (other[1] > 0)


def test_both_directions_are_told() -> None:
    said = ranking([rows((-9, -7), (-5, -3), (2, 4), (-1, 1))])

    assert "; two fewer: most ‘Forced’" in said
    assert said.endswith("; one more: ‘Mature’, about 3.0 more (95% interval 2.0 to 4.0 more).")


def test_where_the_main_measure_shows_nothing_the_next_that_does_is_told() -> None:
    nothing = rows((-1, 1), (-2, 1), (-1, 1.5), (0, 0))
    money = rows((-9e5, -7e5), *[(-1, 1)] * 3, title="Cost a year", unit="£ a year")

    assert ranking([nothing, money]).startswith(
        "Beds at midnight: none of the four scenarios can be told from the baseline (between 2.0 fewer and "
        "1.5 more); cost a year: one of the four scenarios "
        "differs from the baseline by the 95% intervals; one less: ‘Forced’, about £800 thousand"
    )
    assert ranking([nothing, nothing, nothing]) == (
        "Beds at midnight: none of the four scenarios can be told from the baseline (between 2.0 fewer and "
        "1.5 more), nor in any other of the three measures that decide: every 95% interval holds nought."
    )
    assert ranking([nothing]).endswith("2.0 fewer and 1.5 more): every 95% interval holds nought.")


def test_one_replication_ranks_nothing_and_stocks_rank_without_intervals() -> None:
    found = rows((-9, -7), (-5, -3), (2, 4), (-1, 1))

    assert ranking([without_intervals(found, has_chance=True)]) == (
        "One replication cannot tell which of the four scenarios does most."
    )
    assert ranking([without_intervals(found, has_chance=False)]) == (
        "Beds at midnight, counted as stocks, with no chance and no intervals: three of the four scenarios "
        "differ from the baseline, from ‘Forced’, about 8.00 fewer, to ‘Mature’, about 3.00 more."
    )


def test_of_few_scenarios_nothing_is_said() -> None:
    assert not ranking([rows((-9, -7), (-5, -3), (2, 4))])
    assert not ranking([])
