"""What a queue stands in is taken between known settings, without a jump, so that differences are smooth."""

import math
from dataclasses import replace

import numpy as np
import pytest
from counting import count
from test_network_spread import BOARDING

from simulator.engines.network.closure_kinds import MATCHING
from simulator.engines.network.lattice import around
from simulator.engines.network.matching import Kept
from simulator.engines.network.queue import Queue, Setting
from simulator.engines.network.stationary import EVERYBODY, Thinning
from simulator.engines.records import KEPT_AREA

KEPT = Kept(mean=4.321, chance=0.337, spread=0.812)
CROWDED = Thinning(needed=(0, 2), share=(0.713, 0.287), waiting=0.66, eases=4.4, stops=9.7, bursts=0.43)


def numbers(setting: Setting) -> list[float]:
    """Give what a setting is made of, numbers kept as their logarithm."""
    if isinstance(setting, Kept):
        return [math.log(setting.mean), setting.chance, setting.spread]
    assert setting.eases is not None
    assert setting.stops is not None
    return [*setting.share, setting.waiting, setting.bursts, setting.eases, setting.stops]


@pytest.mark.parametrize("setting", [KEPT, CROWDED])
def test_the_corners_around_a_setting_come_to_it_again(setting: Setting) -> None:
    corners = list(around(setting))

    weights = np.array([weight for weight, _ in corners])
    assert weights.min() > 0
    assert weights.sum() == pytest.approx(1.0, abs=1e-12)
    assert weights @ np.array([numbers(one) for _, one in corners]) == pytest.approx(
        np.array(numbers(setting)), abs=1e-4
    )


def test_a_setting_of_the_lattice_is_itself() -> None:
    there = Thinning(needed=(0, 2), share=(0.7, 0.3), waiting=0.65, eases=4, stops=9)

    assert [one for weight, one in around(there) if weight > 1e-9] == [there]
    assert list(around(EVERYBODY)) == [(1.0, EVERYBODY)]


def test_nobody_stops_coming_before_they_begin_to() -> None:
    close = replace(CROWDED, eases=8.95, stops=9.96)

    for _, one in around(close):
        assert isinstance(one, Thinning)
        assert one.eases is not None
        assert one.stops is not None
        assert one.stops - one.eases >= 1


def busy(setting: Setting) -> np.ndarray:
    [found] = MATCHING.tables(
        Queue(places=30, patience=0.05, room=None, spread=1.0, needed=(0, 2), setting=setting)
    )
    return found.busy


@pytest.mark.parametrize(
    "walk",
    [
        [replace(KEPT, mean=4.0 + 0.004 * step, chance=0.3 + 0.0005 * step) for step in range(101)],
        [replace(CROWDED, waiting=0.6 + 0.001 * step, stops=9.0 + 0.01 * step) for step in range(101)],
    ],
)
def test_tables_have_no_jump_on_the_way_from_one_setting_to_another(walk: list[Setting]) -> None:
    tables = np.array([busy(one) for one in walk])

    steps = np.abs(np.diff(tables, axis=0)).max(axis=1)
    whole = np.abs(tables[-1] - tables[0]).max()
    assert whole > 0.05
    assert steps.max() < 4 * whole / len(steps)


def test_what_is_kept_goes_smoothly_with_how_many_come() -> None:
    rates = np.linspace(9.6, 10.0, 31)
    text = BOARDING.replace("SPACES", "14")

    found = np.array(
        [
            count(text.replace("9.7 per day", f"{rate} per day"), days=182, warm_up=91).mean("ae", KEPT_AREA)
            for rate in rates.tolist()
        ]
    )

    steps = np.diff(found)
    assert steps.min() > 0.25 * steps.mean()
    assert steps.max() < 4 * steps.mean()
