"""An exchange as arrays: bounds that demand is drawn for, lines of capacity, one past, no trace if absent."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from simulator.compiler import Compiled, exchange_reads
from simulator.compiler.fingerprint import pieces
from simulator.compiler.first_difference import first_difference
from simulator.compiler.program import Program
from simulator.engines import records
from simulator.errors import CompileError

DAY = 86_400
END = 28 * DAY
PLACE = """
[localities.east]
share = 0.5
needs_times = { fall = 2 }
[localities.west]
share = 0.5
[segments.well]
people = 100
becomes = { dead = "0.1 per year" }
[needs.fall]
rate = "0.4 per year"
starts_at = "ward"
[referrals.planned]
rate = "1 per day"
starts_at = "ward"
[timetables.days]
every_day = ["08:00-18:00"]
[resources.beds]
capacity = 10
[activities.ward]
resource = "beds"
duration = "4 days"
[stocks.nurses]
initial = 40
[interventions.plan]
starts = "2 weeks"
[[interventions.plan.effects]]
times = "needs.fall.rate"
value = 0.5
[exchange]
every = "1 day"
[exchange.drives]
"""
Compile = Callable[..., Program]
Check = Callable[..., Compiled]


def test_demand_is_drawn_up_to_the_declared_bound_in_every_scenario(compile_text: Compile) -> None:
    drives = (
        '"needs.fall.rate" = { times = "1", between = [0, 3] }\n'
        '"segments.well.becomes.dead" = { times = "1", between = [0.5, 2] }\n'
        '"referrals.planned.rate" = { by = "1", between = ["1 per week", "14 per week"] }\n'
    )

    program = compile_text(PLACE + drives)

    assert program.needs.bound.tolist() == [[pytest.approx(0.4 * 2 * 3)]]
    assert program.people.hazard_bound[0, 1] == pytest.approx(0.2)
    assert program.referrals.bound[0] == pytest.approx(2 * 365.25)
    assert program.needs.rate.tolist() == [[pytest.approx(0.4)]]


def test_a_driven_capacity_follows_timetable_steps_and_interventions(compile_text: Compile) -> None:
    text = PLACE.replace("capacity = 10", 'capacity = { number = 10, timetable = "days" }')
    drives = '"resources.beds.capacity" = { by = "nurses / 4", between = [0, 20] }\n'
    adds = '[interventions.more]\nadds = [{ resource = "beds", capacity = 3 }]\n'

    exchange = compile_text(text + drives + adds, on=("more",), horizon_days=1).exchange

    assert exchange is not None
    lines = (exchange.line_second // 3600, exchange.line_factor, exchange.line_plus)
    assert [one.tolist() for one in lines] == [[0, 8, 18], [0, 1, 0], [0, 3, 0]]


def test_a_rate_of_nought_cannot_be_replaced(compile_text: Compile) -> None:
    said = PLACE.replace('"0.4 per year"', '"0 per year"')

    with pytest.raises(CompileError, match="the file has this rate as 0; write one above 0"):
        compile_text(said + '"needs.fall.rate" = { by = "1", between = ["0 per year", "2 per year"] }\n')


def test_a_share_of_the_place_gives_its_stocks_whole_numbers_and_takes_its_share(check: Check) -> None:
    drives = (
        '"resources.beds.capacity" = { by = "nurses / 4", between = [0, 20] }\n'
        '"referrals.planned.rate" = { by = "1", between = ["1 per week", "14 per week"] }\n'
    )
    reads = (
        '[exchange.reads]\nwaiting = "activity.ward.waiting, now"\nfull = "resource.beds.occupancy, now"\n'
    )

    found = check(PLACE + drives + reads, share=Fraction(1, 4))

    exchange = found.program.exchange
    assert exchange is not None
    assert (exchange.read_scale.tolist(), exchange.line_factor.tolist()) == ([1.0, 4.0], [0.25])
    assert found.program.referrals.bound[0] == pytest.approx(2 * 365.25 / 4)
    assert any(
        "the stocks speak of the whole place and meet a share of it" in one.text for one in found.notes
    )


def test_what_is_driven_differs_from_the_beginning_but_strength_from_the_start_of_its_intervention(
    compile_text: Compile,
) -> None:
    strength = PLACE + '"interventions.plan.strength" = { times = "0.5", between = [0, 1] }\n'
    baseline, on = compile_text(strength), compile_text(strength, on=("plan",))
    other = compile_text(strength.replace("initial = 40", "initial = 41"))

    assert first_difference(baseline, on) == 14 * DAY
    assert first_difference(baseline, other) == 0
    assert first_difference(baseline, replace(baseline, exchange=None)) == 0
    assert first_difference(baseline, compile_text(strength)) == END


def test_capacity_that_an_intervention_changes_differs_from_then(compile_text: Compile) -> None:
    drives = '"resources.beds.capacity" = { by = "nurses / 4", between = [0, 20] }\n'
    adds = '[interventions.more]\nstarts = "10 days"\nadds = [{ resource = "beds", capacity = 3 }]\n'

    baseline, on = (compile_text(PLACE + drives + adds, on=one) for one in ((), ("more",)))

    assert first_difference(baseline, on) == 10 * DAY


def test_the_order_of_a_file_changes_no_part_of_an_exchange(compile_text: Compile) -> None:
    stocks = '[stocks.beds_there]\ninitial = "nurses"\n[flows.a]\nfrom = "nurses"\nto = "outside"\nrate = 1\n'
    other = '[flows.b]\nfrom = "nurses"\nto = "outside"\nrate = 2\n'

    one, two = (
        compile_text(PLACE.replace("[exchange]", f"{tables}[exchange]"))
        for tables in (stocks + other, other + stocks)
    )

    assert one.fingerprint == two.fingerprint


def test_a_program_without_an_exchange_has_the_fingerprint_it_always_had(compile_text: Compile) -> None:
    program = compile_text(PLACE[: PLACE.index("[stocks")])

    assert program.exchange is None
    assert not any(b"exchange" in piece for piece in pieces(program, ""))


def test_reads_name_the_fields_of_the_records() -> None:
    fields = exchange_reads.RESOURCE_FIELDS
    assert fields == {
        "in_use": records.USED_AREA,
        "kept": records.RESOURCE_KEPT_AREA,
        "turnaround": records.TURNING_AREA,
        "queue": records.QUEUE_AREA,
        "capacity": records.AVAILABLE_AREA,
    }
    names = ("ARRIVALS", "STARTS", "LEAVES", "REFUSED", "GAVE_UP", "WAIT_SECONDS", "KEPT_STAY_SECONDS")
    areas = ("WAITING_AREA", "ACTIVE_AREA", "KEPT_AREA")
    for name in (*names, *areas):
        assert getattr(exchange_reads, name) == getattr(records, name), name


def test_the_cost_of_an_activity_is_priced_by_group(compile_text: Compile) -> None:
    priced = PLACE.replace('"4 days"', '"4 days"\ncost = { contact = { fall = "£40", otherwise = "£5" } }')
    reads = '[exchange.reads]\nspent = "activity.ward.cost, total since last"\n'

    exchange = compile_text(priced + reads).exchange

    assert exchange is not None
    assert sorted(set(exchange.term_weight.tolist())) == [5.0, 40.0]
    assert np.all(exchange.meter_group >= 0)


def test_demand_for_an_equation_alone_is_first_drawn_to_twice_its_first_level(compile_text: Compile) -> None:
    program = compile_text(PLACE.replace('rate = "1 per day"', 'rate_from = "nurses / 10"'))

    assert program.exchange is not None
    assert program.referrals.rate.tolist() == [pytest.approx(4 * 365.25)]
    assert program.exchange.high.tolist() == [pytest.approx(8)]


def test_that_a_first_rate_cannot_be_told_is_noted(check: Check) -> None:
    found = check(PLACE.replace('rate = "1 per day"', 'rate_from = "smooth1(nurses, 3)"'))

    assert any("cannot be told from the equations" in note.text for note in found.notes)
