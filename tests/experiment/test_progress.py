"""Progress is told in lines where nobody watches."""

import io

import pytest

from simulator.experiment import progress
from simulator.experiment.progress import Bar, Lines, progress_on


def test_a_line_is_written_every_ten_seconds_and_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 4.0, 11.0, 12.0, 20.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    stream = io.StringIO()
    lines = Lines(stream)

    lines.begins(4)
    lines.advances(1)
    lines.advances(1)
    lines.waits()
    lines.ends()

    assert stream.getvalue().splitlines() == [
        "2 of 4 runs done, 11 s, about 11 s left",
        "2 of 4 runs done, 20 s, about 20 s left",
    ]


@pytest.mark.parametrize("told", [Lines, Bar])
def test_what_is_worth_knowing_is_told_as_it_is(told: type[Lines] | type[Bar]) -> None:
    stream = io.StringIO()

    told(stream).says("Compiling [once]: about 15 seconds…")

    assert stream.getvalue() == "Compiling [once]: about 15 seconds…\n"


def test_a_terminal_gets_a_bar_and_a_file_lines() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert isinstance(progress_on(Terminal()), Bar)
    assert isinstance(progress_on(io.StringIO()), Lines)
