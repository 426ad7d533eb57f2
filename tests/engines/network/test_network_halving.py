"""Half the step: what it changes is told, and a step that too much hangs on is refused."""

import pytest
from telling import compiled, span

from simulator.compiler.program import Program
from simulator.engines.network.halving import halved
from simulator.errors import RunFailed

CLINIC = """
[profiles.day]
hour = [HOURS]
[referrals.patient]
rate = "40 per day"
profile = "day"
starts_at = "clinic"
[resources.rooms]
capacity = 4
[activities.clinic]
resource = "rooms"
duration = "2 h"
patience = { expon = { mean = "1 h" } }
"""


def clinic() -> Program:
    hours = ", ".join(["0"] * 9 + ["1"] * 4 + ["0"] * 11)
    window = span("56 days", warm_up="28 days", period="28 days")
    return compiled(CLINIC.replace("HOURS", hours), window=window)


def test_what_half_the_step_changes_is_told_in_a_sentence() -> None:
    told = str(halved(clinic()))

    assert told.startswith("Half the step (30 minutes) changes the baseline's mean occupancies by ")
    assert told.endswith("(clinic).")


def test_a_finer_step_has_less_to_change() -> None:
    usual, fine = (halved(clinic(), step_seconds=step) for step in (3600, 900))

    assert abs(fine.changes[1].share) < 0.5 * abs(usual.changes[1].share)


def test_a_step_that_a_figure_hangs_on_is_refused() -> None:
    with pytest.raises(RunFailed, match=r"the step of 1440 minutes is too coarse .* by \d+%; take engine"):
        halved(clinic(), step_seconds=86_400)
