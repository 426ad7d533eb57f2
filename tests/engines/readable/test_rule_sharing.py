"""Partners serve each other's cases: their own first, or in one order; newcomers ask by most free places."""

from telling import Told, compiled, span, tell

from simulator.compiler.program import Program
from simulator.engines.log import STARTS
from simulator.engines.records import USED_AREA

TWO = """
[organisations.east]
[organisations.west]
[resources.theatre_east]
owner = "east"
capacity = EAST
[resources.theatre_west]
owner = "west"
capacity = WEST
[referrals.hip]
at = HIPS
starts_at = "hip_east"
[referrals.knee]
at = KNEES
starts_at = "knee_west"
[activities.hip_east]
resource = "theatre_east"
duration = "10 h"
[activities.knee_west]
resource = "theatre_west"
duration = "10 h"
[interventions.pool]
starts = "0 h"
[[interventions.pool.effects]]
shares = { resources = ["theatre_east", "theatre_west"]MORE }
"""


def two(more: str = "", *, hips: str, knees: str, east: int = 1, west: int = 1) -> str:
    """Give two theatres, each with a list of its own, that share under some rule."""
    text = TWO.replace("MORE", f", {more}" if more else "").replace("EAST", str(east))
    return text.replace("WEST", str(west)).replace("HIPS", hips).replace("KNEES", knees)


def starts(told: Told) -> list[str]:
    return [row.replace(" starts", "") for row in told.rows("starts")]


def test_a_newcomer_who_cannot_start_at_home_starts_at_a_partner() -> None:
    model = two(hips='["1 h", "2 h", "3 h"]', knees='["90 h"]')

    off, on = tell(model), tell(model, on=["pool"])

    assert starts(off)[:3] == ["1:00 hip#1 hip_east", "11:00 hip#2 hip_east", "21:00 hip#3 hip_east"]
    assert starts(on)[:3] == ["1:00 hip#1 hip_east", "2:00 hip#2 hip_east", "11:00 hip#3 hip_east"]
    assert on.resource("theatre_west", USED_AREA)[0] == 10 * 3600
    assert off.resource("theatre_west", USED_AREA)[0] == 0


def test_what_a_partner_does_is_written_down_apart() -> None:
    on = tell(two(hips='["1 h", "2 h"]', knees='["90 h"]'), on=["pool"])

    helped, pacts = on.run.helped, on.program.pacts
    assert helped is not None
    assert pacts is not None
    cell = int(pacts.cell[0, on.program.names.resources.index("theatre_west")])
    assert helped.values.sum(axis=(0, 2))[cell].tolist() == [1, 10 * 3600]
    assert helped.values.sum(axis=(0, 1, 2))[0] == 1


def test_a_freed_place_serves_its_own_queue_first() -> None:
    model = two(hips='["1 h", "2 h", "2 h"]', knees='["1 h", "3 h"]')

    assert starts(tell(model, on=["pool"]))[2:5] == [
        "11:00 hip#3 hip_east",
        "11:00 knee#5 knee_west",
        "21:00 hip#4 hip_east",
    ]


def test_pooled_a_freed_place_serves_all_in_one_order() -> None:
    model = two("pooled = true", hips='["1 h", "2 h", "2 h"]', knees='["1 h", "3 h"]')

    assert starts(tell(model, on=["pool"]))[2:5] == [
        "11:00 hip#3 hip_east",
        "11:00 hip#4 hip_east",
        "21:00 knee#5 knee_west",
    ]


def test_only_who_has_waited_longer_is_helped_as_seen_at_midnight() -> None:
    model = two('whom = { waited_over = "20 h" }', hips='["1 h", "2 h", "3 h", "3 h"]', knees='["99 h"]')

    assert starts(tell(model, on=["pool"], window=span("2 days")))[1:4] == [
        "11:00 hip#2 hip_east",
        "21:00 hip#3 hip_east",
        "24:00 hip#4 hip_east",
    ]


def test_only_whom_a_pact_is_for_is_helped() -> None:
    hips, knees = '["1 h", "2 h"]', '["12 h", "13 h"]'

    told = tell(
        two('whom = { classes = ["knee"] }', hips=hips, knees=knees), on=["pool"], window=span("2 days")
    )

    assert starts(told) == [
        "1:00 hip#1 hip_east",
        "11:00 hip#2 hip_east",
        "12:00 knee#3 knee_west",
        "21:00 knee#4 knee_west",
    ]


