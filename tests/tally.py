"""What has been compared in this session, told at its end."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass


@dataclass(slots=True)
class Tally:
    """Runs held against each other, and what of them was."""

    pairs: int = 0
    events: int = 0
    numbers: int = 0

    def counts(self) -> tuple[int, ...]:
        """Give the counts, to be sent to another process."""
        return astuple(self)

    def add(self, counts: Sequence[int]) -> None:
        """Add what another process compared."""
        pairs, events, numbers = counts
        self.pairs += pairs
        self.events += events
        self.numbers += numbers

    def __str__(self) -> str:
        return (
            f"EQUALITY {self.pairs:,} pairs of runs: {self.events:,} events compared one by one, "
            f"{self.numbers:,} numbers of their records."
        )


TALLY = Tally()
