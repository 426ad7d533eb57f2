"""What a session of comparisons tells at its end."""

import pytest
from comparing import TALLY


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was compared."""
    if TALLY.pairs:
        terminalreporter.write_line(
            f"EQUALITY {TALLY.pairs:,} pairs of runs: {TALLY.events:,} events compared one by one, "
            f"{TALLY.numbers:,} numbers of their records."
        )
