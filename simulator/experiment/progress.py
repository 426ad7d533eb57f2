"""How far along an experiment is: a bar where somebody watches, a line now and then otherwise."""

import sys
import time
from collections.abc import Callable
from typing import Protocol, TextIO

SECONDS_BETWEEN_LINES = 10.0
COMPILING = "compiling the engine"
RUNNING = "running"

Readiness = Callable[[], bool]


def at_once() -> bool:
    """Say that nothing has to be compiled first."""
    return True


class Progress(Protocol):
    """Somebody to tell how far along the work is."""

    def says(self, line: str) -> None:
        """Hear something worth knowing meanwhile."""

    def begins(self, runs: int, *, ready: Readiness = at_once) -> None:
        """Hear how many runs there are to do; until ``ready`` says so, the engine is being compiled."""

    def advances(self, runs: int) -> None:
        """Hear that so many more are done."""

    def waits(self) -> None:
        """Hear that time passes."""

    def ends(self) -> None:
        """Hear that it is over."""


class Silence:
    """Tell nobody."""

    def says(self, line: str) -> None:
        """Say nothing."""

    def begins(self, runs: int, *, ready: Readiness = at_once) -> None:
        """Say nothing."""

    def advances(self, runs: int) -> None:
        """Say nothing."""

    def waits(self) -> None:
        """Say nothing."""

    def ends(self) -> None:
        """Say nothing."""


class Lines:
    """Write a line every ten seconds."""

    def __init__(self, stream: TextIO) -> None:
        """Write to this stream."""
        self._stream = stream
        self._runs = self._done = 0
        self._began = self._wrote = 0.0
        self._ready: Readiness | None = None
        self._said = -1

    def says(self, line: str) -> None:
        """Write it."""
        print(line, file=self._stream, flush=True)

    def begins(self, runs: int, *, ready: Readiness = at_once) -> None:
        """Start counting, time too once the engine is compiled."""
        self._runs, self._done, self._said = runs, 0, -1
        self._began = self._wrote = time.monotonic()
        self._ready = None if ready() else ready

    def advances(self, runs: int) -> None:
        """Count runs done."""
        self._done += runs
        self.waits()

    def waits(self) -> None:
        """Write a line if ten seconds have gone by since the last."""
        now = time.monotonic()
        if self._ready is not None and (self._done or self._ready()):
            self.says(f"Compiled in {now - self._began:.0f} s.")
            self._ready, self._began, self._wrote = None, now, now
        if now - self._wrote >= SECONDS_BETWEEN_LINES:
            self._wrote = now
            self._write(now)

    def ends(self) -> None:
        """Write the last line, unless it stands there already."""
        if self._runs and self._said < self._runs and self._ready is None:
            self._write(time.monotonic())

    def _write(self, now: float) -> None:
        elapsed = now - self._began
        if self._ready is not None:
            self.says(f"Compiling, {elapsed:.0f} s so far")
            return
        self._said = self._done
        left = f", about {elapsed / self._done * (self._runs - self._done):.0f} s left" if self._done else ""
        left = left if self._done < self._runs else ""
        self.says(f"{self._done} of {self._runs} runs done, {elapsed:.0f} s{left}")


class Bar:
    """Draw a bar on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        """Draw on this stream."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )
        from rich.progress import Progress as RichProgress

        self._bar = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(file=stream),
            transient=True,
        )

    def says(self, line: str) -> None:
        """Write it above the bar."""
        self._bar.console.print(line, markup=False, highlight=False)

    def begins(self, runs: int, *, ready: Readiness = at_once) -> None:
        """Draw the empty bar; its clock starts once the engine is compiled."""
        self._ready = None if ready() else ready
        self._bar.start()
        says = RUNNING if self._ready is None else COMPILING
        self._task = self._bar.add_task(says, total=runs, start=self._ready is None)

    def advances(self, runs: int) -> None:
        """Fill it further."""
        self._look(runs)
        self._bar.advance(self._task, runs)

    def waits(self) -> None:
        """See whether the engine is compiled; rich keeps its clocks going by itself."""
        self._look(0)

    def _look(self, runs: int) -> None:
        if self._ready is not None and (runs or self._ready()):
            self._ready = None
            self._bar.update(self._task, description=RUNNING)
            self._bar.start_task(self._task)

    def ends(self) -> None:
        """Take the bar away."""
        self._bar.stop()


def progress_on(stream: TextIO | None = None) -> Progress:
    """Choose a bar for a terminal, lines for anything else; the standard error unless told."""
    chosen = sys.stderr if stream is None else stream
    return Bar(chosen) if chosen.isatty() else Lines(chosen)
