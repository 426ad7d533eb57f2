"""Processes of Python that need not import the simulator first, for tests that begin many.

One process is kept that has imported what the commands import, and has done nothing else: it has one thread.
It forks itself for each command. What it begins is a process like any other, with its own number, folder,
output and end, which is interrupted and killed like any other. A test of what is imported, or of the
environment that Python begins with, begins Python itself.
"""

import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from types import ModuleType, TracebackType
from typing import IO, Any, Self

WANTED = (
    "simulator.cli",
    "simulator.analysis.sweep",
    "simulator.reports",
    "simulator.experiment.run",
    "numba.np.arraymath",
    "pyarrow.parquet",
    "scipy.stats",
    "plotly.graph_objs._figure",
    "pandas",  # pyarrow imports it where it is installed
)
MOST_BYTES = 1 << 20
NUMBER = struct.Struct("<i")


class Started:
    """A command that was begun; its two outputs go to files, which are read as far as they are written."""

    def __init__(self, command: Sequence[str], *, folder: Path | None = None) -> None:
        """Begin ``[sys.executable, "-c", code, …]`` or ``[sys.executable, script, …]``."""
        self._files = TemporaryFile(), TemporaryFile()  # noqa: SIM115
        self._texts: tuple[str, str] | None = None
        self.returncode: int | None = None
        self._ended, ended = os.pipe()
        asked = {"words": command[1:], "folder": str(folder or Path.cwd()), "environment": dict(os.environ)}
        files = [*(one.fileno() for one in self._files), ended]
        socket.send_fds(kept().asks, [json.dumps(asked).encode(), b"\n"], files)
        os.close(ended)
        self.pid = number_from(self._ended)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.send_signal(signal.SIGKILL)
        self.communicate()

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.returncode is None and not has_more(self._ended, within=0):
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)
        self.communicate()

    def first_line(self) -> str:
        """Wait for the first line that it says, or for its end."""
        while "\n" not in content(self._files[0]) and not has_more(self._ended, within=0.01):
            pass
        return content(self._files[0]).partition("\n")[0]

    def communicate(self, timeout: float = 900) -> tuple[str, str]:
        """Wait for its end and give what it said and what it complained of; raise ``TimeoutError``."""
        if self._texts is None:
            if not has_more(self._ended, within=timeout):
                raise TimeoutError(f"{self.pid} has not ended after {timeout:g} s.")
            self.returncode = number_from(self._ended)
            os.close(self._ended)
            said, complained = map(content, self._files)
            self._texts = said, complained
            for one in self._files:
                one.close()
        return self._texts


@dataclass(frozen=True, slots=True)
class Kept:
    """The process that is kept, and what it is asked by; it ends when that is closed, as we end."""

    process: subprocess.Popen[bytes]
    asks: socket.socket


def done(command: Sequence[str], *, folder: Path | None = None) -> Started:
    """Begin a command and wait for its end."""
    started = Started(command, folder=folder)
    started.communicate()
    return started


def content(file: IO[bytes]) -> str:
    """Read a file from its beginning while another process writes to it."""
    return os.pread(file.fileno(), MOST_BYTES, 0).decode(errors="replace")


@cache
def kept() -> Kept:
    """Begin the process that is kept."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, __file__, str(theirs.fileno())]
    process = subprocess.Popen(
        command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
    )
    theirs.close()
    return Kept(process, ours)


def number_from(end: int) -> int:
    """Read the next number of a pipe."""
    (number,) = NUMBER.unpack(os.read(end, NUMBER.size))
    return int(number)


def has_more(end: int, *, within: float) -> bool:
    """Wait until something can be read of a pipe, so many seconds."""
    return bool(select.select([end], [], [], within)[0])


def listens(asks: socket.socket) -> list[str] | None:
    """Fork for each command that is asked for; give its words in the fork, ``None`` when no more can come."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system clears away those that keep
    while True:
        said, files, *_ = socket.recv_fds(asks, MOST_BYTES, 3)
        while not said.endswith(b"\n"):
            more = asks.recv(MOST_BYTES) if said else b""
            if not more:
                return None
            said += more
        if not os.fork():
            return keeps(json.loads(said), files)
        for one in files:
            os.close(one)


def keeps(asked: dict[str, Any], files: Sequence[int]) -> list[str]:
    """Fork once more: the fork is the command, and this one waits for its end, tells it and is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if not pid:
        return become(asked, files)
    os.write(files[2], NUMBER.pack(pid))
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.write(files[2], NUMBER.pack(code))
    os._exit(0)


def become(asked: dict[str, Any], files: Sequence[int]) -> list[str]:
    """Be the process that was asked for: its outputs, folder, environment and answer to Ctrl-C."""
    os.dup2(files[0], 1)
    os.dup2(files[1], 2)
    os.closerange(3, 64)  # what others are told by
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return asked["words"]


def does(words: Sequence[str]) -> None:
    """Do what Python does with its words."""
    if words[0] == "-c":
        sys.argv = ["-c", *words[2:]]
        sys.modules["__main__"] = main = ModuleType("__main__")
        exec(words[1], vars(main))
        return
    sys.argv = list(words)
    sys.path[0] = str(Path(words[0]).parent)
    runpy.run_path(words[0], run_name="__main__")


if __name__ == "__main__":
    for name in WANTED:
        with suppress(ImportError):
            importlib.import_module(name)
    gc.freeze()  # so that a fork copies no pages to look for what it will not find
    words = listens(socket.socket(fileno=int(sys.argv[1])))
    if words is not None:
        does(words)
