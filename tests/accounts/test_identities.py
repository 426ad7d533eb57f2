"""Whatever the contract and whatever happens: money changes hands and none is made or lost."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.accounts.books import Books, net_of
from simulator.accounts.settling import settle
from simulator.definition.contracts import Contract
from simulator.units import SECONDS_A_YEAR

WHO = ("city", "council", "icb", "staff_and_suppliers")
MEMBERS = WHO[:3]
SPENDS = {"city": 3e9, "council": 1e9, "icb": 4e9}
YEARS = 2

costs = st.lists(st.integers(0, 10**9), min_size=YEARS * 6, max_size=YEARS * 6)
numbers = st.lists(st.integers(0, 1000), min_size=YEARS, max_size=YEARS)
shares = st.fixed_dictionaries({name: st.integers(0, 10) for name in MEMBERS}).filter(
    lambda one: any(one.values())
)
parts = st.integers(0, 100).map(lambda one: Decimal(one) / 100)


@st.composite
def worlds(draw: st.DrawFn) -> Books:
    """Draw what one world comes to."""
    activity = np.zeros((YEARS, 2, len(WHO)))
    activity[:, :, :3] = np.reshape(draw(costs), (YEARS, 2, 3))
    return Books(
        organisations=WHO,
        activities=("ward", "home_care"),
        share=1.0,
        seconds=np.array([SECONDS_A_YEAR, SECONDS_A_YEAR / 3]),
        activity=activity,
        schemes=np.zeros((YEARS, len(WHO))),
        overheads=np.zeros((YEARS, 0)),
        overhead_names=(),
        starts={"ward": np.array(draw(numbers), float), "home_care": np.array(draw(numbers), float)},
        cases={"crisis": np.array(draw(numbers), float)},
        people=np.full(YEARS, 200.0 * SECONDS_A_YEAR),
    )


TODAY = Contract.model_validate(
    {
        "kind": "fixed_and_variable",
        "payer": "icb",
        "payees": {"city": {"fixed": "£1m per year", "variable": {"ward": "£900", "crisis": "£50"}}},
    }
)


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    """Draw an alliance or a fund over today's contract, with or without a guarantee."""
    said: dict[str, object] = {"shares": draw(shares), "over": "today"}
    if draw(st.booleans()):
        said |= {"kind": "alliance", "gains": draw(parts), "cap": draw(st.none() | parts)}
    else:
        said |= {"kind": "pooled_fund", "of": ["home_care"]}
    return Contract.model_validate(said | {"loss_guarantee": draw(st.none() | parts)})


def gain(found: Contract, world: Books, plan: Books) -> np.ndarray:
    """Give what each gains on the plan by year."""
    said = {"contracts": {"today": TODAY}, "spends": SPENDS, "plan": plan}
    return net_of(world, settle(found, books=world, **said)) - net_of(plan, settle(found, books=plan, **said))


@settings(deadline=None)
@given(contracts(), worlds(), worlds())
def test_the_sum_over_all_accounts_is_nought_and_nobody_pays_themselves(
    found: Contract, world: Books, plan: Books
) -> None:
    paid = settle(found, books=world, plan=plan, contracts={"today": TODAY}, spends=SPENDS)

    received = paid.sum(axis=1) - paid.sum(axis=2)
    assert received.sum(axis=1) == pytest.approx(0, abs=1e-3)
    assert not np.einsum("yoo->yo", paid).any()
    assert not received[:, WHO.index("staff_and_suppliers")].any()


@settings(deadline=None)
@given(contracts(), worlds(), worlds())
def test_together_all_gain_what_care_costs_less(found: Contract, world: Books, plan: Books) -> None:
    spared = (plan.resources - world.resources).sum(axis=1)

    assert gain(found, world, plan).sum(axis=1) == pytest.approx(spared, abs=1e-3)


@settings(deadline=None)
@given(contracts(), worlds())
def test_where_all_goes_to_plan_nobody_gains_or_loses(found: Contract, plan: Books) -> None:
    assert gain(found, plan, plan) == pytest.approx(0, abs=1e-3)


@settings(deadline=None)
@given(worlds(), worlds(), parts)
def test_a_guarantee_leaves_no_loss_so_far_beyond_its_part_where_all_together_gained(
    world: Books, plan: Books, part: Decimal
) -> None:
    found = TODAY.model_copy(update={"loss_guarantee": None})
    guaranteed = Contract.model_validate(
        {"kind": "alliance", "over": "today", "members": list(MEMBERS), "gains": 0, "loss_guarantee": part}
    )
    gains = gain(guaranteed, world, plan).cumsum(axis=0)
    free, floor = gain(found, world, plan).cumsum(axis=0), -float(part) * np.array([3e9, 1e9, 4e9])

    for year, length in enumerate(world.seconds.cumsum() / SECONDS_A_YEAR):
        if free[year].sum() >= 0:
            assert (gains[year, :3] >= floor * length - 1e-3).all()


@settings(deadline=None)
@given(worlds(), worlds(), shares)
def test_full_sharing_divides_the_whole_gain_by_the_shares(
    world: Books, plan: Books, weights: dict[str, int]
) -> None:
    alliance = Contract.model_validate({"kind": "alliance", "shares": weights})
    others = [name for name in MEMBERS if not weights[name]]
    zeroed = replace(
        world, activity=np.where(np.isin(WHO, others), plan.activity, world.activity)
    )  # those outside it are as planned

    found = gain(alliance, zeroed, plan)

    expected = np.array([weights[name] for name in MEMBERS]) / sum(weights.values())
    for year in range(YEARS):
        assert found[year, :3] == pytest.approx(expected * found[year].sum(), abs=1e-2)
