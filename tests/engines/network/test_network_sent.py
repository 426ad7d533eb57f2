"""Whom effects on shares send another way on stocks, held against what can be worked out by hand."""

import numpy as np
import pytest
from counting import count
from telling import compiled, span

from simulator.engines.run import run

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


BACK = """
[[interventions.training.effects]]
times = "needs.nursing.starts_at.carer"
value = 0.5
instead = "nurse"
for = "everyone"
"""
STANDING = '[interventions.standing]\nstarts = "0 h"\n' + BACK.replace("training", "standing")
TO_AND_FRO = """
[segments.people]
people = 4000
[needs.nursing]
rate = "6 per year"
starts_at = "nurse"
one_at_a_time = false
[activities.nurse]
duration = "30 min"
[activities.nurse.routes]
again = { first_free = ["carer", "helper"], share = 0.4 }
seen = { to = "exit", share = 0.5 }
exit = 0.1
[activities.carer]
resource = "carers"
duration = "30 min"
[activities.helper]
resource = "helpers"
duration = "30 min"
[resources.carers]
capacity = 1
[resources.helpers]
capacity = 1
[interventions.away]
starts = "0 h"
[[interventions.away.effects]]
times = "activities.nurse.routes.again"
value = 0
instead = "seen"
for = "everyone"
[interventions.back]
starts = "0 h"
[[interventions.back.effects]]
times = "activities.nurse.routes.seen"
value = BACK
instead = "again"
for = "everyone"
"""


def sent(on: tuple[str, ...] = ("training",), *, text: str = VISITS) -> tuple[list[float], list[float]]:
    """Give how many each effect sent from its route, and to it, and the needs displaced."""
    tally = count(text, days=DAYS, warm_up=0, on=on).network.tally
    assert (tally.moves[..., 0] == tally.moves[..., 1]).all()
    return tally.moves[..., 1].sum(axis=0).tolist(), tally.displaced.sum(axis=0).tolist()


def sent_by_people(on: tuple[str, ...], *, text: str) -> tuple[list[float], list[float]]:
    """Give the same of the people engine."""
    window = span(f"{DAYS} days", warm_up="0 days", period="28 days")
    records = run(compiled(text, window=window, on=on), engine="people", seed=1, replication=0)
    displaced = records.needs.displaced.sum(axis=(0, 2, 3))
    return records.enrolments.moved.sum(axis=0).tolist(), displaced.tolist()


def expect_alike(found: list[float], people: list[float]) -> None:
    """Hold what stocks count within four standard errors of one run of people, and nought to nought."""
    for one, other in zip(found, people, strict=True):
        assert one == pytest.approx(other, abs=4 * other**0.5)


def test_stocks_count_whom_effects_on_shares_send_and_of_which_needs() -> None:
    started, brought, called, fewer, away, spared = sent()[0]

    assert started == pytest.approx(NEEDS * 0.8 * 0.5, rel=1e-6)
    assert called == pytest.approx(40 / 7 * DAYS * 0.25, rel=1e-6)
    assert spared == pytest.approx(NEEDS * 0.8 * 0.5 * 0.6 * 0.25, rel=1e-3)
    assert (brought, fewer, away) == (0, 0, 0)


def test_needs_displaced_on_stocks_are_the_sum_of_those_sent() -> None:
    (started, _, _, _, _, spared), (displaced,) = sent()

    assert displaced == pytest.approx(started + spared, rel=1e-6)


@pytest.mark.parametrize("beside", ["", STANDING], ids=["alone", "beside another"])
def test_nothing_is_sent_on_stocks_before_a_switch_begins_or_after_it_has_ended(beside: str) -> None:
    text = VISITS.replace('starts = "0 h"', 'starts = "8 weeks"\nends = "24 weeks"') + beside
    on = ("standing", "training") if beside else ("training",)
    tally = count(text, days=DAYS, warm_up=0, on=on).network.tally
    standing, training = np.split(tally.moves[..., 1], [-6], axis=1)
    inside = np.isin(np.arange(len(training)), range(2, 6))

    assert (training[inside][:, [0, 2, 5]] > 0).all()
    assert not training[~inside].any()
    assert (tally.displaced[inside, 0] > standing[inside].sum(axis=1)).all()
    assert tally.displaced[~inside, 0] == pytest.approx(standing[~inside].sum(axis=1), rel=1e-9, abs=0)
    assert (standing[:, ::2] > 0).all()


def test_a_second_effect_sends_back_on_stocks_only_who_began_there() -> None:
    # 0.4 of all to the carer; half of 0.6 to the nurse, of whom 0.1 had not come from there.
    (started, _, _, _, _, spared, back, _), (displaced,) = sent(text=VISITS + BACK)

    assert started == pytest.approx(NEEDS * 0.4 * 0.5, rel=1e-6)
    assert back == pytest.approx(NEEDS * 0.2 * 0.5, rel=1e-6)
    assert displaced == pytest.approx(started + back + spared, rel=1e-6)


def test_stocks_send_there_and_back_as_people_do() -> None:
    moved, displaced = sent(text=VISITS + BACK)
    by_people, by_need = sent_by_people(("training",), text=VISITS + BACK)

    expect_alike(moved, by_people)
    expect_alike(displaced, by_need)


@pytest.mark.parametrize("value", [0, 0.5])
def test_who_is_led_back_along_a_route_goes_its_own_way(value: float) -> None:
    on, text = ("away", "back"), TO_AND_FRO.replace("BACK", str(value))
    moved, displaced = sent(on, text=text)
    by_people, by_need = sent_by_people(on, text=text)

    there, _, back, _ = moved
    assert there == pytest.approx(NEEDS * 0.4 * value, rel=1e-3, abs=1e-6)
    assert back == pytest.approx(NEEDS * 0.5 * (1 - value), rel=1e-3)
    assert displaced == [pytest.approx(there + back, rel=1e-6)]
    expect_alike([*moved, *displaced], [*by_people, *by_need])
