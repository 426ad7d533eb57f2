"""A tornado draws each value's low end on one side and its high end on the other, around the middle."""

import json

from simulator.reports.figures.swings import Swing, swings_figure


def test_low_and_high_ends_are_drawn_from_the_middle() -> None:
    swings = [Swing(title="Rate", at_low=1.0, at_high=7.0), Swing(title="Stay", at_low=5.0, at_high=3.0)]

    low, high = json.loads(swings_figure(swings, middle=4.0, x_title="days"))["data"]

    assert (low["name"], low["base"], low["x"]) == ("Value at its 10th centile", [4.0, 4.0], [-3.0, 1.0])
    assert (high["name"], high["customdata"], high["x"]) == (
        "Value at its 90th centile",
        [7.0, 3.0],
        [3.0, -1.0],
    )


def test_a_low_end_is_seen_behind_a_high_end_that_lies_further_to_the_same_side() -> None:
    swings = [
        Swing(title="Both above", at_low=5.0, at_high=7.0),
        Swing(title="Apart", at_low=1.0, at_high=7.0),
    ]

    low, high = json.loads(swings_figure(swings, middle=4.0, x_title="days"))["data"]

    assert high["width"][0] < low["width"]
    assert high["width"][1] == low["width"]


def test_hatching_lies_on_the_colour_of_its_bar() -> None:
    swings = [Swing(title="Rate", at_low=1.0, at_high=7.0)]

    _, high = json.loads(swings_figure(swings, middle=4.0, x_title="days"))["data"]

    assert high["marker"]["pattern"]["shape"] == "/"
    assert high["marker"]["pattern"]["bgcolor"] == high["marker"]["color"] != "#ffffff"
