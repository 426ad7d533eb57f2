"""Chance: draws by address, and the times drawn from them."""

from simulator.compiler.program import Program
from simulator.engines.draws import uniform
from simulator.engines.population import Key
from simulator.engines.profile_time import DAY, second_after
from simulator.engines.variates import variate, whole_seconds

# Draws of an activity's purpose (docs/design.md, Identity and chance).
DURATION, ROUTE, PATIENCE, GIVES_UP, LEAVING, REFUSED, INTERRUPTED, TURNAROUND = range(8)
# Draws of an intervention's purpose.
UPTAKE, LOT, LENGTH = range(3)


class Chance:
    """The draws of one replication."""

    def __init__(self, program: Program, *, seed: int, replication: int) -> None:
        self.key = Key(seed, replication)
        laws, profiles = program.laws, program.profiles
        self._laws = (laws.kind, laws.scale, laws.first, laws.size, laws.points, laws.cumulative)
        self._profiles = (
            profiles.day_start,
            profiles.day_weight,
            profiles.border_first,
            profiles.border_second,
            profiles.border_integral,
        )
        self._year_start = int(program.calendar.year_start_second[0])

    def uniform(self, address: int, purpose: int, *, visit: int, draw: int) -> float:
        """Return the uniform number at an address."""
        return float(uniform(*self.key, address, purpose, visit, draw))

    def value(self, law: int, u: float, *, number: int) -> float:
        """Return the variate of a law at ``u`` (before rounding); ``number`` is the case's, for values in
        order."""
        return float(variate(*self._laws, law, u, number))

    def seconds(self, law: int, u: float, *, number: int) -> int:
        """Return a time, rounded once to the nearest second, halves up, a positive one to at least one."""
        return int(whole_seconds(self.value(law, u, number=number)))

    def leaving_second(self, profile: int, due: int, *, u: float) -> int:
        """Return the leaving moment for a stay due to end at ``due``: 24 profile hours, drawn."""
        return int(second_after(*self._profiles, self._year_start, profile, due, u * DAY))
