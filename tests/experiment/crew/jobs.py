"""Jobs that cost nothing, for worker processes, which import them by this name."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

from experiment.cluster.jobs import Squares

from simulator.errors import RunFailed


@dataclass(frozen=True)
class Numbers:
    """Do something with numbers, one by one, and tell of each; none may be lost."""

    engine: str = "readable"

    def do(
        self, numbers: Sequence[int], /, *, ran: Callable[[], None], stop: Callable[[], bool]
    ) -> dict[int, object]:
        """Do it."""
        found: dict[int, object] = {}
        for number in numbers:
            found[number] = self.of(number)
            ran()
        return found

    def of(self, number: int) -> object:
        """Give what comes of a number."""
        return number**2

    def runs(self, numbers: Sequence[int], /) -> int:
        """Count them."""
        return len(numbers)

    def apart(self, numbers: Sequence[int], /) -> list[Sequence[int]]:
        """Give each by itself."""
        return [(number,) for number in numbers]

    def lost(self, numbers: Sequence[int], /, why: str) -> dict[int, object]:
        """Raise ``RunFailed``."""
        raise RunFailed(f"{numbers}: {why}")


class Who(Numbers):
    """Say which process it is."""

    def of(self, _: int) -> object:
        """Give its number."""
        return os.getpid()


class Remembers(Numbers):
    """Say how many numbers it has seen."""

    def of(self, _: int) -> object:
        """Count."""
        self.__dict__["seen"] = self.__dict__.get("seen", 0) + 1
        return self.__dict__["seen"]


class Sleeps(Numbers):
    """Say which process it is, in a file, and sleep so many seconds."""

    def of(self, seconds: int) -> object:
        """Sleep."""
        print(os.getpid(), file=open(os.environ["SAYS_WHO"], "w"), flush=True)  # noqa: SIM115
        time.sleep(seconds)
        return seconds


class Around(Numbers):
    """Say what there is around a worker; print, too, which nobody is to take for an answer."""

    def of(self, _: int) -> object:
        """Give its environment, and whether Ctrl-C in our terminal would reach it."""
        print("something printed", flush=True)
        return dict(os.environ), os.getsid(0) == os.getpid()


class EveryOneKills(Squares):
    """Costs its worker whatever the number; none may be lost."""

    def _suffer(self, number: int) -> None:
        os.kill(os.getpid(), 9)

    def lost(self, numbers: Sequence[int], /, why: str) -> dict[int, int | str]:
        """Raise ``RunFailed``."""
        raise RunFailed(f"{numbers[0]}: {why}")


class TellsFirst(Squares):
    """Squares that are told of one by one, before what a number stands for happens."""

    def do(
        self, numbers: Sequence[int], /, *, ran: Callable[[], None], stop: Callable[[], bool]
    ) -> dict[int, int | str]:
        """Square them."""
        ran._told = 0.0  # so that each is sent at once
        for _ in numbers:
            ran()
            ran._told = 0.0
        return super().do(numbers, ran=ran, stop=stop)


@dataclass
class Stuck(Exception):
    """An error that no pickle can hold."""

    lock: object = field(default_factory=Lock)


class Sticks(Numbers):
    """Raise what cannot be sent."""

    def of(self, _: int) -> object:
        """Raise it."""
        raise Stuck
