"""Stocks of the file beside the network as stocks: levels both ways, bounds, heads that cross in parts."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from counting import count

from simulator.compiler import Window, compile_model
from simulator.compiler.program import Program
from simulator.definition import load_model
from simulator.engines.network import Network
from simulator.engines.network.kernels.net import CAME
from simulator.engines.network.nodes import DEAD
from simulator.engines.records import ACTIVE_AREA, AVAILABLE_AREA, GAVE_UP, STARTS, USED_AREA, WAITING_AREA
from simulator.engines.run import run
from simulator.errors import RunFailed

MODELS = Path(__file__).parents[3] / "models"
MODEL = """
[segments.frail]
people = 500
joiners = "50 per year"
becomes = { dead = "0.1 per year" }
[needs.fall]
rate = "0.5 per year"
one_at_a_time = false
starts_at = "visit"
[activities.visit]
duration = "1 h"
[referrals.client]
rate = "2 per day"
starts_at = "care"
[timetables.days]
every_day = ["06:00-22:00"]
[resources.packages]
capacity = { number = 36, timetable = "days" }
[activities.care]
resource = "packages"
duration = { expon = { mean = "20 days" } }
patience = { expon = { mean = "9 days" } }
routes = { review = 0.5, exit = 0.5 }
[activities.review]
duration = "1 day"
[interventions.training]
[[interventions.training.effects]]
times = "activities.care.duration"
value = 0.6
"""
BESIDE = """
[stocks.level]
initial = 2
[exchange]
every = "1 day"
"""
LENDING = """
[referrals.client]
rate = "9 per day"
starts_at = "care"
takes_from = "home"
returns_to = "home"
[activities.care]
duration = { expon = { mean = "20 days" } }
routes = { died = 0.1, exit = 0.9 }
[stocks.home]
initial = 100
[exchange]
every = "12 h"
reads = { here = "activity.care.in_progress, now" }
"""
# What is driven by a level of two, and what the file would say instead.
AS_WRITTEN = [
    ("needs.fall.rate", "level", 'rate = "0.5 per year"', 'rate = "1 per year"'),
    ("referrals.client.rate", "level / 4", '"2 per day"', '"1 per day"'),
    ("segments.frail.becomes.dead", "level", '"0.1 per year"', '"0.2 per year"'),
    ("segments.frail.joiners", "level", '"50 per year"', '"100 per year"'),
    ("activities.care.duration", "level / 4", '"20 days"', '"10 days"'),
    ("activities.care.patience", "level", '"9 days"', '"18 days"'),
    ("activities.care.routes.review", "level / 4", "review = 0.5, exit = 0.5", "review = 0.25, exit = 0.75"),
    (
        "activities.care.routes.review",
        "level * 0.75",
        "review = 0.5, exit = 0.5",
        "review = 0.75, exit = 0.25",
    ),
    ("resources.packages.capacity", "level / 3", "number = 36", "number = 24"),
    ("interventions.training.strength", "level / 4", "value = 0.6", "value = 0.8"),
]


@cache
def figures(text: str) -> list[float]:
    """Count some months of a model; give what each drive could change."""
    counted = count(text, days=84, warm_up=28, on=["training"])
    people = float(counted.network.folk.people.sum())
    waits = [counted.mean("care", WAITING_AREA), counted.per_day("care", GAVE_UP)]
    reviews = counted.per_day("review", STARTS)
    return [counted.mean("care", ACTIVE_AREA), counted.need("fall"), people, reviews, *waits]


@pytest.mark.parametrize(("path", "said", "written", "instead"), AS_WRITTEN)
def test_what_a_level_drives_is_as_if_the_file_said_so(
    path: str, said: str, written: str, instead: str
) -> None:
    drives = f'[exchange.drives]\n"{path}" = {{ times = "{said}", between = [0, 9] }}\n'

    found, wanted = figures(MODEL + BESIDE + drives), figures(MODEL.replace(written, instead))

    assert found == pytest.approx(wanted, rel=2e-3)
    assert found != pytest.approx(figures(MODEL), rel=1e-2)


def test_a_level_outside_its_bounds_fails_by_name() -> None:
    growing = '[flows.growing]\nfrom = "outside"\nto = "level"\nrate = "1"\n'
    drives = '[exchange.drives]\n"needs.fall.rate" = { times = "level", between = [0, 5] }\n'
    said = re.escape('exchange.drives."needs.fall.rate": came to 6 on day -24')

    with pytest.raises(RunFailed, match=f"{said}.*outside its between"):
        count(MODEL + BESIDE + growing + drives, days=28, warm_up=28)


def test_as_many_places_open_in_the_morning_as_the_level_had_at_midnight() -> None:
    shrinking = '[flows.shrinking]\nfrom = "level"\nto = "outside"\nrate = "1 / 28"\n'
    drives = '[exchange.drives]\n"resources.packages.capacity" = { times = "level / 3", between = [0, 9] }\n'

    counted = count(MODEL + BESIDE + shrinking + drives, days=28, warm_up=0)

    places = [int(12 * (2 - day / 28) + 1e-9) for day in range(28)]
    assert counted.resource("packages", AVAILABLE_AREA) == pytest.approx(sum(places) / 28 * 16 / 24)


def test_heads_that_cross_are_neither_lost_nor_made() -> None:
    network = count(LENDING, days=84, warm_up=0).network
    assert network.meeting is not None
    met, inside = network.meeting.records(), float(network.net.stage_stock.sum())
    died = float(network.tally.links[network.laid.lanes.link_cell == DEAD].sum())

    taken, returned, home = float(met.taken[0]), float(met.returned[0]), float(met.stocks[-1, 0])

    assert taken == pytest.approx(float(network.net.heads[CAME]), rel=1e-12)
    assert home == pytest.approx(100 - taken + returned, rel=1e-9)
    assert taken == pytest.approx(returned + died + inside, rel=1e-9)
    assert 9 * 84 > taken > 100


def test_reads_are_what_was_counted() -> None:
    reads = {
        "starts": "activity.care.starts, total since last",
        "used": "resource.packages.in_use, mean since last",
        "open": "resource.packages.capacity, mean since last",
        "waiting": "activity.care.waiting, mean since last",
        "falls": "need.fall.happened, total since last",
        "frail": "people.frail, mean since last",
        "deaths": "deaths, total since last",
    }
    said = "\n".join(f'{name} = "{one}"' for name, one in reads.items())
    counted = count(
        f"{MODEL}{BESIDE}[exchange.reads]\n{said}\n".replace("1 day", "26 weeks"), days=182, warm_up=182
    )
    network = counted.network
    assert network.meeting is not None

    found = dict(zip(sorted(reads), network.meeting.records().reads[-1].tolist(), strict=True))

    tally, first = network.tally, counted.first
    assert found == pytest.approx(
        {
            "starts": counted.activity("care", STARTS),
            "used": counted.resource("packages", USED_AREA),
            "open": counted.resource("packages", AVAILABLE_AREA),
            "waiting": counted.mean("care", WAITING_AREA),
            "falls": float(tally.happened[first:].sum()),
            "frail": float(tally.person_seconds[first:].sum()) / counted.seconds,
            "deaths": float(tally.transitions[first:, :, -1].sum()),
        },
        rel=1e-9,
    )


@pytest.mark.parametrize(("file", "stock"), [("home_care", "care_workers"), ("gp_access", "clinicians_left")])
def test_the_slow_stock_comes_out_as_beside_people_in(file: str, stock: str) -> None:
    program = shipped(file)
    network = Network(program)
    network.run()
    followed = run(program, seed=7, replication=0).exchange
    assert network.meeting is not None
    assert program.exchange is not None
    assert followed is not None
    place = program.exchange.stocks.index(stock)

    here, there = network.meeting.records().stocks[:, place], followed.stocks[:, place]

    assert here == pytest.approx(there, rel=0.01)


def shipped(file: str) -> Program:
    """Compile a shipped model for a year."""
    window = Window(
        starts=date(2025, 4, 1),
        warm_up_seconds=13 * 604_800,
        horizon_seconds=52 * 604_800,
        period_seconds=4 * 604_800,
    )
    return compile_model(load_model(MODELS / f"{file}.toml"), window=window)
