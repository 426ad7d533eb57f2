"""The user is told when the first run waits for the compiler, and not told otherwise."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.engines import readiness
from simulator.engines.draws import uniform
from simulator.engines.readiness import is_compiled, must_be_compiled

# A small kernel stands in for the engine's, which takes long to compile.
PROGRAM = """
import sys
import tempfile
if "nowhere" in sys.argv:
    tempfile.tempdir = "/proc/version"
from simulator.engines.draws import uniform
from simulator.engines.readiness import is_compiled
before = is_compiled(uniform) or is_compiled(uniform)  # to ask compiles nothing
if "draw" in sys.argv:
    uniform(1, 2, 3, 4, 5, 6)
print(before, is_compiled(uniform))
"""


def said(*words: str, **environment: str) -> str:
    """Say whether the kernel is compiled, before and after (with ``draw``) it is called."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA")}
    command = [sys.executable, "-c", PROGRAM, *words]
    done = subprocess.run(command, env=inherited | environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Call the kernel where nothing is kept yet; give the folder, and what was said."""
    folder = tmp_path_factory.mktemp("kept")
    return folder, said("draw", NUMBA_CACHE_DIR=str(folder))


def test_a_kernel_is_compiled_once_it_was_called_and_stays_so_on_disk(drawn: tuple[Path, str]) -> None:
    folder, first = drawn

    assert first == "False True"
    assert said(NUMBA_CACHE_DIR=str(folder)) == "True True"


def test_a_damaged_entry_is_to_be_compiled_again(drawn: tuple[Path, str], tmp_path: Path) -> None:
    shutil.copytree(drawn[0], tmp_path / "damaged")
    for file in (tmp_path / "damaged").rglob("*.nbi"):
        file.write_bytes(b"\x80\x04 spoilt")

    assert said("draw", NUMBA_CACHE_DIR=str(tmp_path / "damaged")) == "False True"


def test_where_nothing_can_be_kept_every_process_compiles() -> None:
    nowhere = {"NUMBA_CACHE_DIR": "/proc/version/no_folder"}

    assert said("nowhere", "draw", **nowhere) == "False True"
    assert said("nowhere", **nowhere) == "False False"


def test_without_the_compiler_there_is_nothing_to_compile() -> None:
    assert said(NUMBA_DISABLE_JIT="1") == "True True"


def test_the_readable_engine_needs_no_compiler(monkeypatch) -> None:
    monkeypatch.setattr(readiness, "is_compiled", lambda kernel: False)

    assert not must_be_compiled("readable")
    assert must_be_compiled("people")
    monkeypatch.undo()
    uniform(1, 2, 3, 4, 5, 6)
    assert is_compiled(uniform)
