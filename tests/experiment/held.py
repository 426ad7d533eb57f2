"""A sweep that is held up at so many parts, so that what befalls it befalls it before its end.

It is the command: only that no piece is begun while there are as many parts as a file says, if it is there.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator import cli
from simulator.experiment import threads
from simulator.experiment.cluster import desk

HELD = "from experiment.held import main; main()"


def hold_at(file: Path, parts: int) -> None:
    """Let the command that looks at a file go on to so many parts."""
    scratch = file.with_suffix(".new")
    scratch.write_text(str(parts), encoding="ascii")
    os.replace(scratch, file)


def parts_of(folder: Path) -> int:
    """Count the parts of a results folder."""
    return sum(1 for _ in (folder / "parts").glob("*.parquet"))


def main() -> None:
    """Be the command in all words but the first, which names the file."""
    file, out = Path(sys.argv.pop(1)), Path(sys.argv[sys.argv.index("--out") + 1])

    def is_held() -> bool:
        return file.exists() and parts_of(out) >= int(file.read_text(encoding="ascii"))

    here: Any = threads._Desk
    there: Any = desk._Desk
    here.do = when_not(is_held, here.do)
    there._hand_out = unless(is_held, there._hand_out)
    cli.main()


def when_not(is_held: Callable[[], bool], does: Callable[..., None]) -> Callable[..., None]:
    """Have a thread wait before it begins a piece; none is begun where all must stop meanwhile."""

    def waits(desk: Any, *what: object) -> None:
        while is_held() and not desk.has_stopped.is_set():
            time.sleep(0.01)
        if not desk.has_stopped.is_set():
            does(desk, *what)

    return waits


def unless(is_held: Callable[[], bool], hands_out: Callable[..., None]) -> Callable[..., None]:
    """Have the cluster given nothing meanwhile; what it has already comes back."""

    def waits(desk: Any) -> None:
        if not is_held():
            hands_out(desk)

    return waits
