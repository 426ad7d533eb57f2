"""Worlds that were counted as stocks already: the same program is the same observation, whichever point asks.

A point of a sweep that changes what is on in one scenario alone leaves the other worlds as they were.
"""

import threading
from collections import OrderedDict
from dataclasses import replace

from simulator.compiler.program import Program
from simulator.experiment.observation import Observation

# An observation of a whole place is some 30 MB: one of each world of a point, in most experiments.
KEPT = 3


class KnownWorlds:
    """The observations of the last few worlds; threads may share them."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Observation] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, program: Program, *, scenario: str, replication: int) -> Observation | None:
        """Give what is known of a program, in another's name."""
        with self._lock:
            found = self._known.get(program.fingerprint)
            if found is None:
                return None
            self._known.move_to_end(program.fingerprint)
        return replace(found, scenario=scenario, replication=replication)

    def keeps(self, program: Program, observation: Observation) -> None:
        """Keep an observation, in place of the one asked for least lately."""
        with self._lock:
            self._known[program.fingerprint] = observation
            self._known.move_to_end(program.fingerprint)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
