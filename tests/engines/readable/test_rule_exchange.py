"""Stocks and people meet at the seconds of an exchange, in a written order; both engines by one room."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from telling import Told, clock, span, tell

from simulator.engines.records import ExchangeRecords
from simulator.errors import RunFailed

WARD = """
[referrals.patient]
at = [ARRIVALS]
starts_at = "ward"
[resources.beds]
capacity = 1
[activities.ward]
resource = "beds"
duration = "DURATION"
[integration]
time_unit = "hour"
step = "1 hour"
"""
GROWING = """
[stocks.nurses]
initial = 1.5
[flows.hired]
from = "outside"
to = "nurses"
rate = "0.3"
[exchange]
every = "1 hour"
[exchange.drives]
"resources.beds.capacity" = { by = "nurses", between = [0, 30] }
"""


def ward(more: str, *, arrivals: str = '"1 h", "1 h", "1 h"', duration: str = "10 h") -> str:
    """Give a ward with stocks beside it."""
    return WARD.replace("ARRIVALS", arrivals).replace("DURATION", duration) + more


def exchanged(told: Told) -> ExchangeRecords:
    """Give what the exchanges of a run left."""
    assert told.run.exchange is not None
    return told.run.exchange


def reading(quantity: str, *, at_start: float = 0.0) -> str:
    """Give an exchange that only reads, once an hour."""
    said = f'reads = {{ seen = {{ of = "{quantity}", at_start = {at_start} }} }}'
    return f'[stocks.idle]\ninitial = 1\n[exchange]\nevery = "1 hour"\n{said}\n'


def test_a_driven_capacity_is_the_whole_part_of_the_stock() -> None:
    told = tell(ward(GROWING))

    assert told.rows("starts") == [
        "1:00 patient#1 starts ward",
        "2:00 patient#2 starts ward",
        "5:00 patient#3 starts ward",
    ]


def test_the_first_levels_are_handed_back_before_anybody_is_in_a_place() -> None:
    told = tell(ward(GROWING.replace("1.5", "3.2"), arrivals='"0 s", "0 s", "0 s", "0 s"'))

    assert [row.split()[0] for row in told.rows("starts")] == ["0:00", "0:00", "0:00", "3:00"]


def test_capacity_is_applied_before_the_ends_and_arrivals_of_its_second() -> None:
    told = tell(
        ward(GROWING.replace('rate = "0.3"', 'rate = "0.25"'), arrivals='"1 h", "2 h"', duration="1 h")
    )

    assert told.rows("starts", "leaves") == [
        "1:00 patient#1 starts ward",
        "2:00 patient#1 leaves ward",
        "2:00 patient#2 starts ward",
        "3:00 patient#2 leaves ward",
    ]


def test_what_happens_at_the_second_of_an_exchange_is_handed_over_at_the_next() -> None:
    counted = reading("activity.ward.arrivals, total since last").replace(
        "initial = 1", 'initial = 0\n[flows.coming]\nfrom = "outside"\nto = "idle"\nrate = "seen"'
    )

    told = tell(ward(counted, arrivals='"30 min", "2 h", "150 min"'), window=span("4 h", period="1 h"))

    assert exchanged(told).reads[:, 0].tolist() == [1, 0, 2, 0]
    assert exchanged(told).stocks[:, 0].tolist() == [1, 1, 3, 3]


def test_a_mean_since_last_is_over_the_interval_though_a_period_closes_within_it() -> None:
    told = tell(
        ward(reading("resource.beds.occupancy, mean since last"), arrivals='"30 min"', duration="1 h"),
        window=span("3 h", period="20 min"),
    )

    hours = exchanged(told).second // 3600
    assert hours.tolist() == [1, 2, 3]
    assert exchanged(told).reads[:, 0].tolist() == [0.5, 0.5, 0.0]


def test_a_read_now_is_the_state_before_the_events_of_its_second() -> None:
    told = tell(
        ward(reading("activity.ward.waiting, now"), arrivals='"1 h", "1 h", "90 min"'),
        window=span("3 h", period="1 h"),
    )

    assert exchanged(told).reads[:, 0].tolist() == [0, 2, 2]


def test_a_mean_wait_stays_what_it_was_while_nobody_starts() -> None:
    told = tell(
        ward(
            reading("activity.ward.wait_mean_days, mean since last", at_start=9),
            arrivals='"90 min", "100 min"',
            duration="1 h",
        ),
        window=span("5 h", period="1 h"),
    )

    waited = np.array([0, 50 / 60, 50 / 60]) / 24
    assert exchanged(told).reads[:, 0] == pytest.approx([9, *waited[:2], *waited[1:]], rel=1e-12)


def test_money_spent_is_handed_over_in_pounds() -> None:
    costly = ward(reading("activity.ward.cost, total since last"), arrivals='"30 min"').replace(
        'duration = "10 h"', 'duration = "10 h"\ncost = { contact = "£45", day = "£240" }'
    )

    told = tell(costly, window=span("2 h", period="1 h"))

    assert exchanged(told).reads[:, 0] == pytest.approx([45 + 5, 10], rel=1e-12)


def test_what_leaves_its_bounds_fails_the_run_by_name() -> None:
    wild = ward(GROWING.replace("[0, 30]", "[0, 2]"))

    with pytest.raises(RunFailed) as failed:
        tell(wild)

    assert str(failed.value) == (
        'exchange.drives."resources.beds.capacity": came to 2.1 on day 0.0833333 (second 7,200), outside its '
        "between = [0, 2]; widen the bounds, or see why the stocks leave them."
    )


def test_what_is_below_its_bounds_at_the_beginning_fails_the_run() -> None:
    with pytest.raises(
        RunFailed, match=r"came to 1.5 on day 0 \(second 0\), outside its between = \[2, 30\]"
    ):
        tell(ward(GROWING.replace("[0, 30]", "[2, 30]")))


def test_a_strength_is_held_to_its_bounds_only_while_its_intervention_runs() -> None:
    text = ward(driven("interventions.plan.strength", '{ by = "level", between = [2.5, 60] }'))
    plan = '[interventions.plan]\nstarts = "2 h"\n[[interventions.plan.effects]]\ntimes = "needs.fall.rate"\n'

    assert tell(text + plan + "value = 0.9\n", on=("plan",)).run.exchange is not None
    with pytest.raises(RunFailed, match="came to 2 on day"):
        tell(text + plan.replace("2 h", "119 min") + "value = 0.9\n", on=("plan",))


def test_the_mean_of_a_stock_is_over_the_exchanges_after_warm_up() -> None:
    told = tell(ward(GROWING), window=span("3 h", warm_up="5 h"))

    assert exchanged(told).stock_mean.tolist() == [pytest.approx(1.5 + 0.3 * (6 + 7 + 8) / 3)]


def test_time_in_equations_counts_from_the_first_day_that_counts() -> None:
    stepping = ward(GROWING.replace('"0.3"', '"step(1, 0)"')).replace("step = ", 'method = "euler"\nstep = ')

    told = tell(stepping, window=span("3 h", warm_up="5 h", period="1 h"))

    assert exchanged(told).stocks[:, 0].tolist() == [1.5] * 5 + [2.5, 3.5, 4.5]


def test_who_starts_by_an_exchange_at_midnight_loses_no_patience_on_the_day_that_begins() -> None:
    later = GROWING.replace("1.5", "0.5").replace('"0.3"', '"0.03"').replace('"1 hour"', '"1 day"')
    impatient = ward(later, arrivals='"20 h", "21 h"').replace(
        'duration = "10 h"', 'duration = "10 h"\npatience = "8 h"'
    )

    told = tell(impatient, window=span("3 days"))

    assert told.rows("starts", "gave_up") == [
        "24:00 patient#1 starts ward",
        "29:00 patient#2 gave_up ward",
    ]


def test_a_stock_that_is_no_number_fails_the_run_by_name() -> None:
    with pytest.raises(RunFailed, match="nurses: is no number, or beyond all numbers, on day 0"):
        tell(ward(GROWING.replace('"0.3"', '"exp(800 * time)"')))


def test_a_driven_duration_is_multiplied_as_it_is_drawn_and_no_stay_that_has_begun() -> None:
    slower = GROWING.replace(
        '"resources.beds.capacity" = { by = "nurses", between = [0, 30] }',
        '"activities.ward.duration" = { times = "if time < 2 then 1 else 1.5", between = [1, 2] }',
    )

    told = tell(ward(slower, arrivals='"1 h", "2 h"', duration="90 min"))

    assert told.rows("leaves") == ["2:30 patient#1 leaves ward", "4:45 patient#2 leaves ward"]


def test_a_timetable_closes_a_driven_capacity_and_opens_it_at_the_present_level() -> None:
    open_late = ward(GROWING, arrivals='"0 s", "0 s", "0 s"').replace(
        "capacity = 1", 'capacity = { number = 1, timetable = "late" }'
    )

    told = tell(open_late + '[timetables.late]\nevery_day = ["06:30-24:00"]\n')

    assert told.rows("starts") == [
        "6:30 patient#1 starts ward",
        "6:30 patient#2 starts ward",
        "6:30 patient#3 starts ward",
    ]


PEOPLE = """
[segments.well]
people = 3
becomes = { frail = "0.1 per year" }
[segments.frail]
people = 0
[needs.fall]
rate = "1 per year"
starts_at = "ward"
one_at_a_time = false
"""


def driven(path: str, said: str) -> str:
    """Give people of whom something is driven, by a stock that goes from 1 to 3 within two hours."""
    stock = '[stocks.level]\ninitial = 1\n[flows.up]\nfrom = "outside"\nto = "level"\nrate = "1"\n'
    return PEOPLE + stock + f'[exchange]\nevery = "1 hour"\n[exchange.drives]\n"{path}" = {said}\n'


def test_a_driven_rate_lets_candidates_below_it_happen_from_the_exchange_on() -> None:
    text = ward(driven("needs.fall.rate", '{ times = "level", between = [0, 60] }'), arrivals='"23 h"')

    told = tell(text, needs=[("30 min", "fall", 0, 1.5), ("1 h", "fall", 1, 1.5), ("90 min", "fall", 2, 2.5)])

    assert told.rows("opened")[:-1] == ["1:00 fall#1 opened"]


def test_a_rate_may_be_replaced_in_the_unit_of_its_bounds() -> None:
    said = '{ by = "level / 365.25", between = ["0 per day", "1 per day"] }'

    told = tell(
        ward(driven("needs.fall.rate", said), arrivals='"23 h"'),
        needs=[("90 min", "fall", 0, 1.9), ("90 min", "fall", 1, 2.1)],
    )

    assert len(told.rows("opened")) == 2


def test_a_driven_hazard_makes_people_become_frail() -> None:
    said = '{ times = "level", between = [0, 60] }'

    told = tell(
        ward(driven("segments.well.becomes.frail", said), arrivals='"23 h"'),
        needs=[],
        life=[("30 min", "frail", 0, 0.15), ("90 min", "frail", 1, 0.15)],
    )

    assert told.rows("becomes") == ["1:30 person 1 becomes frail"]


def test_a_driven_strength_acts_while_its_intervention_runs() -> None:
    text = ward(driven("interventions.plan.strength", '{ by = "0.25 * level", between = [0, 9] }'))
    plan = '[interventions.plan]\n[[interventions.plan.effects]]\ntimes = "needs.fall.rate"\nvalue = 0.0\n'

    told = tell(text + plan, on=("plan",), needs=[("30 min", "fall", 0, 0.7), ("90 min", "fall", 1, 0.7)])

    assert told.rows("opened", "averted")[0] == "0:30 fall#1 opened"
    assert told.rows("averted") == ["1:30 person 1 averted fall"]


HEADS = """
[referrals.patient]
rate_from = { by = "40 * here", between = ["0 per day", "4000 per day"] }
takes_from = "here"
returns_to = "home"
starts_at = "ward"
[resources.beds]
capacity = 3
[activities.ward]
resource = "beds"
duration = { expon = { mean = "5 h" } }
routes = { exit = 0.7, died = 0.3 }
[stocks.here]
initial = 7.6
[stocks.home]
initial = 0.5
[flows.ill]
from = "outside"
to = "here"
rate = "1.7"
[exchange]
every = "3 hours"
"""


def heads(*, horizon: str) -> Told:
    """Run patients who are heads of a stock."""
    return tell(HEADS, window=span(horizon, period="3 h"))


def test_heads_cross_whole_and_none_is_lost() -> None:
    told = heads(horizon="12 days")
    records, log = exchanged(told), told.run.log
    assert log is not None

    opened, exits = len(told.rows("opened")), len(told.rows("exits"))
    assert opened == int(records.taken[0]) > 20
    assert 0 < int(records.returned[1]) < exits
    here, home = records.stocks[-1]
    assert here == pytest.approx(7.6 + 1.7 * 12 - opened, abs=1e-9)
    assert home == 0.5 + int(records.returned[1])


def test_no_more_heads_are_taken_than_were_there_whole_at_the_last_exchange() -> None:
    told = heads(horizon="12 days")
    stocks = exchanged(told).stocks[:, 0]
    opened = np.array([float(row.split()[0].split(":")[0]) for row in told.rows("opened")])

    taken = np.histogram(opened, bins=np.arange(0, 12 * 24 + 1, 3))[0]
    assert taken[0] == 7
    assert (taken[1:] <= np.floor(stocks[:-1])).all()
    assert stocks.min() >= 0


def test_an_exchange_that_drives_by_one_changes_nothing_else() -> None:
    said = '{ times = "1", between = [0, 60] }'
    text = ward(driven("needs.fall.rate", said))
    without = text[: text.index("[exchange]")]

    one, other = tell(text, window=span("30 days")), tell(without, window=span("30 days"))

    assert one.rows() == other.rows()
    assert np.array_equal(one.run.activities.values, other.run.activities.values)
    assert other.run.exchange is None


RING = """
[resources.left]
capacity = 1
[resources.right]
capacity = 1
[activities.in_left]
resource = "left"
duration = "1 h"
keeps_place_until_next = "starts"
routes = { outbound = { to = "in_right", as = "home_bound" }, otherwise = "exit" }
[activities.in_right]
resource = "right"
duration = "1 h"
keeps_place_until_next = "starts"
routes = { inbound = { to = "in_left", as = "home_bound" }, otherwise = "exit" }
[referrals.outbound]
at = ["1 h"]
starts_at = "in_left"
[referrals.inbound]
at = ["1 h"]
starts_at = "in_right"
"""


def test_stocks_and_people_meet_before_rings_move() -> None:
    daily = reading("activity.in_right.waiting, now").replace("1 hour", "1 day")

    told = tell(RING + daily, window=span("2 days"))

    assert told.run.ring_moves == 2
    assert exchanged(told).reads[:, 0].tolist() == [1, 0]


def test_the_last_exchange_is_at_the_end() -> None:
    told = tell(ward(GROWING), window=span("6 h", period="4 h"))

    assert [clock(second) for second in exchanged(told).second.tolist()] == ["4:00", "6:00"]


BARE = HEADS.replace(
    'rate_from = { by = "40 * here", between = ["0 per day", "4000 per day"] }', 'rate_from = "RATE"'
)


def test_an_equation_alone_drives_a_referral_in_the_stocks_unit_of_time() -> None:
    said = HEADS.replace("capacity = 3", "capacity = 30")
    bare = said.replace('{ by = "40 * here", between = ["0 per day", "4000 per day"] }', '"40 * here"')

    one, other = (tell(text, window=span("12 days", period="3 h")) for text in (said, bare))

    assert one.rows() == other.rows()
    assert len(one.rows("opened")) > 20


def test_what_nothing_bounds_may_rise_as_far_as_it_likes_and_is_drawn_as_if_it_had_been_known() -> None:
    rising = (
        '[referrals.patient]\nrate_from = "coming"\nstarts_at = "ward"\n' + WARD[WARD.index("[resources") :]
    )
    rising = rising.replace("DURATION", "1 h").replace('time_unit = "hour"', 'time_unit = "day"')
    stock = '[stocks.coming]\ninitial = 0.5\n[flows.up]\nfrom = "outside"\nto = "coming"\nrate = "coming"\n'
    bare = rising + stock + '[exchange]\nevery = "6 hours"\n'
    known = bare.replace(
        '"coming"\nstarts', '{ by = "coming", between = ["0 per day", "900 per day"] }\nstarts'
    )

    one, other = (tell(text, window=span("7 days")) for text in (bare, known))

    assert len(one.rows("opened")) > 300
    assert one.rows() == other.rows()


def test_below_nought_nobody_is_referred() -> None:
    told = tell(BARE.replace("RATE", "0 - here"), window=span("2 days"))

    assert told.rows("opened") == []


def slower(
    path: str, said: str, *, ward_more: str = "", arrivals: str = '"1 h", "1 h", "3 h"', beds: int = 1
) -> Told:
    """Run a ward of one bed of which something is driven."""
    stock = GROWING[: GROWING.index("[exchange.drives]")]
    drives = f'[exchange.drives]\n"{path}" = {said}\n'
    text = ward(stock + drives, arrivals=arrivals).replace("capacity = 1", f"capacity = {beds}")
    return tell(text.replace('duration = "10 h"', f'duration = "10 h"\n{ward_more}'), window=span("2 days"))


def test_driven_patience_is_multiplied_as_somebody_joins_the_queue() -> None:
    said = '{ times = "if time < 2 then 1 else 3", between = [0, 4] }'

    told = slower("activities.ward.patience", said, ward_more='patience = "90 min"')

    assert told.rows("gave_up") == ["2:30 patient#2 gave_up ward", "7:30 patient#3 gave_up ward"]


def to_the_lounge(times: str, *, share: float) -> int:
    """Give how many of 40 go on to the lounge, where the share who do is multiplied."""
    routes = f'routes = {{ lounge = {share}, exit = {1 - share} }}\n[activities.lounge]\nresource = "none"\n'
    told = slower(
        "activities.ward.routes.lounge",
        f'{{ times = "{times}", between = [0, 4] }}',
        ward_more=routes + 'duration = "1 h"',
        arrivals=", ".join(['"1 min"'] * 40),
        beds=40,
    )
    return sum(row.endswith("starts lounge") for row in told.rows("starts"))


def test_a_driven_share_moves_some_who_drew_its_route_to_the_one_named_instead() -> None:
    drew, half, none = (to_the_lounge(times, share=0.75) for times in ("1", "0.5", "0"))

    assert 20 < drew < 40
    assert 5 < half < drew - 5
    assert none == 0


def test_a_share_that_grows_takes_from_the_route_named_instead() -> None:
    assert to_the_lounge("1", share=0.25) < 20
    assert to_the_lounge("4", share=0.25) == 40


def test_a_driven_price_is_its_mean_over_each_period() -> None:
    said = '{ times = "if time < 6 then 1 else 3", between = [0, 4] }'

    told = slower("activities.ward.cost.contact", said, ward_more='cost = { contact = "£40" }')

    assert exchanged(told).price_means.tolist() == [[(6 + 18 * 3) / 24], [3.0]]


def half(text: str) -> Told:
    """Run half of a place."""
    return tell(text, window=replace(span("2 days", period="1 h"), population_share=Fraction(1, 2)))


def test_stocks_read_a_share_of_the_place_as_the_whole_of_it_and_give_it_a_share_of_places() -> None:
    reads = '[exchange.reads]\nseen = "activity.ward.waiting, now"\nfull = "resource.beds.occupancy, now"\n'
    still = GROWING.replace('"0.3"', '"0"').replace("1.5", "3.5")

    told = half(ward(still + reads, arrivals=", ".join(['"1 h"'] * 5)))

    assert len([row for row in told.rows("starts") if row.startswith("1:00")]) == 2
    assert exchanged(told).reads[1].tolist() == [1.0, 6.0]


def test_a_case_of_half_a_place_is_two_heads_of_a_stock() -> None:
    records = exchanged(half(HEADS))

    assert records.taken[0] > 3
    assert records.stocks[-1, 0] == pytest.approx(7.6 + 1.7 * 2 - 2 * records.taken[0], abs=1e-9)
    assert records.stocks.min() >= 0
