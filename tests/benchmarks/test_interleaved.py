"""Rounds are interleaved, and a ratio is that of the rounds."""

import sys

import pytest
from interleaved import Timings, interleave, run_child


def test_every_job_runs_once_a_round_and_every_other_round_the_other_way_about() -> None:
    ran: list[str] = []

    def job(name: str) -> float:
        ran.append(name)
        return float(len(ran))

    found = interleave({"one": lambda: job("one"), "two": lambda: job("two")}, rounds=2)

    assert ran == ["one", "two", "two", "one"]
    assert found.seconds == {"one": [1.0, 4.0], "two": [2.0, 3.0]}


def test_what_slows_a_whole_round_falls_out_of_a_ratio() -> None:
    found = Timings(seconds={"ours": [1.0, 50.0, 2.0], "theirs": [2.0, 100.0, 4.0]})

    assert found.times("theirs", over="ours") == 2.0
    assert found.typical("ours") == 2.0


def test_a_child_says_what_it_took() -> None:
    found = run_child([sys.executable, "-c", "print('done')"])

    assert found.said == "done\n"
    assert found.cpu_seconds > 0
    assert found.megabytes > 1


def test_a_child_that_fails_is_quoted() -> None:
    with pytest.raises(ChildProcessError, match=r"exit 3\.\nbecause"):
        run_child([sys.executable, "-c", "import sys; print('because', file=sys.stderr); sys.exit(3)"])
