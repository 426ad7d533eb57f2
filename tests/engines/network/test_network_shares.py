"""Shares of ways moved as stocks: to ways that the file has at nought, to lists, and out of a place held."""

import numpy as np
import pytest
from counting import Counted, count

from simulator.engines.network.opened import opened
from simulator.engines.network.switches import swap
from simulator.engines.records import ACTIVE_AREA, STARTS, USED_AREA
from simulator.errors import SelfCheckFailed

PLACE = """
[segments.old]
people = 5_000
[needs.fall]
rate = "1 per year"
one_at_a_time = false
starts_at = { nurse = 1, carer = 0 }
[referrals.call]
rate = "10 per day"
starts_at = { phone = 1, desk = 0 }
[activities]
nurse = { duration = "30 min", routes = { crew = 0.8, responder = 0, exit = 0.2 } }
carer = { duration = "20 min" }
crew = { duration = "1 h" }
responder = { duration = "20 min" }
phone = { duration = "8 min" }
desk = { duration = "8 min" }
"""
SCHEME = """
[interventions.scheme]
starts = "0 days"
ENROLS
[[interventions.scheme.effects]]
times = "PATH"
instead = "INSTEAD"
for = "WHOM"
value = VALUE
"""
EVERYBODY_ENROLS = 'uptake = 1.0\nplaces = 6_000\nenrolments = "6_000 per week"'
FALLS, CALLS = 5_000 / 365.25, 10.0
STARTS_AT, ROUTES = "needs.fall.starts_at.nurse", "activities.nurse.routes.crew"
REFERRED = "referrals.call.starts_at.phone"
MOVED = [  # the share, to which way, for whom, and how many a day it then has of how many
    (STARTS_AT, "carer", "everyone", FALLS / 4),
    (STARTS_AT, "carer", "enrolled", FALLS / 4),
    (ROUTES, "responder", "everyone", FALLS * 0.8 / 4),
    (ROUTES, "responder", "enrolled", FALLS * 0.8 / 4),
    (REFERRED, "desk", "everyone", CALLS / 4),
]


def scheme(path: str, instead: str, *, whom: str = "everyone", value: float = 0.75) -> str:
    enrols = EVERYBODY_ENROLS if whom == "enrolled" else ""
    said = {"PATH": path, "INSTEAD": instead, "ENROLS": enrols, "WHOM": whom, "VALUE": f"{value}"}
    text = SCHEME
    for word, by in said.items():
        text = text.replace(word, by)
    return text


def switched(text: str) -> Counted:
    return count(text, days=196, warm_up=28, on=["scheme"])


@pytest.mark.parametrize(("path", "instead", "whom", "moved"), MOVED)
def test_an_effect_moves_cases_to_a_way_that_nobody_went(
    path: str, instead: str, whom: str, moved: float
) -> None:
    found = switched(PLACE + scheme(path, instead, whom=whom))

    # The enrolled are not quite everybody: some come to their first Monday later.
    assert found.per_day(instead, STARTS) == pytest.approx(moved, rel=0.04 if whom == "enrolled" else 0.005)


def test_a_switch_between_two_mixes_moves_cases_from_its_first_day_on() -> None:
    # Who makes up each lane is worked out anew every fourth week from the twelfth on, not in the fourteenth.
    found = count(PLACE + scheme(ROUTES, "responder"), days=7, warm_up=91, on=["scheme"])

    assert found.per_day("responder", STARTS) == pytest.approx(FALLS * 0.2, rel=0.02)


def test_an_effect_moves_cases_to_a_way_that_is_written_for_others_alone() -> None:
    by_group = "{ old = { crew = 0.8, exit = 0.2 }, young = { responder = 0.5, exit = 0.5 } }"
    two = PLACE.replace("{ crew = 0.8, responder = 0, exit = 0.2 }", by_group)
    two = two.replace("[needs.fall]", "[segments.young]\npeople = 1_000\n[needs.fall]")

    found = switched(two + scheme(ROUTES, "responder"))

    # A fifth of the old are moved; of the young, who went half and half, nobody is.
    assert found.per_day("responder", STARTS) == pytest.approx(FALLS * (0.2 + 0.2 * 0.5), rel=0.005)


def test_a_stock_moves_cases_to_a_way_that_nobody_went() -> None:
    driven = f"""
[stocks.level]
initial = 0.75
[exchange]
every = "1 day"
[exchange.drives]
"{ROUTES}" = {{ times = "level", between = [0, 1], instead = "responder" }}
"""
    found = count(PLACE + driven, days=196, warm_up=28)

    assert found.per_day("responder", STARTS) == pytest.approx(FALLS * 0.2, rel=0.005)
    assert found.per_day("crew", STARTS) == pytest.approx(FALLS * 0.6, rel=0.005)


def test_those_moved_by_one_effect_are_moved_on_by_the_next() -> None:
    onward = scheme("activities.nurse.routes.responder", "exit", value=0.5).partition("ENROLS")[0]
    text = PLACE + scheme(ROUTES, "responder") + onward[onward.index("[[") :]

    found = switched(text)

    assert found.per_day("responder", STARTS) == pytest.approx(FALLS * 0.1, rel=0.005)


