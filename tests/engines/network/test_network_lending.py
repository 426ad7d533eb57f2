"""Mutual aid on stocks: places that are open by day alone, own people first, partners one after another."""

from collections.abc import Mapping
from functools import cache

import pytest
from counting import Counted, count
from telling import compiled, span

from simulator.engines.network.levels import levels_beside
from simulator.engines.records import ARRIVALS, AVAILABLE_AREA, STARTS, USED_AREA, WAIT_SECONDS

HOURS = """
[timetables.hours]
weekdays = ["08:30-12:30", "13:30-18:00"]
[profiles.calls]
weekday = [1, 1, 1, 1, 1, 0, 0]
steps = [["00:00", 0], ["08:00", 3], ["12:00", 1.7], ["18:30", 0]]
[segments.all]
people = 10
"""
PRACTICE = """
[referrals.NAME]
rate = "RATE per day"
profile = "calls"
starts_at = "NAME"
[resources.NAME]
capacity = { number = PLACES, timetable = "hours" }
[activities.NAME]
resource = "NAME"
duration = { lognorm = { mean = "12 min", cv = 0.8 } }
patience = { lognorm = { median = "30 days", log_sd = 0.8 } }
"""


def practices(places: Mapping[str, tuple[int, int]]) -> str:
    """Write practices, each with so many places and so many a day who come."""
    return HOURS + "".join(
        PRACTICE.replace("NAME", name).replace("PLACES", str(number)).replace("RATE", str(rate))
        for name, (number, rate) in places.items()
    )


PRACTICES = practices({"short": (2, 63), "busy": (3, 85), "idle": (6, 130)})
SHARED = """
[interventions.aid]
starts = "0 days"
[[interventions.aid.effects]]
shares = { resources = ["short", "busy", "idle"], accepts = 0.5 }
"""
ALL = 'resources = ["short", "busy", "idle"], accepts = 0.5'
DAYS, WARM_UP = 364, 182


@cache
def counted(*, shared: bool) -> Counted:
    return count(PRACTICES + SHARED, days=DAYS, warm_up=WARM_UP, on=["aid"] if shared else [])


def wait(name: str, *, shared: bool) -> float:
    found = counted(shared=shared)
    return found.activity(name, WAIT_SECONDS) / found.activity(name, STARTS) / 86_400


def test_who_is_open_by_day_alone_may_lend_a_quarter_of_the_day_s_places() -> None:
    program = compiled(
        PRACTICES + SHARED, window=span("28 days", warm_up="0 days", period="28 days"), on=["aid"]
    )
    idle = program.names.resources.index("idle")
    levels = {places for station, places in levels_beside(program).tolist() if station == idle}

    assert levels == {4, 5, 6, 7, 8}


def test_own_people_first_wait_no_longer_where_places_are_lent() -> None:
    assert wait("idle", shared=True) <= wait("idle", shared=False)
    assert wait("busy", shared=True) <= wait("busy", shared=False)


def test_a_short_practice_whose_partners_have_clinicians_by_day_is_helped() -> None:
    # Followed person by person, 4.2 days become 0.07.
    assert wait("short", shared=True) < wait("short", shared=False) / 3


def lending(accepts: float, places: Mapping[str, tuple[int, int]], *, pooled: bool = False) -> Counted:
    """Count half a year of practices of which some lend to others."""
    aid = f"resources = {[*places]}, accepts = {accepts}, pooled = {str(pooled).lower()}"
    return count(practices(places) + SHARED.replace(ALL, aid), days=182, warm_up=91, on=["aid"])


def list_wait(found: Counted) -> float:
    """Give the mean wait in days for a practice of which a fifth must go elsewhere."""
    return found.activity("short", WAIT_SECONDS) / found.activity("short", STARTS) / 86_400


def test_who_would_not_go_to_one_partner_may_go_to_another() -> None:
    two = lending(0.12, {"short": (12, 450), "busy": (16, 300), "idle": (16, 300)})
    one = lending(1 - 0.88**2, {"short": (12, 450), "idle": (32, 600)})

    assert list_wait(two) == pytest.approx(list_wait(one), rel=0.1)


def test_who_would_go_nowhere_is_not_asked_again_each_week() -> None:
    places = {"short": (12, 450), "idle": (32, 600)}
    alone, helped = lending(0.0, places), lending(0.03, places)

    more = helped.per_day("short", STARTS) - alone.per_day("short", STARTS)
    # A list of eleven days: who comes is asked in the week of coming and once more.
    assert 0.03 < more / helped.per_day("short", ARRIVALS) < 2 * 0.03


def test_a_partner_lends_to_two_lists_no_more_than_it_has_to_spare() -> None:
    found = lending(0.5, {"short": (12, 500), "busy": (12, 500), "idle": (8, 200)})
    lending_of, idle = found.network.lending, found.program.names.resources.index("idle")
    assert lending_of is not None

    lent = lending_of.lent_seconds[found.first :, idle].sum() / found.seconds
    assert 0.9 < lent / (found.resource("idle", AVAILABLE_AREA) - found.resource("idle", USED_AREA)) < 1.1


def test_places_lent_from_a_pool_are_gone_from_their_own() -> None:
    places = {"short": (12, 450), "idle": (32, 600)}
    own, pool = (lending(0.5, places, pooled=pooled) for pooled in (False, True))

    assert own.resource("idle", AVAILABLE_AREA) == lending(0.0, places).resource("idle", AVAILABLE_AREA)
    assert pool.resource("idle", AVAILABLE_AREA) < own.resource("idle", AVAILABLE_AREA) - 0.5
