"""Slow units take a turn every few steps; runs side by side are what each is alone."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from counting import count
from telling import compiled, span

from simulator.compiler.program import Program
from simulator.engines.network import Network, monthly
from simulator.engines.network.kernels.net import Net
from simulator.engines.network.kernels.running import runs as take_through
from simulator.engines.records import ACTIVE_AREA, QUEUE_AREA, STARTS

HOMES = """
[referrals.patient]
rate = "6 per day"
starts_at = "ae"
[resources.spaces]
capacity = 20
[activities.ae]
resource = "spaces"
duration = "6 h"
keeps_place_until_next = KEEPS
routes = "care_home"
[resources.rooms]
capacity = 130
[activities.care_home]
resource = "rooms"
duration = { expon = { mean = "20 days" } }
"""


def homes(*, keeps: str = '"leaves"', more: str = "") -> str:
    return HOMES.replace("KEEPS", keeps) + more


def slow(text: str) -> dict[str, bool]:
    found = count(text, days=28, warm_up=0)
    net, lanes = found.network.net, found.network.laid.lanes
    unit = np.repeat(np.arange(len(net.unit_slow)), np.diff(net.unit_first))
    names = found.program.names.activities
    return {
        names[lanes.activity[lane]]: bool(net.unit_slow[of])
        for lane, of in zip(net.unit_lane, unit, strict=True)
    }


def test_long_stays_take_their_turn_every_few_hours() -> None:
    assert slow(homes()) == {"ae": False, "care_home": True}


def test_nobody_who_keeps_a_quick_place_waits_for_the_turn_of_a_slow_one() -> None:
    assert slow(homes(keeps='"starts"')) == {"ae": False, "care_home": False}


@pytest.mark.parametrize(
    "more", ['ends_at = "hours"\n[profiles.hours]\nhour = [H]\n', 'turnaround = "6 h"\n']
)
def test_who_leaves_at_certain_hours_or_is_cleaned_up_after_is_not_slow(more: str) -> None:
    hours = ", ".join(["0"] * 9 + ["1"] * 6 + ["0"] * 9)

    assert not slow(homes(more=more.replace("H", hours)))["care_home"]


def test_turns_change_next_to_nothing() -> None:
    often, seldom = count(homes(keeps='"starts"')), count(homes())

    for name, field in (("care_home", STARTS), ("care_home", ACTIVE_AREA)):
        assert seldom.activity(name, field) == pytest.approx(often.activity(name, field), rel=2e-3)
    assert seldom.resource("rooms", QUEUE_AREA) == pytest.approx(
        often.resource("rooms", QUEUE_AREA), rel=0.05
    )


def runs(rate: int) -> Program:
    text = homes().replace('"6 per day"', f'"{rate} per day"')
    return compiled(text, window=span("112 days", warm_up="28 days", period="28 days"))


def outcome(program: Program) -> bytes:
    return Network(program).run().lanes.tobytes()


def test_runs_side_by_side_are_bit_for_bit_what_each_is_alone() -> None:
    programs = [runs(rate) for rate in (4, 5, 6, 7)]
    alone = [outcome(program) for program in programs]

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(outcome, programs))

    assert together == alone
    assert len({*alone}) == 4


def test_programs_that_differ_in_numbers_share_one_layout() -> None:
    one, other = Network(runs(4)), Network(runs(5))

    assert id(one.laid.lanes) == id(other.laid.lanes)
    assert not np.shares_memory(one.laid.net.cell_stock, other.laid.net.cell_stock)


def test_steps_alone_bring_what_they_bring_together(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Network(runs(6)).run()

    def step_by_step(net: Net, first: int, last: int, opens: bool, closes: bool) -> None:
        for step in range(first, last):
            take_through(net, step, step + 1, opens, closes)

    monkeypatch.setattr(monthly, "runs", step_by_step)
    parts = Network(runs(6)).run()

    np.testing.assert_allclose(parts.lanes, whole.lanes, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(parts.links, whole.links, rtol=1e-9)


def test_a_block_taken_in_parts_comes_to_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Network(runs(6)).run()

    def in_parts(net: Net, first: int, last: int, opens: bool, closes: bool) -> None:
        for step in range(first, last):
            take_through(net, step, step + 1, opens and step == first, closes and step == last - 1)

    monkeypatch.setattr(monthly, "runs", in_parts)
    parts = Network(runs(6)).run()

    for name in ("lanes", "stations", "links", "share", "exits"):
        assert np.array_equal(getattr(parts, name), getattr(whole, name)), name