def test_a_list_gains_by_how_likely_its_places_are_free() -> None:
    listed = PLACE.replace("responder = 0", 'any = { first_free = ["responder", "hot_clinic"], share = 0 }')

    found = switched(listed + 'hot_clinic = { duration = "8 min" }\n' + scheme(ROUTES, "any"))

    assert found.per_day("responder", STARTS) == pytest.approx(FALLS * 0.2, rel=0.005)
    assert found.per_day("hot_clinic", STARTS) == pytest.approx(0, abs=1e-9)


def test_only_what_may_gain_a_share_is_laid_out_without_one() -> None:
    off, other, on = (
        count(PLACE + scheme(ROUTES, instead), days=28, warm_up=0, on=switch)
        for instead, switch in (("responder", ()), ("exit", ["scheme"]), ("responder", ["scheme"]))
    )

    assert [opened(one.program).any() for one in (off, on)] == [False, True]
    laid = [one.network.laid.nodes for one in (off, other, on)]
    assert len(laid[0].activity) == len(laid[1].activity) == len(laid[2].activity) - 1
    assert [(one.ways.share == 0).sum() for one in laid] == [0, 0, 1]


def test_a_share_that_has_no_other_way_to_go_is_no_silence() -> None:
    share, start, one = np.array([[0.4], [0.6]]), np.array([0, 1]), np.array([0])

    with pytest.raises(SelfCheckFailed, match="has no other way beside it"):
        swap(share, start, one=one, other=np.array([1]), change=np.array([[-0.5], [0.0]]))


def test_lists_change_with_each_other_in_proportion() -> None:
    share, start = np.array([[0.1], [0.3], [0.6], [0.0]]), np.zeros(4, dtype=np.int64)
    one, other = np.array([0, 1]), np.array([2, 3])

    swap(share, start, one=one, other=other, change=np.array([[-0.5]]))
    assert share[:, 0] == pytest.approx([0.05, 0.15, 0.8, 0.0])

    swap(share, start, one=one, other=other, change=np.array([[9.0]]))
    assert share[:, 0] == pytest.approx([0.25, 0.75, 0.0, 0.0])


HELD = """
[referrals.patient]
rate = "10 per day"
starts_at = "ward"
[resources]
beds = { capacity = 60 }
rooms = { capacity = 40, room = 0 }
[activities]
ward = { resource = "beds", duration = { expon = { mean = "2 days" } }, routes = "assessed" }
home_care = { duration = "2 days" }
short_term_care = { resource = "rooms", duration = "1 day", refused_to = "exit" }
[activities.assessed]
holds = "previous"
duration = "1 day"
routes = { home_care = 0.5, exit = 0.5 }
[interventions.scheme]
starts = "0 days"
[[interventions.scheme.effects]]
"""


def test_who_holds_the_previous_place_is_diverted_and_leaves_it() -> None:
    more = 'diverts = { at = "assessed", from = "home_care", to = "short_term_care", share = 0.4 }\n'
    found = switched(HELD + more + "substitution = 1\n")

    assert found.per_day("home_care", STARTS) == pytest.approx(5 * 0.6, rel=0.005)
    assert found.per_day("short_term_care", STARTS) == pytest.approx(5 * 0.4, rel=0.005)
    assert found.resource("beds", USED_AREA) == pytest.approx(10 * (2 + 1), rel=0.01)
    assert found.network.tally.moves[found.first :, 0, 1].sum() > 0


def test_who_holds_the_previous_place_steps_down_and_leaves_it() -> None:
    more = 'step_down = { from = "assessed", to = "short_term_care", last = "12 h", share = 0.4 }\n'
    found = switched(HELD + more)

    assert found.per_day("short_term_care", STARTS) == pytest.approx(5 * 0.4, rel=0.01)
    assert found.resource("beds", USED_AREA) == pytest.approx(10 * (2 + 1 - 0.5 * 0.4 * 0.5), rel=0.01)


ROUTED = PLACE.replace(
    "exit = 0.2 } }", 'exit = 0.2 }, duration_by_route = { crew = "1 h", responder = "4 h" } }', 1
)


@pytest.mark.parametrize(
    ("value", "mean_minutes"),
    # Of ten, eight stay an hour for the crew, two half an hour; of those eight, four 4 h for a responder.
    [(1.0, 0.8 * 60 + 0.2 * 30), (0.5, 0.4 * 60 + 0.4 * 240 + 0.2 * 30)],
)
def test_who_is_moved_to_a_way_stays_as_long_as_those_who_go_there(value: float, mean_minutes: float) -> None:
    found = switched(ROUTED + scheme(ROUTES, "responder", value=value))

    assert found.mean("nurse", ACTIVE_AREA) == pytest.approx(FALLS * mean_minutes / 1440, rel=0.002)
