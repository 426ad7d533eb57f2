"""What effects do to rates, hazards, durations and routes, and what is averted and induced."""

import math

import numpy as np
import pytest
from telling import Told, seconds, span, tell

from simulator.compiler import Window
from simulator.engines.readable import effects
from simulator.engines.records import AVERTED, HAPPENED, INDUCED
from simulator.errors import CompileError

PLACE = """
[segments.adults]
people = 4
becomes = { dead = "0.1 per year" }
[segments.frail]
people = 2
[needs.fall]
rate = "2 per year"
starts_at = "rest"
one_at_a_time = false
[activities.rest]
duration = "2 h"
"""


def switch(name: str, effect: str, *, rules: str = "") -> str:
    """Give an intervention of one effect on the rate of falls, unless the effect says what on."""
    if "=" not in effect.split("\n")[0] or not effect.startswith(("times", "plus")):
        effect = 'times = "needs.fall.rate"\n' + effect
    return f"[interventions.{name}]\n{rules}[[interventions.{name}.effects]]\n{effect}\n"


def until(when: str) -> Window:
    """Give a window that ends a day after this."""
    return span(f"{seconds(when) + 86_400} s")


def happens(text: str, threshold: float, *, on: list[str], person: int = 0, when: str = "1 h") -> bool:
    """Say whether a fall of this threshold happens."""
    told = tell(text, needs=[(when, "fall", person, threshold)], on=on, window=until(when))
    assert len(told.rows("opened", "averted")) <= 1
    return bool(told.rows("opened"))


def intensity(text: str, *, on: list[str], person: int = 0, when: str = "1 h") -> float:
    """Find the intensity of falls, to 1/64 a year, by asking which thresholds it exceeds."""
    thresholds = np.arange(0, 8, 1 / 64) + 1 / 128
    said = [(when, "fall", person, float(threshold)) for threshold in thresholds]
    told = tell(text, needs=said, on=on, window=until(when))
    return len(told.rows("opened")) / 64


A, B = switch("a", "value = 0.5"), switch("b", "value = 0.5")


def test_a_candidate_happens_if_the_intensity_exceeds_its_threshold() -> None:
    assert happens(PLACE, 1.99, on=[])
    assert not happens(PLACE, 2.0, on=[])


def test_factors_multiply() -> None:
    assert intensity(PLACE + A + B, on=["a", "b"]) == 0.5


def test_what_is_off_does_nothing() -> None:
    assert intensity(PLACE + A + B, on=["a"]) == 1.0


def test_what_is_added_is_added_after_the_factors() -> None:
    more = switch("c", 'plus = "needs.fall.rate"\nvalue = "1 per year"')

    assert intensity(PLACE + A + more, on=["a", "c"]) == 2.0


def test_a_rate_never_falls_below_nought() -> None:
    less = switch("c", 'plus = "needs.fall.rate"\nvalue = "-5 per year"')

    assert intensity(PLACE + less, on=["c"]) == 0.0


def test_half_the_strength_is_half_the_way() -> None:
    half = switch("a", "value = 0.5", rules='ramp = [["0 years", 0.5], ["1 year", 0.5]]\n')

    assert intensity(PLACE + half, on=["a"]) == 1.5


def test_an_effect_fades() -> None:
    faded = switch("a", "value = 0.5", rules='fades = [["0 years", 0.75], ["1 year", 0.75]]\n')

    assert intensity(PLACE + faded, on=["a"]) == 1.75


def test_a_ramp_is_read_each_monday_and_held_between() -> None:
    ramp = switch("a", "value = 0", rules='ramp = { linear = "4 weeks" }\n')

    found = [
        intensity(PLACE + ramp, on=["a"], when=when)
        for when in ("0 s", "167 h", "168 h", "3 weeks", "5 weeks")
    ]

    assert found == [2.0, 2.0, 1.5, 0.5, 0.0]


def test_an_effect_begins_at_the_second_it_starts_and_is_over_at_the_second_it_ends() -> None:
    some_days = switch("a", "value = 0.5", rules='starts = "2 days"\nends = "4 days"\n')

    found = [
        intensity(PLACE + some_days, on=["a"], when=when)
        for when in ("172799 s", "2 days", "345599 s", "4 days")
    ]

    assert found == [2.0, 1.0, 1.0, 2.0]


def test_values_by_year_lie_on_straight_lines_between() -> None:
    by_year = switch("a", "by_year = { 1 = 1.0, 2 = 0.0 }")
    half_way = "78 weeks"  # 546 days: 180.75 of 365.25 days into the second year

    found = [intensity(PLACE + by_year, on=["a"], when=when) for when in ("1 h", half_way, "2.5 years")]

    assert found == [2.0, pytest.approx(2 * (1 - 180.75 / 365.25), abs=1 / 64), 0.0]


