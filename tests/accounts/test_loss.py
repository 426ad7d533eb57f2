"""What members lose that nobody makes good: worked by hand over three months, and under contracts."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.accounts.books import Books
from simulator.accounts.loss import month_loss
from simulator.compiler.collaboration_arrays import Feedback
from simulator.definition.contracts import Contract

MONTH = 30 * 86_400.0
YEAR = 365.25 * 86_400.0
WHO = ("city", "council", "icb")
PRICES = Contract.model_validate(
    {"kind": "tariff", "payer": "icb", "payees": {"city": {"variable": {"ward": "£900"}}}}
)
TOGETHER = Contract.model_validate({"kind": "alliance", "members": ["city", "council"]})
GUARANTEE = Contract.model_validate(
    {"kind": "alliance", "members": ["city", "council"], "gains": 0, "loss_guarantee": 0}
)


def books(city: float, council: float, *, starts: float = 0.0) -> Books:
    """Make a month in which two organisations spend so many pounds."""
    activity = np.array([[[city * 100, council * 100, 0.0]]])
    return Books(
        organisations=WHO,
        activities=("ward",),
        share=1.0,
        seconds=np.array([MONTH]),
        activity=activity,
        schemes=np.zeros((1, 3)),
        overheads=np.zeros((1, 0)),
        overhead_names=(),
        starts={"ward": np.array([starts])},
        cases={},
        people=np.array([0.0]),
    )


def under(contract: Contract | None) -> Feedback:
    """Give a feedback whose members turn over £10,000 and £5,000 in thirty days."""
    turnover = np.array([10_000.0, 5_000.0, 0.0]) * 100 * YEAR / MONTH
    return Feedback(
        month_second=np.array([0]),
        turnover=turnover,
        contract=None if contract is None else "one",
        contracts=() if contract is None else (("one", contract),),
        spends=(("city", 1e7), ("council", 5e6), ("icb", 1e7)),
        share=1.0,
    )


def test_a_loss_over_three_months_is_what_one_works_out_by_hand() -> None:
    plan = [books(1_000, 500), books(1_000, 500), books(1_200, 500)]
    here = [books(900, 600), books(1_100, 500), books(1_200, 450)]

    found = [month_loss(under(None), mine, plan=theirs) for mine, theirs in zip(here, plan, strict=True)]

    assert np.array(found) == pytest.approx(np.array([[0, 0.02, 0], [0.01, 0, 0], [0, 0, 0]]))


def test_under_a_tariff_who_does_less_loses_what_it_is_not_paid() -> None:
    found = month_loss(under(PRICES), books(900, 500, starts=1), plan=books(1_000, 500, starts=2))

    assert found == pytest.approx([0.08, 0, 0])


@pytest.mark.parametrize("contract", [None, PRICES, TOGETHER, GUARANTEE])
def test_the_same_month_twice_is_no_loss_at_all(contract: Contract | None) -> None:
    same = books(1_000.1, 500.7, starts=3)

    assert month_loss(under(contract), same, plan=same).tolist() == [0.0, 0.0, 0.0]


def test_full_sharing_leaves_members_equal_losses_and_none_where_both_gain_in_all() -> None:
    worse = month_loss(under(TOGETHER), books(1_000, 650), plan=books(1_000, 500))
    better = month_loss(under(TOGETHER), books(800, 600), plan=books(1_000, 500))

    assert worse == pytest.approx([0.01, 0.01, 0])
    assert better.tolist() == [0.0, 0.0, 0.0]


def test_a_guarantee_leaves_no_loss_where_all_together_gain() -> None:
    found = month_loss(under(GUARANTEE), books(800, 600), plan=books(1_000, 500))

    assert found == pytest.approx([0, 0, 0], abs=1e-15)


def test_whose_turnover_is_not_known_has_no_loss() -> None:
    nobody = replace(under(None), turnover=np.zeros(3))

    assert month_loss(nobody, books(2_000, 500), plan=books(1_000, 500)).tolist() == [0.0, 0.0, 0.0]
