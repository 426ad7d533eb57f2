"""Two programs have one past until the first thing that differs; whatever else differs, they have none."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest

from simulator.compiler.first_difference import (
    CHANGES,
    NOT_COMPARED,
    SWITCHED_PRICES,
    SWITCHES,
    first_difference,
)
from simulator.compiler.program import Program

DAY = 86_400
WARM_UP, HORIZON = 364, 200
PLACE = """
[organisations.city]
sector = "acute"
overheads = { ict = "£1m" }
[localities.east]
share = 0.3
quintile = 1
needs_times = { fall = 2 }
[localities.west]
share = 0.7
[instants]
at = ["10 days"]
[profiles.day]
hour = [1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 3, 2, 2, 1, 1]
[timetables.office]
weekdays = ["08:00-18:30"]
[traits.crisis]
law = { lognorm = { sigma = 1.2 } }
persistence = 0.7
[segments.frail]
people = 100
quality_of_life = 0.6
becomes = { dead = "0.2 per year" }
joiners = "20 per year"
[segments.well]
people = 900
quality_of_life = 0.9
becomes = { frail = "0.02 per year" }
[needs.fall]
rate = { frail = "2 per year", well = "0.2 per year" }
trait = "crisis"
profile = "day"
starts_at = { bay = 0.6, visit = 0.4 }
[referrals.elective]
rate = "1 per day"
batch = { geom = { p = 0.5 } }
starts_at = "bay"
[referrals.post]
between = { expon = { mean = "6 h" } }
starts_at = "visit"
[referrals.script]
at = ["1 h", "2 h"]
starts_at = "visit"
[resources.beds]
owner = "city"
capacity = 10
reserved = { places = 1, against = ["elective"] }
[resources.nurses]
owner = "city"
capacity = { number = 6, timetable = "office" }
[activities.bay]
resource = "beds"
duration = { lognorm = { mean = "4 days", cv = 1.2 } }
duration_by_route = { rehab = "5 days" }
patience = { expon = { mean = "9 days" } }
gives_up_to = "visit"
if_full = ["trolley"]
turnaround = "45 min"
ends_at = "day"
resident = true
present_at_start = 4
waiting_at_start = { number = 2, waited = "1 day" }
cost = { contact = "£45", day = "£80" }
[activities.bay.routes]
elective.any = { first_free = ["visit", "trolley"], share = 0.3 }
elective.least = { shortest_queue = ["trolley", "visit"], share = 0.3 }
elective.exit = 0.4
otherwise = { rehab = 0.2, exit = 0.8 }
[activities.rehab]
duration = "8 days"
routes = { exit = 0.9, died = 0.1 }
[activities.trolley]
duration = { in_order = ["3 h", "1 h"] }
paid_by = { city = 0.5, people = 0.5 }
routes = { exit = { to = "exit", share = 1, becomes = "frail" } }
[activities.visit]
resource = "nurses"
duration = "1 h"
present_at_start = "steady"
[clocks.four_hour]
starts = "bay.arrival"
stops = "bay.leave"
targets = ["4 hours"]
[counts.midnight]
of = ["resource.beds", "activity.visit"]
at = "00:00"
[interventions.plans]
starts = "30 days"
ends = "90 days"
uptake = 0.5
places = 20
stays = { expon = { mean = "40 days" } }
eligible = { segments = ["frail"], recent_use = { needs = ["fall"], at_least = 1, within = "4 quarters" } }
adds = [{ resource = "beds", capacity = 2 }]
[[interventions.plans.effects]]
times = "needs.fall.rate"
value = 1.3
[[interventions.plans.effects]]
times = "activities.bay.routes.rehab"
instead = "exit"
value = 0.5
[[interventions.plans.effects]]
times = "activities.bay.cost.day"
for = "everyone"
value = 0.9
[[interventions.plans.effects]]
step_down = { from = "bay", to = "rehab", last = "1 day", share = 0.5 }
"""
STARTS = (WARM_UP + 30) * DAY
END = (WARM_UP + HORIZON) * DAY
# Where a number too high would point past the end; and what is only told.
FIRST_ONLY = ("routes.first", "routes.kind", "routes.target")
NOT_FELT = ("laws.mean",)

Compile = Callable[..., Program]


@pytest.fixture
def place(compile_text: Compile) -> Callable[..., Program]:
    """Give a function from changes to the text, and what is on, to the program."""

    def made(*changes: tuple[str, str], on: tuple[str, ...] = ()) -> Program:
        text = PLACE
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        return compile_text(text, on=on, warm_up_days=WARM_UP, horizon_days=HORIZON)

    return made


def arrays_of(noun: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield everything in a program by name."""
    for one in fields(noun):
        value, name = getattr(noun, one.name), f"{path}{one.name}"
        if is_dataclass(value):
            yield from arrays_of(value, f"{name}.")
        elif value is not None:
            yield name, value


