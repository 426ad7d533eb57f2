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


def test_no_time_left_is_guessed_from_the_time_that_compiling_took(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 12.0, 34.0, 40.0, 54.0, 55.0])
    ready = iter([False, False, True])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    stream = io.StringIO()
    lines = Lines(stream)

    lines.begins(4, ready=lambda: next(ready))
    lines.waits()
    lines.waits()
    lines.advances(1)
    lines.advances(1)

    said = ["Compiling, 12 s so far", "Compiled in 34 s.", "2 of 4 runs done, 20 s, about 20 s left"]
    assert stream.getvalue().splitlines() == said


def test_that_all_runs_are_done_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 11.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    stream = io.StringIO()
    lines = Lines(stream)

    lines.begins(2)
    lines.advances(2)
    lines.ends()

    assert stream.getvalue() == "2 of 2 runs done, 11 s\n"


def test_a_bar_says_that_it_compiles_until_it_runs() -> None:
    stream = io.StringIO()
    bar = Bar(stream)
    ready = iter([False, True])

    bar.begins(2, ready=lambda: next(ready))
    (task,) = bar._bar.tasks
    before = (task.description, task.elapsed)
    bar.waits()
    bar.ends()

    assert before == ("compiling the engine", None)
    assert task.description == "running"
    assert task.started


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