def test_no_more_are_helped_in_a_week_than_a_pact_allows() -> None:
    times = '["1 h", "2 h", "3 h", "4 h"]'
    model = two('at_most = "2 per week"', hips=times, knees='["900 h"]', west=9)

    told = tell(model, on=["pool"], window=span("2 weeks"))

    assert starts(told)[:4] == [
        "1:00 hip#1 hip_east",
        "2:00 hip#2 hip_east",
        "3:00 hip#3 hip_east",
        "11:00 hip#4 hip_east",
    ]


def test_who_does_not_accept_waits_at_home() -> None:
    model = two("accepts = 0", hips='["1 h", "2 h"]', knees='["90 h"]')

    assert starts(tell(model, on=["pool"])) == starts(tell(model))


def test_a_share_accepts_by_one_draw_a_case_and_partner() -> None:
    times = "[" + ", ".join(f'"{minute} min"' for minute in range(300)) + "]"
    model = two("accepts = 0.3", hips=times, knees='["900 h"]', west=400)

    helped = tell(model, on=["pool"], window=span("5 h")).run.helped
    assert helped is not None
    assert 60 < helped.values[..., 0].sum() < 120


THREE = """
[resources.slots]
each = "site"
capacity = 4
capacity_at = { a = 1, b = 1, c = 2 }
[sites.a]
share = 1
[sites.b]
share = 0
[sites.c]
share = 0
[segments.all]
people = 5
[needs.cold]
rate = "1 per year"
starts_at = "visit"
[activities.visit]
resource = "slots"
duration = "10 h"
[interventions.pool]
starts = "0 h"
[[interventions.pool.effects]]
shares = { resources = ["slots"] }
"""


def test_one_of_each_site_helps_the_others_by_most_free_places_then_name() -> None:
    told = tell(THREE, needs=[(f"{n} h", "cold", n) for n in range(1, 5)], on=["pool"])

    events = told.run.log
    assert events is not None
    places = [told.program.names.resources[int(one)] for one in events.resource[events.what == STARTS]]
    assert starts(told) == [f"{n}:00 cold#{n} visit" for n in range(1, 5)]
    assert places == ["slots@a", "slots@c", "slots@b", "slots@c"]


def test_off_a_pact_leaves_no_trace() -> None:
    model = two(hips='["1 h"]', knees='["2 h"]')
    without = model[: model.index("[interventions.pool]")]

    assert fingerprint(compiled(model, on=())) == fingerprint(compiled(without, on=()))


def fingerprint(program: Program) -> str:
    return program.fingerprint


ORDERED = """
[segments.adults]
people = 3
[needs]
scan = { rate = "1 per year", starts_at = "u_visit" }
call = { rate = "1 per year", starts_at = "t_visit" }
fall = { rate = "1 per year", starts_at = "ward" }
rest = { rate = "1 per year", starts_at = "u_visit" }
long_p = { rate = "1 per year", starts_at = "p_visit" }
long_t = { rate = "1 per year", starts_at = "t_visit" }
[resources]
p = { capacity = 1 }
t = { capacity = 1 }
u = { capacity = 1 }
w = { capacity = 3 }
[activities.u_visit]
resource = "u"
duration = "1 h"
keeps_place_until_next = "starts"
ends_on_admission = false
routes = { scan = { p_visit = 1.0 }, otherwise = { exit = 1.0 } }
[activities.p_visit]
resource = "p"
duration = "9 h"
ends_on_admission = false
[activities.t_visit]
resource = "t"
duration = "9 h"
ends_on_admission = false
[activities.ward]
resource = "w"
resident = true
duration = "20 h"
[interventions.pool]
starts = "3 days"
[[interventions.pool.effects]]
shares = { resources = ["p", "u"] }
"""
# Person 0 waits for p, holding u, and for t, and is in the ward from 3:00 to 23:00; person 1 waits for u.
WAITING = [
    ("0 h", "long_p", 2),
    ("0 h", "long_t", 2),
    ("1 h", "scan", 0),
    ("90 min", "call", 0),
    ("3 h", "fall", 0),
    ("4 h", "rest", 1),
]


def test_a_pact_that_has_not_begun_puts_nobody_before_another() -> None:
    told = tell(ORDERED, needs=WAITING, on=["pool"], window=span("4 days"))

    # p, t and then u, which the first of them lets go of: partners of p would have been offered before t.
    assert [row for row in starts(told) if row.startswith("23:00")] == [
        "23:00 scan#3 p_visit",
        "23:00 call#4 t_visit",
        "23:00 rest#6 u_visit",
    ]
