"""How far along an experiment is: a bar where somebody watches, a line now and then otherwise."""

import sys
import time
from typing import Protocol, TextIO

SECONDS_BETWEEN_LINES = 10.0


class Progress(Protocol):
    """Somebody to tell how far along the work is."""

    def says(self, line: str) -> None:
        """Hear something worth knowing meanwhile."""

    def begins(self, runs: int) -> None:
        """Hear how many runs there are to do."""

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

    def begins(self, runs: int) -> None:
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

    def says(self, line: str) -> None:
        """Write it."""
        print(line, file=self._stream, flush=True)

    def begins(self, runs: int) -> None:
        """Start counting."""
        self._runs, self._done = runs, 0
        self._began = self._wrote = time.monotonic()

    def advances(self, runs: int) -> None:
        """Count runs done."""
        self._done += runs
        self.waits()

    def waits(self) -> None:
        """Write a line if ten seconds have gone by since the last."""
        now = time.monotonic()
        if now - self._wrote >= SECONDS_BETWEEN_LINES:
            self._wrote = now
            self._write(now)

    def ends(self) -> None:
        """Write the last line."""
        if self._runs:
            self._write(time.monotonic())

    def _write(self, now: float) -> None:
        elapsed = now - self._began
        left = f", about {elapsed / self._done * (self._runs - self._done):.0f} s left" if self._done else ""
        left = left if self._done < self._runs else ""
        print(f"{self._done} of {self._runs} runs done, {elapsed:.0f} s{left}", file=self._stream, flush=True)


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
            TextColumn("running"),
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

    def begins(self, runs: int) -> None:
        """Draw the empty bar."""
        self._bar.start()
        self._task = self._bar.add_task("running", total=runs)

    def advances(self, runs: int) -> None:
        """Fill it further."""
        self._bar.advance(self._task, runs)

    def waits(self) -> None:
        """Let rich keep its clocks going by itself."""

    def ends(self) -> None:
        """Take the bar away."""
        self._bar.stop()


def progress_on(stream: TextIO | None = None) -> Progress:
    """Choose a bar for a terminal, lines for anything else; the standard error unless told."""
    chosen = sys.stderr if stream is None else stream
    return Bar(chosen) if chosen.isatty() else Lines(chosen)
