"""A job that costs nothing, whose workers can be ended by a number: workers import it by this name."""

import os
import resource
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.errors import RunFailed

KILLS, FILLS, FAILS, KILLS_ONCE, CLOSES = 13, 17, 19, 23, 29
MUCH = 1 << 40


@dataclass(frozen=True)
class Squares:
    """Square numbers; some of them end the worker. ``flag`` is a file that is there until one was ended."""

    flag: str = ""
    engine: str = "readable"

    def do(
        self, numbers: Sequence[int], /, *, ran: Callable[[], None], stop: Callable[[], bool]
    ) -> dict[int, int | str]:
        """Square them."""
        for number in numbers:
            self._suffer(number)
        return {number: number**2 for number in numbers}

    def runs(self, numbers: Sequence[int], /) -> int:
        """Count them."""
        return len(numbers)

    def apart(self, numbers: Sequence[int], /) -> list[Sequence[int]]:
        """Give each by itself."""
        return [(number,) for number in numbers]

    def lost(self, numbers: Sequence[int], /, why: str) -> dict[int, int | str]:
        """Say why."""
        return {numbers[0]: why}

    def _suffer(self, number: int) -> None:
        """Have happen what a number stands for."""
        once = number == KILLS_ONCE and Path(self.flag).exists()
        if once:
            Path(self.flag).unlink()
        if number == KILLS or once:
            os.kill(os.getpid(), signal.SIGKILL)
        if number == FILLS:
            limits = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (MUCH // 2, limits[1]))
            bytearray(MUCH)
        if number == CLOSES:
            from distributed.comm import CommClosedError

            raise CommClosedError("of its own")
        if number == FAILS:
            raise RunFailed("places blocked each other.")
