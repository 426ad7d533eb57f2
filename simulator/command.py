"""The command ``downstream`` from its first line to its last: Ctrl-C is one sentence, wherever it falls.

Reading in what a command needs takes seconds where a machine is busy, and so may Python's own end. Nothing is
begun before the one and all is done before the other, but of Python itself Ctrl-C would be a traceback.
"""

import os
import signal
from types import FrameType

from simulator.errors import STOPPED, Interrupted

STARTS, WORKS, IS_DONE = range(3)


class Hears:
    """Whoever answers Ctrl-C: by ending at once, by ``KeyboardInterrupt``, or not at all when all is done."""

    def __init__(self) -> None:
        """Begin with what has begun nothing yet."""
        self.now = STARTS

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Answer it as is right for what is going on."""
        if self.now == STARTS:
            ends_at_once()
        if self.now == WORKS:
            raise KeyboardInterrupt


def main() -> None:
    """Read in what the command needs, run it, and end with its exit code."""
    hears = Hears()
    # Whoever has begun us deaf to it, as in the background of a script, is left alone.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, hears)
    from simulator.cli import main as run

    try:
        try:
            hears.now = WORKS
            run()
        finally:
            hears.now = IS_DONE
    except KeyboardInterrupt:
        # A second, while the first was being told.
        ends_at_once()


def ends_at_once() -> None:
    """Say that we were stopped and end, without a look at what else may still be at work."""
    os.write(2, f"{STOPPED}\n".encode())
    os._exit(Interrupted.exit_code)
