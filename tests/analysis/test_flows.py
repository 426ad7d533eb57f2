"""The finance director's columns by hand: what costs more, what costs less, what is out, what to believe."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from simulator.accounts.books import Books
from simulator.analysis.cash_compared import funding_of, purses_of
from simulator.analysis.flows import Changes, Flows, changes_of, flows_of, rises_and_falls
from simulator.compiler.standing_names import NEGOTIATION
from simulator.reports.finance import belief
from simulator.units import SECONDS_A_YEAR

WORDS = ("set_up", "recurrent", "more_care", "releasing", "transfers", "claimed", "unclaimed")


def flows_with(**columns: list[list[float]]) -> Flows:
    """Give the flows of one organisation (R, Y) in which nothing but these changes."""
    given = {word: np.array(one, dtype=float)[:, :, None] for word, one in columns.items()}
    nothing = np.zeros_like(next(iter(given.values())))
    return Flows(**{word: given.get(word, nothing) for word in WORDS})


def asked(flows: Flows):
    return funding_of(flows, [0], names=("plans", "city"), share=0.8, seconds=float(SECONDS_A_YEAR))


def test_a_line_that_costs_more_is_a_cost_and_another_is_released() -> None:
    # Two runs of two years: a virtual ward costs £40 more a year, a ward £9 less, but in one run £10 more.
    change = np.array([[[42.0, 11], [38, -1]], [[40.0, -9], [40, -19]]])

    more, less = rises_and_falls(change, bearers=[0, 0], accounts=1)

    assert more[:, :, 0].tolist() == [[42, 38], [40, 40]]
    assert less[:, :, 0].tolist() == [[-11, 1], [9, 19]]


def test_more_care_is_spent_in_the_naive_case_and_in_what_one_would_have_to_believe() -> None:
    found = asked(flows_with(recurrent=[[13.3]], claimed=[[14.6]], unclaimed=[[42.4]]))

    assert found.naive.mean == pytest.approx(14.6 - 55.7)
    assert found.must_release == pytest.approx(55.7 / 14.6)
    assert belief(found) == "382% of the average cost: no release could break even"


def test_care_with_an_average_cost_is_weighed_by_that_alone_and_all_else_before_refill() -> None:
    # By line: the ward of the city and of the icb, a clinic of each, and a sum of the city's that stands.
    nothing = np.zeros((1, 1, 2))
    words = dict.fromkeys(("set_up", "recurrent", "transfers", "claimed"), nothing)
    found = Changes(**words, before=np.array([[[7.0, 8, 5, 3, 2]]]), after=np.array([[[9.0, 8, 6, 4, 2]]]))
    books = SimpleNamespace(
        organisations=("city", "icb"),
        activities=("ward", "clinic"),
        activity=np.zeros((1, 2, 2)),
        overhead_names=("city.lease",),
        place=("city", "icb").index,
    )
    costs = {"ward": SimpleNamespace(average=900), "clinic": SimpleNamespace(average=None)}

    flows = flows_of([found], books=books, model=SimpleNamespace(costs=costs), draws=0)

    assert flows.unclaimed.tolist() == [[[5 + 2, 3]]]
    assert flows.more_care.tolist() == [[[9 + 6 + 2, 8 + 4]]]


def bought(*, lease: float, agreed: float) -> Books:
    """Give one year of a city that does nothing but pay a lease, and for agreeing on a joint price."""
    return Books(
        organisations=("city",),
        activities=(),
        share=1.0,
        seconds=np.array([float(SECONDS_A_YEAR)]),
        activity=np.zeros((1, 0, 1)),
        schemes=np.zeros((1, 1)),
        overheads=np.array([[lease, agreed]]) * 100,
        overhead_names=("city.lease", f"city.{NEGOTIATION}:oxygen"),
        starts={},
        cases={},
        people=np.zeros(1),
    )


def gathered(one: Books) -> SimpleNamespace:
    return SimpleNamespace(books=[one])


def test_what_it_costs_to_agree_on_a_price_is_set_up_and_nothing_else() -> None:
    there, here = bought(lease=10, agreed=0), bought(lease=4, agreed=7)
    found = SimpleNamespace(scenarios={"baseline": gathered(there), "plans": gathered(here)})
    results = SimpleNamespace(scenarios=("baseline", "plans"), model=SimpleNamespace(contracts={}, costs={}))

    changed = changes_of(found, results, scenario="plans", after=gathered(here))
    flows = flows_of([changed], books=there, model=results.model, draws=0)

    columns = (flows.set_up, flows.more_care, flows.releasing, flows.net)
    assert [one.tolist() for one in columns] == [[[[7]]], [[[0]]], [[[6]]], [[[-1]]]]


def test_net_is_gains_less_costs() -> None:
    flows = flows_with(
        set_up=[[5.0]], recurrent=[[3.0]], more_care=[[40.0]], releasing=[[9.0]], transfers=[[2.0]]
    )

    assert flows.net.tolist() == [[[9 + 2 - 5 - 3 - 40]]]


def test_chance_about_nought_asks_for_no_funding() -> None:
    assert asked(flows_with(releasing=[[10.0], [-10.0]])).peak.is_nought


def test_peak_is_where_the_mean_path_is_lowest_with_the_interval_of_that_moment() -> None:
    # £6 to set up; year one leaves 8 and 0 less, year two brings all back.
    peak = asked(flows_with(set_up=[[6.0, 0], [6, 0]], releasing=[[-2.0, 20], [6, 20]])).peak

    assert peak.mean == 6
    assert peak.sd == 0


def test_the_sum_so_far_is_discounted_to_the_first_year() -> None:
    flows = flows_with(releasing=[[100.0, 103.5]])

    years = list(purses_of(flows, [0], names=("plans", "city"), share=0.8, starts=date(2025, 4, 1)))

    assert [one.cumulative.mean for one in years] == pytest.approx([100, 200])


def test_who_gains_and_spends_nothing_breaks_nothing_even() -> None:
    first, second = purses_of(
        flows_with(releasing=[[0.0, 5.0]]), [0], names=("plans", "city"), share=0.8, starts=date(2025, 4, 1)
    )

    assert first.breaks_even is None
    assert second.breaks_even == 1
