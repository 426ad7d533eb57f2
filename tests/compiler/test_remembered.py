"""What is remembered of one program is told of another only where it is the same."""

import pytest
from compiler.models import TWO

from simulator.compiler import exits, flows, profiles
from simulator.compiler.memory import Memory

HOURS = """
[profiles.day]
hour = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
"""
PROFILED = TWO.replace('starts_at = "acute"', 'starts_at = "acute"\nprofile = "day"')
TEXT = PROFILED.replace('resource = "beds"', 'resource = "beds"\npresent_at_start = "steady"') + HOURS
OTHERS = [
    ("rehab = 0.25, exit = 0.75", "rehab = 0.5, exit = 0.5"),
    ("rehab = 0.25, exit = 0.75", "rehab = 0, exit = 1"),
    ('duration = "8 days"', 'duration = "8 days"\nroutes = { acute = 0.1, exit = 0.9 }'),
    ('duration = "4 days"', 'duration = "5 days"'),
    ("[1, 1,", "[2, 1,"),
    ('rate = "1 per day"', 'rate = "2 per day"'),
]


@pytest.mark.parametrize(("said", "instead"), OTHERS)
def test_a_program_is_the_same_whatever_was_compiled_before(
    said: str, instead: str, check, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = TEXT.replace(said, instead)
    assert check(TEXT).program.fingerprint != check(other).program.fingerprint
    after_another = check(other).program.fingerprint

    for room, name in ((exits, "FOUND"), (flows, "LISTED"), (profiles, "BUILT")):
        monkeypatch.setattr(room, name, Memory(16))

    assert check(other).program.fingerprint == after_another