def test_values_by_year_may_count_from_the_persons_enrolment() -> None:
    late = switch(
        "a",
        'by_year = { 1 = 1.0, 2 = 0.0 }\nsince = "enrolment"\nfor = "enrolled"',
        rules='places = 6\nstarts = "1 year"\n',
    )

    assert intensity(PLACE + late, on=["a"], when="2.5 years") == pytest.approx(1.0, abs=0.05)


def test_values_since_enrolment_are_only_for_the_enrolled() -> None:
    text = PLACE + switch("a", 'by_year = { 1 = 1.0, 2 = 0.0 }\nsince = "enrolment"\nfor = "everyone"')

    with pytest.raises(CompileError, match=r"effects\.0\.since: counts from each person's enrolment"):
        tell(text, needs=[], on=["a"])


def test_an_effect_is_for_the_enrolled_a_segment_or_everyone() -> None:
    enrolled = switch(
        "a", 'value = 0.5\nfor = "enrolled"', rules='eligible = { segments = ["frail"] }\nplaces = 2\n'
    )
    segment = switch("a", 'value = 0.5\nfor = ["frail"]')
    everyone = switch("a", 'value = 0.5\nfor = "everyone"', rules="places = 0\n")

    found = [
        [intensity(PLACE + one, on=["a"], person=who) for who in (0, 4)]
        for one in (enrolled, segment, everyone)
    ]

    assert found == [[2.0, 1.0], [2.0, 1.0], [1.0, 1.0]]


def test_what_is_averted_is_shared_by_what_pulls_down_and_only_that() -> None:
    model = PLACE + A + switch("b", "value = 0.75") + switch("c", "value = 1.25")

    told = tell(model, needs=[("1 h", "fall", 0, 1.9), ("2 h", "fall", 1, 0.1)], on=["a", "b", "c"])

    assert told.run.needs.averted.sum(axis=(0, 1, 2)).tolist() == pytest.approx([2 / 3, 1 / 3, 0])
    assert told.run.needs.happened.sum() == 1
    assert told.run.needs.fate[0].tolist() == [AVERTED, HAPPENED]


def test_what_pulls_down_is_added_up_one_by_one_as_a_kernel_adds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects, "sum", math.fsum, raising=False)  # nearly what Python does from 3.12 on
    model = "".join(switch(name, f"value = {value}") for name, value in (("a", 0.8), ("b", 0.1), ("c", 0.9)))
    pulls = [1 - 0.8, 1 - 0.1, 1 - 0.9]
    total = pulls[0] + pulls[1] + pulls[2]

    told = tell(PLACE + model, needs=[("1 h", "fall", 0, 1.9)], on=["a", "b", "c"])

    assert told.run.needs.averted.sum(axis=(0, 1, 2)).tolist() == [pull / total for pull in pulls]
    assert total != math.fsum(pulls)


def test_what_a_plus_takes_away_counts_as_a_share_of_the_rate() -> None:
    model = PLACE + A + switch("b", 'plus = "needs.fall.rate"\nvalue = "-0.5 per year"')

    told = tell(model, needs=[("1 h", "fall", 0, 1.9)], on=["a", "b"])

    assert told.run.needs.averted.sum(axis=(0, 1, 2)).tolist() == pytest.approx([2 / 3, 1 / 3])


def test_a_need_that_would_not_have_happened_is_induced() -> None:
    told = tell(
        PLACE + switch("a", "value = 2"),
        needs=[("1 h", "fall", 0, 1.9), ("2 h", "fall", 0, 3.9), ("3 h", "fall", 0, 4.1)],
        on=["a"],
    )

    assert told.run.needs.happened.sum() == 2
    assert told.run.needs.induced.sum() == 1
    assert told.run.needs.fate[0].tolist() == [HAPPENED, HAPPENED | INDUCED, 0]


def test_an_added_need_has_full_strength_for_the_enrolled() -> None:
    adds = """
[interventions.a]
places = 1
ramp = { linear = "10 years" }
adds = [{ need = "fall", rate = "3 per year", for = "enrolled" }]
eligible = { segments = ["frail"] }
"""
    found = [intensity(PLACE + adds, on=["a"], person=person) for person in (0, 4, 5)]

    assert sorted(found) == [2.0, 2.0, 5.0]


def test_a_hazard_is_multiplied() -> None:
    for factor, died in ((0.5, False), (2, True)):
        model = PLACE + switch("a", f'times = "segments.adults.becomes.dead"\nvalue = {factor}')
        told = tell(model, needs=[], life=[("1 h", "dead", 0, 0.15)], on=["a"])
        assert bool(told.rows("death")) is died


def test_joiners_come_by_the_present_rate() -> None:
    model = PLACE.replace("people = 2", 'people = 2\njoiners = "40 per year"')

    def joiners(*on: str) -> list[str]:
        text = model + switch("a", 'times = "segments.frail.joiners"\nvalue = 0.5')
        return tell(text, needs=[], on=on, window=span("2 years")).rows("joins")

    assert 50 < len(joiners()) < 115
    assert {row.split()[0] for row in joiners("a")} < {row.split()[0] for row in joiners()}
    assert 22 < len(joiners("a")) < 62


