"""Alliances of localities settled by hand: each shares what comes of its own people, to the penny."""

from dataclasses import replace

import numpy as np
from accounts.test_settling import POUND, SPENDS, WHO, books, contract

from simulator.accounts.books import Books, net_of
from simulator.accounts.local import Local
from simulator.accounts.settling import gains_within, settle
from simulator.definition.contracts import Contract
from simulator.units import SECONDS_A_YEAR

TARIFF = contract(kind="tariff", payer="icb", payees={"city": {"variable": {"ward": "£7"}}})
EAST = {"kind": "alliance", "shares": {"city": 1, "icb": 1}, "localities": ["east"], "over": "tariff"}
WEST = EAST | {"localities": ["west"], "over": "east"}


def place(cost: tuple[float, float], stays: tuple[float, float], *, elsewhere: float = 0) -> Books:
    """Make a world whose ward costs the city so much for those of the east and the west, and for others."""
    activity, starts = np.zeros((1, 2, 2, len(WHO))), np.zeros((1, 2, 2))
    activity[0, :, 0, 0], starts[0, :, 0] = np.array(cost) * POUND, stays
    found = books(city=sum(cost) + elsewhere, council=0, hips=sum(stays))
    local = Local(
        names=("east", "west"),
        parts=np.array([0.25, 0.75]),
        activity=activity,
        schemes=np.zeros((1, 2, len(WHO))),
        starts=starts,
        cases=np.zeros((1, 2, 1)),
        stays=np.zeros((1, 2, 2)),
        people=np.array([[50.0, 150.0]]) * SECONDS_A_YEAR,
    )
    return replace(found, local=local)


PLAN, WORLD = place((60, 40), (6, 4)), place((30, 45), (4, 5), elsewhere=9)


def paid(found: Contract, world: Books = WORLD, **others: Contract) -> list[float]:
    """Give what each is paid, less what it pays, in pounds."""
    table = settle(found, books=world, plan=PLAN, contracts={"tariff": TARIFF, **others}, spends=SPENDS)
    net = (table.sum(axis=1) - table.sum(axis=2))[0] / POUND
    assert (table >= 0).all()
    assert not table.diagonal(axis1=1, axis2=2).any()
    return [round(float(one), 9) + 0.0 for one in net]


def test_each_alliance_shares_what_comes_of_its_own_people_and_no_more() -> None:
    east, west = contract(**EAST), contract(**WEST)

    # East: the city spends 30 less and is paid 2 x 7 less, so it gains 16 and the icb 14: it pays 1.
    assert paid(east) == [9 * 7 - 1, 0, 1 - 9 * 7, 0]
    # West: the city spends 5 more and is paid 7 more, gains 2; the icb loses 7: the city pays 4.50 besides.
    assert paid(west, east=east) == [9 * 7 - 1 - 4.5, 0, 4.5 + 1 - 9 * 7, 0]


def test_which_of_two_alliances_stands_over_the_other_changes_nothing() -> None:
    west, east = contract(**WEST | {"over": "tariff"}), contract(**EAST | {"over": "west"})

    assert paid(east, west=west) == paid(contract(**WEST), east=contract(**EAST))


def test_what_each_gains_by_the_people_there_is_left_equal_to_the_members() -> None:
    own = {"books": WORLD, "plan": PLAN, "contracts": {"tariff": TARIFF}, "spends": SPENDS}

    gains = gains_within(contract(**EAST), **own)[0] / POUND

    assert gains.tolist() == [16, 0, 14, 0]


def test_in_a_world_like_the_plan_an_alliance_of_a_locality_moves_nothing() -> None:
    east = contract(**EAST)

    assert paid(contract(**WEST), PLAN, east=east) == paid(TARIFF, PLAN) == [70, 0, -70, 0]


def test_a_cap_is_of_the_spend_for_the_people_who_live_there() -> None:
    capped = contract(**EAST | {"cap": 0.000001})

    # A quarter of the people: the city may put in 0.000001 x 30m / 4 = 7.50 of 16, the icb 10 of 14.
    assert paid(capped) == [9 * 7 + 1.25, 0, -9 * 7 - 1.25, 0]


def test_a_guarantee_of_a_locality_makes_good_what_its_own_people_cost() -> None:
    said = WEST | {"over": "tariff", "gains": 0, "loss_guarantee": 0}

    # The icb loses 7 and the city gains 2, so the city gives all of it.
    assert paid(contract(**said)) == [9 * 7 - 2, 0, 2 - 9 * 7, 0]


def test_a_guarantee_is_among_all_who_pay_under_it_however_many_alliances_lie_between() -> None:
    said = WEST | {"shares": {"city": 1, "council": 1}, "gains": 0, "loss_guarantee": 0}

    alone = paid(contract(**said | {"over": "tariff"}))

    assert alone == [9 * 7 - 2, 0, 2 - 9 * 7, 0]
    assert paid(contract(**said), east=contract(**EAST | {"gains": 0})) == alone


def test_a_fund_of_a_locality_pays_for_the_care_of_its_people_alone() -> None:
    said = {"kind": "pooled_fund", "shares": {"icb": 0.6, "city": 0.4}, "of": ["ward"]}

    assert paid(contract(**said, localities=["east"])) == [0.6 * 30, 0, -0.6 * 30, 0]
    assert paid(contract(**said, localities=["east", "west"])) == [0.6 * 75, 0, -0.6 * 75, 0]


def test_what_is_nobodys_or_stands_for_all_is_in_no_locality() -> None:
    both = WORLD.within(["east", "west"])
    nothing = settle(TARIFF, books=both, plan=both, contracts={}, spends=SPENDS) * 0

    assert net_of(both, nothing)[0, 0] == -75 * POUND
    assert (net_of(WORLD, nothing) - net_of(both, nothing))[0, 0] == -9 * POUND
