"""Shared premises and an action week in small: the mechanism, and its absence when the switch is off."""

from telling import span, tell

PRACTICES = """
[localities.east]
share = 0.5
[localities.west]
share = 0.5
[segments.all]
people = 10
[needs.cough]
rate = "10 per year"
starts_at = "visit"
[resources.clinicians]
capacity = 8
each = "locality"
[resources.clinic_rooms]
capacity = 0
staffed_from = { clinicians = 2 }
[activities.visit]
resource = "clinicians"
if_full = ["hot_clinic"]
duration = "1 h"
[activities.hot_clinic]
resource = "clinic_rooms"
duration = "1 h"
[interventions.flood]
[[interventions.flood.effects]]
outage = { resources = ["clinicians"], from = "20 h", lasts = "15 h" }
[interventions.shared_premises]
adds = [{ resource = "clinic_rooms", capacity = 2 }]
[interventions.action_week]
starts = "7 days"
fades = { linear = "28 days" }
[[interventions.action_week.effects]]
times = "needs.cough.rate"
value = 0.5
"""
FLOODED = [("21 h", "cough", 0), ("22 h", "cough", 1), ("23 h", "cough", 2)]


def test_who_finds_the_practice_shut_waits_until_it_opens_where_nothing_is_shared() -> None:
    told = tell(PRACTICES, needs=FLOODED, window=span("4 days"), on=("flood",))

    assert [row.split()[0] for row in told.rows("starts")] == ["35:00"] * 3


def test_who_finds_the_practice_shut_is_seen_in_shared_premises_as_far_as_they_go() -> None:
    told = tell(PRACTICES, needs=FLOODED, window=span("4 days"), on=("flood", "shared_premises"))

    assert told.rows("starts") == [
        "21:00 cough#1 starts hot_clinic",
        "22:00 cough#2 starts hot_clinic",
        "23:00 cough#3 starts hot_clinic",
    ]


def test_nobody_comes_to_shared_premises_while_there_are_none() -> None:
    told = tell(PRACTICES, needs=FLOODED, window=span("4 days"))

    assert {row.split()[-1] for row in told.rows("starts")} == {"visit"}


def test_what_an_action_week_averts_fades_and_nothing_is_left() -> None:
    needs = [(when, "cough", 0, 7.0) for when in ("6 days", "8 days", "28 days", "40 days")]

    told = tell(PRACTICES, needs=needs, window=span("60 days"), on=("action_week",))

    assert [row.split()[0] for row in told.rows("averted")] == ["192:00"]
    assert [row.split()[0] for row in told.rows("starts")] == ["144:00", "672:00", "960:00"]
