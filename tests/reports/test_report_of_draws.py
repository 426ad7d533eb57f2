"""A report over draws says that it is, and never claims more than they show."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from simulator.analysis.intervals import Estimate, estimate_difference
from simulator.analysis.spread import over_draws
from simulator.reports.sureness import how_sure
from simulator.reports.sweep.words import estimate_at
from simulator.reports.wording import Finding, chance, change, null_words, sentence

NOISE = [-4.0, 6.0, 3.0, -7.0, -5.0, 6.0, 4.0, -7.0]


def results(*, draws: int, replications: int = 3, engine: str = "people") -> object:
    manifest = SimpleNamespace(engine=engine)
    return SimpleNamespace(draws=draws, replications=tuple(range(replications)), manifest=manifest)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            results(draws=20),
            "drawn from it 20 times, the same in all worlds, and each draw was run three times",
        ),
        (results(draws=20), "the chance of who falls ill when is taken out"),
        (results(draws=20, replications=1), "one run a draw cannot tell the two apart"),
        (results(draws=20, replications=1, engine="stocks"), "there is no chance in this engine"),
        (results(draws=0), "leave out what is not known of the model’s values"),
    ],
)
def test_the_page_says_whether_intervals_hold_doubt_or_chance_alone(told: object, said: str) -> None:
    assert said in how_sure(told)


def test_a_figure_without_an_interval_is_not_said_to_have_one() -> None:
    assert how_sure(results(draws=0, replications=1)) == ""
    assert how_sure(results(draws=0, replications=1, engine="stocks")) == ""


def over(values: list[float], *, draws: int) -> Estimate:
    return estimate_difference(values, [0.0] * len(values), draws=draws)


def test_draws_that_differ_by_chance_alone_are_shown_with_the_interval_of_their_mean() -> None:
    one = over(NOISE, draws=4)
    found = Finding(title="Stays", unit="stays a year", baseline=None, difference=one)

    assert (one.low, one.high) == (one.mean_low, one.mean_high)
    assert one.low < 0 < one.high
    assert not found.is_seen
    assert null_words(found).startswith("no difference that four draws could see")
    assert chance(one) == "73%"


def test_a_few_draws_never_make_a_probability_of_over_99_per_cent() -> None:
    surely = over([-3.0, -2.0, -4.0, -2.5], draws=4)

    assert chance(surely) == "all of four draws"
    assert chance(replace(surely, probability_of_reduction=0.0)) == "none of four draws"
    assert chance(replace(surely, probability_of_reduction=0.25)) == "25%"
    found = Finding(title="Stays", unit="stays a year", baseline=None, difference=surely)
    assert "Probability of a reduction: all of four draws." in sentence(found)


def test_where_there_is_chance_a_few_draws_are_as_sure_as_so_many_can_be() -> None:
    surely = over([-30.0, -31.0, -40.0, -42.0, -35.0, -34.0], draws=3)

    assert 0.99 < surely.probability_of_reduction < 1.0
    assert chance(surely) == "over 75%"
    assert chance(replace(surely, probability_of_reduction=0.01)) == "under 25%"
    assert chance(replace(surely, probability_of_reduction=0.999, draws=200)) == "over 99%"


def test_draws_whose_mean_is_nought_by_chance_are_not_the_same_everywhere() -> None:
    one = over([-4.0, 6.0, 3.0, -5.0], draws=2)
    found = Finding(title="Stays", unit="stays a year", baseline=None, difference=one)

    assert one.mean == 0
    assert one.sd == 0
    assert not found.is_nothing
    assert "all four draws" not in null_words(found) + change(one, "stays a year")


def test_what_is_the_same_in_every_draw_is_said_so() -> None:
    assert change(over([0.0] * 4, draws=4), "people") == "0, in all four draws"


def test_a_sweep_over_draws_says_what_a_run_says() -> None:
    spread = over_draws(np.array(NOISE).reshape(1, 1, 1, 4, 2))
    plan = SimpleNamespace(draws=(1, 2, 3, 4))
    found = SimpleNamespace(differences=spread, levels=spread, results=SimpleNamespace(plan=plan))

    assert estimate_at(found, (0, 0, 0), is_difference=True) == over(NOISE, draws=4)