def planted(program: Program, name: str) -> Program:
    """Change one thing in a program."""
    part, _, field = name.partition(".")
    if not field:
        return replace(program, **{part: changed(name, getattr(program, part))})
    noun = getattr(program, part)
    return replace(program, **{part: replace(noun, **{field: changed(name, getattr(noun, field))})})


def changed(name: str, value: object) -> object:
    if isinstance(value, (str, tuple)):
        return value + ("x" if isinstance(value, str) else ("x",))
    if not isinstance(value, np.ndarray):
        return not value if isinstance(value, bool) else value + 1
    assert value.size
    other = ~value if value.dtype.kind == "b" else value + 1
    return np.append(other[:1], value[1:]) if name in FIRST_ONLY else other


def expected(program: Program, name: str) -> int:
    if name in CHANGES:
        return int(program.resources.change_second[0])
    if name.split(".")[0] in SWITCHES or name in ("names.interventions", *SWITCHED_PRICES):
        return STARTS
    return END if name in (*NOT_COMPARED, *NOT_FELT) else 0


def test_whatever_differs_is_found_at_its_second(place: Callable[..., Program]) -> None:
    program = place(on=("plans",))

    found = {name: first_difference(program, planted(program, name)) for name, _ in arrays_of(program)}

    assert found == {name: expected(program, name) for name in found}
    assert len(found) > 150


def test_what_differs_in_length_or_kind_differs(place: Callable[..., Program]) -> None:
    program = place()
    rate = program.needs.rate
    others = [replace(program.needs, rate=other) for other in (rate[:, :1], rate.astype(np.float32))]

    assert [first_difference(program, replace(program, needs=needs)) for needs in others] == [0, 0]
    assert first_difference(program, program) == END


def test_an_intervention_differs_from_its_start(place: Callable[..., Program]) -> None:
    program, acts = place(), place(on=("plans",))

    assert first_difference(program, acts) == STARTS
    assert program.routes.name.shape != acts.routes.name.shape
    assert program.laws.kind.shape != acts.laws.kind.shape


def test_an_intervention_that_raises_a_referral_differs_from_its_start(place: Callable[..., Program]) -> None:
    more = ('times = "needs.fall.rate"', 'times = "referrals.elective.rate"\nfor = "everyone"')

    assert first_difference(place(more), place(more, on=("plans",))) == STARTS


def test_an_intervention_that_both_have_makes_no_difference(place: Callable[..., Program]) -> None:
    beds = ("capacity = 10", 'capacity = [["0 days", 10], ["150 days", 11]]')

    found = first_difference(place(on=("plans",)), place(beds, on=("plans",)))

    assert found == (WARM_UP + 150) * DAY


def test_rows_that_only_the_first_has_leave_no_past_in_common(place: Callable[..., Program]) -> None:
    program = place()
    fewer = np.where(program.activities.row == program.activities.row.max(), -1, program.activities.row)

    other = replace(program, activities=replace(program.activities, row=fewer))

    assert first_difference(program, other) == 0
    assert first_difference(other, program) == END


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("capacity = 10", "capacity = 11"),
        ("people = 900", "people = 901"),
        ('"0.2 per year" }\ntrait', '"0.21 per year" }\ntrait'),
        ('mean = "4 days"', 'mean = "5 days"'),
        ("exit = 0.8 }", "exit = 0.7, died = 0.1 }"),
        ("present_at_start = 4", "present_at_start = 5"),
        ('day = "£80"', 'day = "£81"'),
    ],
)
def test_a_value_set_in_a_scenario_differs_from_the_beginning(
    place: Callable[..., Program], old: str, new: str
) -> None:
    assert first_difference(place(), place((old, new), on=("plans",))) == 0


def test_day_one_of_activities_where_nobody_is_makes_no_difference(place: Callable[..., Program]) -> None:
    program = place()
    rehab = program.names.activities.index("rehab")
    shares = program.day_one.group_cumulative.copy()
    shares[rehab] += 1

    other = replace(program, day_one=replace(program.day_one, group_cumulative=shares))

    assert first_difference(program, other) == END