CALLS = """
[referrals.call]
at = TIMES
starts_at = "talk"
[activities.talk]
duration = "61 s"
routes = { visit = 0.5, letter = 0.3, exit = 0.2 }
[activities.visit]
duration = "1 h"
[activities.letter]
duration = "1 h"
""".replace("TIMES", str([f"{minute} min" for minute in range(400)]))


def routes(told: Told) -> dict[int, str]:
    """Give where each case goes after its talk."""
    went = {int(row.split("#")[1].split()[0]): row.split()[-1] for row in told.rows("arrives")}
    return went


def test_a_duration_is_scaled_after_inversion_and_rounded_once() -> None:
    told = tell(CALLS + switch("a", 'times = "activities.talk.duration"\nvalue = 0.25'), on=["a"])

    assert told.rows("ready")[0].startswith("0:00:15 ")


def test_an_amount_of_time_is_added_to_a_duration() -> None:
    told = tell(CALLS + switch("a", 'plus = "activities.talk.duration"\nvalue = "29 s"'), on=["a"])

    assert told.rows("ready")[0].startswith("0:01:30 ")


def test_a_stay_that_has_begun_is_not_changed() -> None:
    model = CALLS + switch("a", 'times = "activities.visit.duration"\nvalue = 3', rules='starts = "3 h"\n')

    told = tell(model, on=["a"])

    records = told.run.log
    assert records is not None
    visit = told.program.names.activities.index("visit")
    starts = {
        n: s
        for n, s, w, a in zip(records.number, records.second, records.what, records.activity, strict=True)
        if w == 2 and a == visit
    }
    ends = {
        n: s
        for n, s, w, a in zip(records.number, records.second, records.what, records.activity, strict=True)
        if w == 3 and a == visit
    }
    assert {int(ends[n] - starts[n]) for n in starts if starts[n] < 3 * 3600} == {3600}
    assert {int(ends[n] - starts[n]) for n in starts if starts[n] >= 3 * 3600} == {3 * 3600}


def test_a_share_that_falls_moves_only_those_who_chose_it_and_only_to_instead() -> None:
    effect = switch("a", 'times = "activities.talk.routes.visit"\nvalue = 0.6\ninstead = "letter"')
    before, after = routes(tell(CALLS + effect)), routes(tell(CALLS + effect, on=["a"]))

    moved = {case for case in before if before[case] != after[case]}
    chose = {case for case in before if before[case] == "visit"}

    assert moved < chose
    assert {after[case] for case in moved} == {"letter"}
    assert 0.28 < len(moved) / len(chose) < 0.52


def test_each_effect_moves_cases_by_a_draw_of_its_own() -> None:
    effect = 'times = "activities.talk.routes.visit"\nvalue = 0.5\ninstead = "letter"'
    model = CALLS + switch("a", effect) + switch("b", effect)
    before, after = (list(routes(tell(model, on=on)).values()) for on in ([], ["a", "b"]))

    assert 0.15 < after.count("visit") / before.count("visit") < 0.36


def test_a_share_that_rises_takes_only_from_instead() -> None:
    effect = switch("a", 'times = "activities.talk.routes.visit"\nvalue = 1.2\ninstead = "letter"')
    before, after = routes(tell(CALLS + effect)), routes(tell(CALLS + effect, on=["a"]))

    moved = {case for case in before if before[case] != after[case]}

    assert {before[case] for case in moved} == {"letter"}
    assert {after[case] for case in moved} == {"visit"}
    assert 20 < len(moved) < 62


def test_referrals_come_by_the_present_multiple_of_their_rate() -> None:
    model = CALLS.replace(f"at = {[f'{minute} min' for minute in range(400)]}", 'rate = "10 per hour"')
    effect = switch("a", 'times = "referrals.call.rate"\nvalue = 0.5')
    all_calls, some = (tell(model + effect, on=on).rows("opened") for on in ([], ["a"]))

    assert {row.split()[0] for row in some} < {row.split()[0] for row in all_calls}
    assert 80 < len(some) < 165
    assert 180 < len(all_calls) < 310


def test_added_capacity_is_there_while_the_intervention_runs() -> None:
    model = """
[referrals.call]
at = ["1 h", "1 h", "1 h", "1 h"]
starts_at = "talk"
[resources.desks]
capacity = 1
[activities.talk]
resource = "desks"
duration = "10 h"
[interventions.a]
starts = "2 h"
ends = "4 h"
adds = [{ resource = "desks", capacity = 2 }]
"""
    told = tell(model, on=["a"], window=span("2 days"))

    assert [row.split()[0] for row in told.rows("starts")] == ["1:00", "2:00", "2:00", "12:00"]
