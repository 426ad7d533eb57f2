"""Where the rates and the times of a running world are set anew: by stocks, by trends, by shocks."""

from simulator.compiler.program import Floats, Program
from simulator.engines.kernels import layout as at
from simulator.engines.people.world import World


class RateLevers:
    """The rates of one world of the compiled engine."""

    def __init__(self, program: Program, world: World) -> None:
        self._program, self._world = program, world

    def set_need(self, need: int, rates: Floats) -> None:
        """Set the rates a year of a need, by segment and home."""
        self._write(int(self._world.ints[at.NEED_BASE]) + need * rates.size, rates.ravel())

    def set_referral(self, referral: int, rate: float) -> None:
        """Set the rate a year of a referral."""
        row = int(self._world.ints[at.REFERRALS]) + referral * at.REFERRAL_SIZE
        self._world.reals[self._world.ints[row + at.REFERRAL_BASE]] = rate

    def set_joiners(self, segment: int, rate: float) -> None:
        """Set the rate a year at which people join a segment."""
        self._world.reals[self._world.ints[at.JOINER_RATES] + segment] = rate

    def set_duration(self, activity: int, times: float) -> None:
        """Set what times drawn at an activity are multiplied by from now on."""
        row = int(self._world.ints[at.ACTIVITIES]) + activity * at.ACTIVITY_SIZE
        self._world.reals[self._world.ints[row + at.DURATION_TIMES]] = times

    def _write(self, place: int, numbers: Floats) -> None:
        self._world.reals[place : place + len(numbers)] = numbers
