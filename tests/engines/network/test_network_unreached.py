"""Resources that nobody comes to are as free as stocks as they are by people."""

import pytest
from counting import count
from telling import compiled, span

from simulator.engines.records import AVAILABLE_AREA, FULL_AREA, OPEN_AREA, USED_AREA
from simulator.engines.run import run
from simulator.experiment.window import periods

PLACE = """
[segments.old]
people = 400
[needs.fall]
rate = "0.6 per year"
starts_at = "ward"
[activities.ward]
resource = "beds"
duration = { expon = { mean = "3 days" } }
[resources.beds]
capacity = 6
[resources.idle]
capacity = [["0 days", 3], ["21 days", 0], ["40 days", 5]]
[resources.sessions]
capacity = { number = 2, timetable = "day" }
[timetables.day]
monday = ["09:00-17:00"]
wednesday = ["09:00-13:00"]
"""


@pytest.mark.parametrize("name", ["idle", "sessions"])
def test_places_that_nobody_comes_to_are_free_as_they_are_by_people(name: str) -> None:
    window = span("56 days", warm_up="14 days", period="28 days")
    program = compiled(PLACE, window=window)
    seen = run(program, seed=1, replication=0).resources.values
    seen = seen[-2:, program.names.resources.index(name)]
    seconds = float(periods(program.calendar).window_seconds)

    stocks = count(PLACE, days=56, warm_up=14)

    for field in (AVAILABLE_AREA, OPEN_AREA, FULL_AREA, USED_AREA):
        assert stocks.resource(name, field) == pytest.approx(seen[:, field].sum() / seconds, rel=1e-12)
    assert stocks.resource(name, AVAILABLE_AREA) > 0
