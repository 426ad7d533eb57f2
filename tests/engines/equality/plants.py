"""All plants: every kernel room that holds behaviour has one, and some rooms of the readable engine."""

from plant import Plant
from plants_around_cases import AROUND_CASES
from plants_of_aid import OF_AID
from plants_of_cases import OF_CASES
from plants_of_exchange import OF_EXCHANGE

KERNELS = "kernels/"
# Where things are, the same for all that read it; and how much tables hold, which runs that grow and runs
# whose bounds are checked look at (``test_stopping.py``).
NO_BEHAVIOUR = ("__init__.py", "layout.py", "limits.py")
READABLE: tuple[Plant, ...] = (
    Plant(
        room="readable/places.py",
        defect="nobody in a queue stands before a newcomer",
        old="other_key > key",
        new="other_key >= key or True",
        found_by="long 5",
    ),
    Plant(
        room="readable/places.py",
        defect="the last place that is not reserved is",
        old="return free > self",
        new="return free >= self",
        found_by="short 0",
    ),
    Plant(
        room="readable/agenda.py",
        defect="what is due in one second comes last number first",
        old="(phase << _NUMBER_BITS) + number",
        new="(phase << _NUMBER_BITS) - number",
        found_by="short 0",
    ),
    Plant(
        room="readable/care.py",
        defect="an interruption is not written in the row waited for",
        old="case.waits_for >= 0:\n        world.activities.add(case.wait_row, records.INT",
        new="False:\n        world.activities.add(case.wait_row, records.INT",
        found_by="tight 11",
    ),
)
PLANTS = (*READABLE, *AROUND_CASES, *OF_AID, *OF_CASES, *OF_EXCHANGE)
