"""The command from its first line to its last: Ctrl-C is one sentence, and after the last it is nothing."""

import sys
import tomllib
from pathlib import Path
from subprocess import run

import pytest
from experiment.ward import ward_experiment
from starting import done

from simulator.errors import STOPPED

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
# Whoever runs the tests in the background has Ctrl-C ignored, so each says that it is heard.
# Ctrl-C falls as soon as a room is asked for.
WHILE_IT_READS = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
room = sys.argv.pop(1)
class CtrlC:
    def find_spec(self, name, *_):
        if name == room:
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, CtrlC())
from simulator.command import main
main()
"""
AS_PYTHON_ENDS = """
import atexit, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from simulator.command import main
atexit.register(signal.raise_signal, signal.SIGINT)
main()
"""
WHILE_IT_IS_TOLD = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from simulator import cli
from simulator.command import main
fail = cli._fail
def and_again(*said, **named):
    signal.raise_signal(signal.SIGINT)
    fail(*said, **named)
def interrupted():
    raise KeyboardInterrupt
cli._fail, cli.app = and_again, interrupted
main()
"""
IN_THE_BACKGROUND = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
from simulator.command import main
signal.raise_signal(signal.SIGINT)
main()
"""


@pytest.mark.parametrize("room", ["simulator.cli", "typer", "simulator.analysis", "simulator.reports.page"])
def test_ctrl_c_while_the_command_is_read_in_is_one_sentence(tmp_path: Path, room: str) -> None:
    words = ["run", ward_experiment(tmp_path).origin.file, "--out", str(tmp_path / "out")]

    ended = run([sys.executable, "-c", WHILE_IT_READS, room, *words], capture_output=True, text=True)

    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", f"{STOPPED}\n")
    assert not (tmp_path / "out").exists()


def test_ctrl_c_when_all_is_done_is_not_heard() -> None:
    ended = done([sys.executable, "-c", AS_PYTHON_ENDS, "--version"])

    assert (ended.returncode, ended.communicate()[1]) == (0, "")
    assert ended.communicate()[0].startswith("downstream ")


def test_a_second_ctrl_c_while_the_first_is_told_is_not_told_too() -> None:
    ended = done([sys.executable, "-c", WHILE_IT_IS_TOLD])

    assert (ended.returncode, *ended.communicate()) == (130, "", f"{STOPPED}\n")


def test_a_command_begun_deaf_to_ctrl_c_stays_so() -> None:
    ended = done([sys.executable, "-c", IN_THE_BACKGROUND, "--version"])

    assert (ended.returncode, ended.communicate()[1]) == (0, "")


def test_the_command_that_is_installed_is_this_one() -> None:
    assert tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["scripts"] == {
        "downstream": "simulator.command:main"
    }
