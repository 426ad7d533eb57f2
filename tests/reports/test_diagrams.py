"""What the diagrams of a system show, and what they leave out where there is too much."""

import json
import re

from stock_systems import system

from simulator.analysis.feedback import Loops
from simulator.reports.blocks import Chart, Items, Paragraph
from simulator.reports.describe.system_blocks import loop_blocks, stock_flow_blocks
from simulator.reports.describe.systems import KnownSystem, known_system
from simulator.reports.diagrams.causal import MOST_VARIABLES
from simulator.reports.diagrams.stock_flow import MOST_WITH_CONSTANTS

BOTH_WAYS = "stock s = 1 in: growth\nbiflow growth = 1.5 * s * (1 - s / 100)\naux off = 0\naux y = off * s"


def charts(known: KnownSystem) -> dict[str, Chart]:
    """Give the charts of a system by their ids."""
    blocks = [*stock_flow_blocks(known), *loop_blocks(known)]
    return {one.id: one for one in blocks if isinstance(one, Chart)}


def texts(chart: Chart) -> list[str]:
    """List the words that a chart shows, its labels included."""
    figure = json.loads(chart.figure)
    said = [*figure["data"][0]["text"], *(one["text"] for one in figure["layout"].get("annotations", ()))]
    return [re.sub("<br>", " ", re.sub("</?b>", "", one)) for one in said]


def ring_of(count: int) -> KnownSystem:
    """Make a system whose variables all stand on loops through one stock."""
    lines = [f"aux a{place} = s + {place}" for place in range(count)]
    total = " + ".join(f"a{place}" for place in range(count))
    return known_system(system("\n".join(["stock s = 1 out: f", *lines, f"biflow f = ({total}) / 900"])))


def test_signs_that_go_both_ways_are_drawn_and_told() -> None:
    known = known_system(system(BOTH_WAYS))

    assert "±" in texts(charts(known)["causal-loop-diagram"])
    (told,) = (one for one in loop_blocks(known) if isinstance(one, Items))
    assert [one.lead for one in told.items] == ["s → growth (±):"]
    assert [one.name for one in known.loops.loops] == ["D1"]


def test_a_system_without_loops_says_so_and_draws_none() -> None:
    known = known_system(system("stock s = 1 in: f\nflow f = 1"))

    assert list(charts(known)) == ["stock-flow-diagram"]
    (said,) = (one for one in loop_blocks(known) if isinstance(one, Paragraph))
    assert said.text == "No feedback loops. Nothing that changes here comes back to itself."


def test_with_very_many_names_constants_are_left_out_and_counted() -> None:
    constants = "\n".join(f"aux c{place} = {place + 1}" for place in range(MOST_WITH_CONSTANTS))
    total = " + ".join(f"c{place}" for place in range(MOST_WITH_CONSTANTS))
    known = known_system(system(f"stock s = 1 in: f\nflow f = g\naux g = {total}\n{constants}"))

    chart = charts(known)["stock-flow-diagram"]

    assert set(texts(chart)) == {"s", "f", "g"}
    assert f"{MOST_WITH_CONSTANTS} constants are left out of the figure" in chart.caption
    assert chart.table is not None
    assert len(chart.table.groups[0].rows) == MOST_WITH_CONSTANTS + 2


def test_a_causal_diagram_shows_as_many_loops_as_there_is_room_for_and_says_so() -> None:
    known = ring_of(MOST_VARIABLES + 5)

    chart = charts(known)["causal-loop-diagram"]

    assert len([one for one in texts(chart) if one.startswith("a")]) == MOST_VARIABLES - 2
    assert f"the figure shows the first {MOST_VARIABLES - 2} of the loops listed" in chart.caption


def test_what_was_cut_of_the_loops_is_said() -> None:
    known = ring_of(70)

    (said,) = (one.text for one in loop_blocks(known) if isinstance(one, Paragraph))

    assert known.loops != Loops()
    assert said.startswith("There are more feedback loops than can be listed; here are the 60 shortest")


def test_a_wide_diagram_says_that_it_scrolls() -> None:
    stocks = [f"stock s{at} = 1 in: f{at} out: f{at + 1}\nbiflow f{at} = 1" for at in range(9)]
    known = known_system(system("\n".join([*stocks, "biflow f9 = 1"])))

    chart = charts(known)["stock-flow-diagram"]

    assert chart.width > 1_040
    assert "scroll sideways to see all of it" in chart.caption
