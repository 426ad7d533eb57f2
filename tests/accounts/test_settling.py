"""Contracts settled by hand: who pays whom, to the penny, and nought in all."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from simulator.accounts.books import Books, net_of
from simulator.accounts.settling import settle
from simulator.definition.contracts import Contract
from simulator.units import SECONDS_A_YEAR

WHO = ("city", "council", "icb", "staff_and_suppliers")
SPENDS = {"city": 30_000_000_00.0, "council": 10_000_000_00.0, "icb": 40_000_000_00.0}
POUND = 100


def books(
    city: float = 100,
    council: float = 50,
    *,
    hips: float = 10,
    crises: float = 40,
    years: int = 1,
    share: float = 1,
) -> Books:
    """Make a world in which the ward costs the city and home care the council so many pounds a year."""
    activity = np.zeros((years, 2, len(WHO)))
    activity[:, 0, 0], activity[:, 1, 1] = city * POUND, council * POUND
    return Books(
        organisations=WHO,
        activities=("ward", "home_care"),
        share=share,
        seconds=np.full(years, float(SECONDS_A_YEAR)),
        activity=activity,
        schemes=np.zeros((years, len(WHO))),
        overheads=np.zeros((years, 0)),
        overhead_names=(),
        starts={"ward": np.full(years, hips), "home_care": np.full(years, 5.0)},
        cases={"crisis": np.full(years, crises)},
        people=np.full(years, 200.0 * SECONDS_A_YEAR),
    )


def contract(**said: object) -> Contract:
    return Contract.model_validate(as_read(said))


def as_read(raw: object) -> object:
    """Give parts of numbers as a file gives them: as decimals."""
    if isinstance(raw, dict):
        return {key: as_read(one) for key, one in raw.items()}
    return Decimal(str(raw)) if isinstance(raw, float) else raw


def received(found: Contract, world: Books, *, plan: Books | None = None, **others: Contract) -> list[float]:
    """Give what each has received, less paid, in pounds of the first year."""
    paid = settle(found, books=world, plan=plan or world, contracts=others, spends=SPENDS)
    assert (paid >= 0).all() or found.kind not in ("alliance", "pooled_fund")
    assert not np.einsum("yoo->yo", paid).any()
    net = paid.sum(axis=1) - paid.sum(axis=2)
    assert net.sum(axis=1) == pytest.approx(0, abs=1e-6)
    return [round(float(one), 6) for one in net[0] / POUND]


def test_a_block_pays_its_sum_whatever_is_done() -> None:
    block = contract(kind="block", payer="icb", payees={"city": {"fixed": "£120 per year"}})

    assert received(block, books(hips=10)) == received(block, books(hips=99)) == [120, 0, -120, 0]


def test_a_tariff_pays_a_price_for_each_start_and_each_case() -> None:
    prices = {"ward": "£7", "crisis": "£0.50"}
    tariff = contract(kind="tariff", payer="icb", payees={"city": {"variable": prices}})

    assert received(tariff, books(hips=10, crises=40)) == [10 * 7 + 40 * 0.5, 0, -90, 0]


def test_what_varies_is_paid_above_plan_by_the_rules_of_the_year() -> None:
    price = {"price": "£7", "sort": "emergency", "plan": "8 per year"}
    said = {"kind": "fixed_and_variable", "payer": "icb"}
    terms = {"city": {"fixed": "£100 per year", "variable": {"ward": price}}}

    assert received(contract(**said, rules="2024/25", payees=terms), books(hips=10))[0] == 100
    assert received(contract(**said, rules="2026/27", payees=terms), books(hips=10))[0] == 100 + 0.2 * 7 * 2
    assert received(contract(**said, rules="own", payees=terms), books(hips=10))[0] == 100 + 7 * 2


def test_capitation_pays_for_every_person_of_the_place() -> None:
    heads = contract(kind="capitation", payer="icb", payees={"city": {"a_head": "£3 per year"}})

    assert received(heads, books())[0] == 3 * 200


def test_a_prime_is_paid_and_pays_the_others_so_that_the_risk_is_its_own() -> None:
    terms = {"city": {"fixed": "£200 per year"}, "council": {"variable": {"home_care": "£9"}}}
    prime = contract(kind="prime", payer="icb", lead="city", payees=terms)

    assert received(prime, books()) == [200 - 45, 45, -200, 0]


def test_a_fund_pays_what_its_activities_cost_out_of_its_members_shares() -> None:
    fund = contract(kind="pooled_fund", shares={"icb": 0.6, "council": 0.4}, of=["home_care"])

    assert received(fund, books(council=50)) == [0, 50 - 20, -30, 0]


def test_a_fund_leaves_people_what_they_pay_towards_their_care() -> None:
    fund = contract(kind="pooled_fund", shares={"icb": 0.6, "council": 0.4}, of=["home_care"])
    world = books(council=50)
    world.activity[:, 1, 3] = 10 * POUND  # borne outside the organisations

    assert received(fund, world) == [0, 50 - 20, -30, 0]


def test_an_alliance_with_full_sharing_leaves_equal_gains_relative_to_spend() -> None:
    alliance = contract(kind="alliance", members=["city", "council", "icb"])
    plan, world = books(city=100, council=50), books(city=60, council=58)

    paid = settle(alliance, books=world, plan=plan, contracts={}, spends=SPENDS)
    gain = (net_of(world, paid) - net_of(plan, np.zeros_like(paid)))[0]

    relative = [gain[place] / SPENDS[name] for place, name in enumerate(WHO[:3])]
    assert relative == pytest.approx([32 * POUND / sum(SPENDS.values())] * 3)


def test_an_alliance_pools_a_part_up_to_its_cap() -> None:
    half = {"kind": "alliance", "shares": {"city": 1, "council": 1}, "gains": 0.5}
    plan, world = books(city=100, council=50), books(city=60, council=50)

    assert received(contract(**half), world, plan=plan) == [-10, 10, 0, 0]
    assert received(contract(**half, cap=0.0000001), world, plan=plan) == [-0.15 * 10, 1.5, 0, 0]


def test_an_alliance_stands_over_the_contract_that_pays_for_care() -> None:
    tariff = contract(kind="tariff", payer="icb", payees={"city": {"variable": {"ward": "£7"}}})
    alliance = contract(kind="alliance", shares={"city": 1, "icb": 1}, over="today")
    plan, world = books(hips=10), books(hips=4)

    # The city loses 42 of income that the icb keeps: against plan nobody has gained, and all is put back.
    assert received(alliance, world, plan=plan, today=tariff) == [70, 0, -70, 0]


def test_a_guarantee_never_leaves_a_loss_where_the_system_gains() -> None:
    block = contract(kind="block", payer="icb", payees={"city": {"fixed": "£1 per year"}}, loss_guarantee=0)
    tariff = contract(
        kind="tariff", payer="icb", payees={"city": {"variable": {"ward": "£7"}}}, loss_guarantee=0
    )
    plan, world = books(city=100, hips=10), books(city=90, hips=4)

    assert received(block, world, plan=plan)[0] == 1
    # Income falls by 42 and cost by 10; the icb gains 42 and makes the city's 32 good.
    assert received(tariff, world, plan=plan)[0] == 4 * 7 + 32
    assert received(tariff, books(city=150, hips=10), plan=plan)[0] == 70  # nobody gains: nobody pays


def test_what_a_guarantee_could_not_meet_is_made_good_by_later_gains_and_paid_back_if_they_go() -> None:
    # By hand, in pounds: the city loses 30, then nothing, then gains 20; the council gains 10, then 50, then
    # nothing. So far the city has lost 30, 30, 10 and the council gained 10, 60, 60.
    plan, world = books(city=100, council=100, years=3), books(years=3)
    world.activity[:, 0, 0], world.activity[:, 1, 1] = [13000, 10000, 8000], [9000, 5000, 10000]
    found = contract(kind="alliance", members=["city", "council"], gains=0, loss_guarantee=0)

    paid = settle(found, books=world, plan=plan, contracts={}, spends=SPENDS)

    assert (paid[:, 1, 0] / POUND).tolist() == [10, 20, 0]
    assert (paid[:, 0, 1] / POUND).tolist() == [0, 0, 20]
    left = (net_of(world, paid) - net_of(plan, np.zeros_like(paid))).cumsum(axis=0)[:, :2] / POUND
    assert left.tolist() == [[-20, 0], [0, 30], [0, 50]]


def test_a_guarantee_leaves_each_the_part_of_spend_that_it_bears() -> None:
    said = {"kind": "tariff", "payer": "icb", "payees": {"city": {"variable": {"ward": "£7"}}}}
    plan, world = books(hips=10), books(hips=4)

    bears = received(contract(**said, loss_guarantee=0.000001), world, plan=plan)[0]

    assert bears == pytest.approx(28 + 42 - 1e-6 * SPENDS["city"] / POUND)


def test_sums_for_the_whole_place_count_for_the_part_that_is_run() -> None:
    price = {"price": "£7", "plan": "8 per year"}
    terms = {"city": {"fixed": "£100 per year", "variable": {"ward": price}}}
    both = contract(kind="fixed_and_variable", payer="icb", payees=terms)

    assert received(both, books(hips=5, share=0.5))[0] == 50 + 7 * (5 - 4)


def test_each_year_is_settled_by_itself() -> None:
    tariff = contract(kind="tariff", payer="icb", payees={"city": {"variable": {"ward": "£7"}}})
    world = books(years=3)
    world.starts["ward"][:] = [1, 2, 3]

    paid = settle(tariff, books=world, plan=world, contracts={}, spends=SPENDS)

    assert paid[:, 2, 0].tolist() == [700, 1400, 2100]


def test_a_price_that_follows_the_patient_goes_to_the_partner_who_did_it() -> None:
    said = {"kind": "tariff", "payer": "icb", "payees": {"city": {"variable": {"ward": "£7"}}}}
    stays, follows = contract(**said), contract(**said, follows_patient=True)
    done_elsewhere = np.array([[0.0, 3.0, 0.0, 0.0]])
    world = replace(books(hips=10), helped={"ward": done_elsewhere})

    assert received(stays, world) == [70, 0, -70, 0]
    assert received(follows, world) == [49, 21, -70, 0]
    assert received(follows, books(hips=10)) == [70, 0, -70, 0]


def test_only_prices_can_follow_the_patient() -> None:
    with pytest.raises(ValueError, match="no prices of its own that could follow"):
        contract(kind="alliance", shares={"city": 1, "council": 1}, follows_patient=True)
