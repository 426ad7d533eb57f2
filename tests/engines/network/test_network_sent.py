"""Whom effects on shares send another way on stocks, held against what can be worked out by hand."""

import pytest
from counting import count

VISITS = """
[segments.people]
people = 4000
[needs.nursing]
rate = "6 per year"
starts_at = { nurse = 0.8, carer = 0.2 }
one_at_a_time = false
[referrals.check]
rate = "40 per week"
starts_at = { nurse = 1, carer = 0 }
[activities.nurse]
duration = "30 min"
routes = { again = { to = "carer", share = 0.4 }, exit = 0.6 }
[activities.carer]
duration = "30 min"
[interventions.training]
starts = "0 h"
[[interventions.training.effects]]
times = "needs.nursing.starts_at.nurse"
value = 0.5
instead = "carer"
for = "everyone"
[[interventions.training.effects]]
times = "referrals.check.starts_at.nurse"
value = 0.75
instead = "carer"
for = "everyone"
[[interventions.training.effects]]
times = "activities.nurse.routes.exit"
value = 1.25
instead = "again"
for = ["people"]
"""
DAYS = 364
NEEDS = 4000 * 6 * DAYS / 365.25


def sent(on: tuple[str, ...] = ("training",), *, text: str = VISITS) -> tuple[list[float], list[float]]:
    """Give how many each effect sent from its route, and to it, and the needs displaced."""
    tally = count(text, days=DAYS, warm_up=0, on=on).network.tally
    assert (tally.moves[..., 0] == tally.moves[..., 1]).all()
    return tally.moves[..., 1].sum(axis=0).tolist(), tally.displaced.sum(axis=0).tolist()


def test_stocks_count_whom_effects_on_shares_send_and_of_which_needs() -> None:
    started, brought, called, fewer, away, spared = sent()[0]

    assert started == pytest.approx(NEEDS * 0.8 * 0.5, rel=1e-6)
    assert called == pytest.approx(40 / 7 * DAYS * 0.25, rel=1e-6)
    assert spared == pytest.approx(NEEDS * 0.8 * 0.5 * 0.6 * 0.25, rel=1e-3)
    assert (brought, fewer, away) == (0, 0, 0)


def test_needs_displaced_on_stocks_are_the_sum_of_those_sent() -> None:
    (started, _, _, _, _, spared), (displaced,) = sent()

    assert displaced == pytest.approx(started + spared, rel=1e-6)


def test_nothing_is_sent_on_stocks_by_what_is_off() -> None:
    assert sent(on=()) == ([], [0.0])


def test_what_a_second_effect_takes_on_is_its_own() -> None:
    onward = (
        VISITS
        + """
[[interventions.training.effects]]
times = "needs.nursing.starts_at.carer"
value = 0.5
instead = "nurse"
for = "everyone"
"""
    )
    # 0.4 of all to the carer, then half of 0.6 to the nurse, of all alike.
    (started, _, _, _, _, _, back, _), _ = sent(text=onward)

    assert started == pytest.approx(NEEDS * 0.4 * 0.5, rel=1e-6)
    assert back == pytest.approx(NEEDS * 0.6 * 0.5, rel=1e-6)
