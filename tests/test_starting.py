"""A command that was begun by a fork is a process of its own, with all that it was begun with."""

import os
import signal
import sys
from pathlib import Path

import pytest
from starting import Started, done
from watching import PATIENCE_SECONDS

pytestmark = pytest.mark.skipif("not hasattr(os, 'fork')")
TELLS = """
import os, sys, threading, time
print(os.getpid(), os.getcwd(), os.environ.get("OF_ITS_OWN"), sys.argv[1:], threading.active_count())
print("a fault", file=sys.stderr)
"""


def test_it_has_the_number_folder_environment_and_words_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OF_ITS_OWN", "word")

    ended = done([sys.executable, "-c", f"{TELLS}sys.exit(7)", "one", "two"], folder=tmp_path)

    said = f"{ended.pid} {tmp_path} word ['one', 'two'] 1\n"
    assert (ended.returncode, ended.communicate()) == (7, (said, "a fault\n"))
    assert ended.pid != os.getpid()


def test_a_script_has_its_name_and_an_error_its_traceback(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("print(__name__, __file__)\nraise ValueError('of its own')\n", encoding="utf-8")

    ended = done([sys.executable, str(script)])

    assert ended.returncode == 1
    assert ended.communicate()[0] == f"__main__ {script}\n"
    assert "ValueError: of its own" in ended.communicate()[1]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 9), (signal.SIGKILL, -signal.SIGKILL)])
def test_it_hears_ctrl_c_and_can_be_killed(number: int, code: int) -> None:
    hears = (
        "try:\n    print('here', flush=True)\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    sys.exit(9)"
    )

    with Started([sys.executable, "-c", f"import sys, time\n{hears}"]) as started:
        assert started.first_line() == "here"
        started.send_signal(number)
        started.communicate(timeout=PATIENCE_SECONDS)

    assert started.returncode == code
