"""A report interval changes no measure."""

import pytest
from telling import span, tell

from simulator.analysis.measures import standard_names, value
from simulator.analysis.reading import Reading, frame
from simulator.experiment.measure_names import read_name, vocabulary
from simulator.experiment.observe import observe

WARD = """
[segments.adults]
people = 400
becomes = { dead = "0.05 per year" }
[needs.illness]
rate = "9 per year"
starts_at = "ward"
[resources.beds]
capacity = 3
[activities.ward]
resource = "beds"
duration = { expon = { mean = "10 h" } }
patience = { expon = { mean = "9 days" } }
[clocks.whole]
starts = "ward.arrival"
stops = "ward.leave"
targets = ["12 hours", "3 days"]
[counts.noon]
of = ["resource.beds"]
at = "12:00"
"""


def measures(period: str) -> dict[str, float | None]:
    """Read every standard measure of six weeks reported by the period."""
    told = tell(WARD, window=span("6 weeks", warm_up="2 weeks", period=period))
    reading = Reading(observe(told.run, told.program, scenario="baseline"), frame(told.program))
    known = vocabulary([told.program])
    return {name: value(reading, read_name(name, known)) for name in standard_names(known)}


@pytest.mark.parametrize("period", ["1 day", "10 days", "6 weeks", "5 h"])
def test_a_report_interval_changes_no_measure(period: str) -> None:
    weekly = measures("1 week")

    assert (weekly["clock.whole.open_over.3_days"] or 0) > 1
    assert measures(period) == weekly
