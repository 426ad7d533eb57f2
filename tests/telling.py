"""A tiny language for tests: a model as the text of its file, who needs what when, and what then happens.

``tell(text, needs=[("1 h", "fall", 0)])`` runs the readable engine on the model, holds the compiled one to
the same events and records, and gives a :class:`Told`, whose rows read like ``"1:00 fall#1 starts ward"``:
time, class and number of the case, what, where. Day 0 is a Monday.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from comparing import expect_equal

from simulator.compiler import Window, compile_model
from simulator.compiler.program import Program
from simulator.definition import load_model
from simulator.definition.model import Model
from simulator.engines import log
from simulator.engines.candidates import COLUMN_BITS, K_BITS, PERSON_BITS, RANK_BITS, RANKS
from simulator.engines.demand import Demand
from simulator.engines.records import Run
from simulator.engines.run import Engine, run
from simulator.engines.year_candidates import LifeCandidates, Span, YearCandidates
from simulator.units import parse_quantity

MONDAY = date(2025, 4, 7)
HEAD = f"schema_version = 1\nstarts = {MONDAY}\n"
HOUR, DAY, WEEK = 3_600, 86_400, 604_800
SEED = 20250401
ENGINES: tuple[Engine, ...] = ("readable", "people")

# (when, need, place of the person, threshold a year); a threshold left out is never too high.
Said = Sequence[tuple[str, str, int] | tuple[str, str, int, float]]
OF_PERSONS = (log.ENROLLED, log.LEFT_ENROLMENT, log.BECOMES, log.DEATH, log.JOINS, log.AVERTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A run, and its events in words."""

    program: Program
    run: Run

    def rows(self, *what: str) -> list[str]:
        """Give the events, only those of these kinds if any are named, in order of happening."""
        events = self.run.log
        assert events is not None
        columns = (events.second, events.what, events.person, events.number, events.activity, events.klass)
        return [
            self._row(*row)
            for row in zip(*(column.tolist() for column in columns), strict=True)
            if not what or log.NAMES[row[1]] in what
        ]

    def _row(self, second: int, what: int, person: int, number: int, activity: int, klass: int) -> str:
        names = self.program.names
        if what in OF_PERSONS:
            return f"{clock(second)} person {person} {log.NAMES[what]} {self._of_person(what, klass)}"
        where = f" {names.activities[activity]}" if activity >= 0 else ""
        return f"{clock(second)} {names.classes[klass]}#{number} {log.NAMES[what]}{where}"

    def _of_person(self, what: int, which: int) -> str:
        names = self.program.names
        if what in (log.ENROLLED, log.LEFT_ENROLMENT):
            return names.interventions[which]
        return names.classes[which] if what == log.AVERTED else names.segments[which]

    def activity(self, name: str, field: int) -> int:
        """Add up a field of an activity's records over periods, groups and homes."""
        rows = self.program.activities.row[self.program.names.activities.index(name)]
        homes = len(self.program.names.homes) + 1
        mine = {row + home for row in rows[rows >= 0].tolist() for home in range(homes)}
        records = self.run.activities
        chosen = np.isin(records.row, sorted(mine))
        return int(records.values[chosen, field].sum())

    def resource(self, name: str, field: int) -> list[int]:
        """Give a field of a resource's records, period by period."""
        column = self.run.resources.values[:, self.program.names.resources.index(name), field]
        return [int(value) for value in column]


def clock(second: int) -> str:
    """Write a second as hours and minutes since second 0, with seconds where there are any."""
    hours, rest = divmod(second, HOUR)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")


def tell(
    text: str,
    *,
    needs: Said | None = None,
    life: Said = (),
    on: Sequence[str] = (),
    window: Window | None = None,
    number: int = 0,
) -> Told:
    """Run both engines on a model, with the needs and life events as said (drawn where none are)."""
    program = compiled(text, window=window, on=tuple(on))
    demand = None if needs is None else SaidDemand(program, needs=needs, life=life)
    told, other = (
        Told(
            program=program,
            run=run(program, engine=engine, seed=SEED, replication=number, demand=demand, keeps_log=True),
        )
        for engine in ENGINES
    )
    expect_equal(told.run, other.run, program)
    return told


def span(length: str, *, warm_up: str = "0 s", period: str = "1 day") -> Window:
    """Give a window of so long after a warm-up."""
    return Window(
        starts=MONDAY,
        warm_up_seconds=seconds(warm_up),
        horizon_seconds=seconds(length),
        period_seconds=seconds(period),
    )


def seconds(text: str) -> int:
    """Read a time in whole seconds."""
    return int(parse_quantity(text)[0])


@cache
def model(text: str) -> Model:
    """Read a model from the text of its file (what every file needs is put before it)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.toml"
        path.write_text(text if "schema_version" in text else HEAD + text, encoding="utf-8")
        return load_model(path)


def compiled(text: str, *, window: Window | None = None, on: Sequence[str] = ()) -> Program:
    """Compile a model from text; one day without warm-up unless told otherwise."""
    return compile_model(model(text), window=window or span("1 day"), on=tuple(on))


class SaidDemand(Demand):
    """A demand in which people need, become and die as said; referrals are the model's own."""

    def __init__(self, program: Program, *, needs: Said, life: Said = ()) -> None:
        super().__init__(program, seed=SEED, replication=0)
        names = program.names
        self._needs = _columns(needs, names.needs)
        second, place, person, threshold = _columns(life, ("dead", *names.segments))
        self._lives = second, place, person, threshold

    def year(self, place: int) -> YearCandidates:
        """Give what is needed in a calendar year."""
        return YearCandidates(
            rows=_packed(self._needs, self._span(place)),
            span=self._span(place),
            purpose=self._program.needs.hash,
            address=self.address,
        )

    def life(self, place: int) -> LifeCandidates:
        """Give who becomes what in a calendar year."""
        return LifeCandidates(
            rows=_packed(self._lives, self._span(place)),
            span=self._span(place),
            target_of=_targets(self._program),
        )


def _packed(said: tuple[np.ndarray, ...], span: Span) -> np.ndarray:
    """Write columns as rows of candidates of a year; a threshold is that of the nearest rank."""
    inside = (said[0] >= span.start) & (said[0] < span.end)
    second, column, person, threshold = (values[inside] for values in said)
    layer = np.where(threshold < 0.5, 0, np.floor(np.log2(np.maximum(threshold, 0.5))).astype(np.int64) + 2)
    low, width = np.where(layer == 0, 0.0, 0.25 * 2.0**layer), np.where(layer == 0, 0.5, 0.25 * 2.0**layer)
    rank = np.clip(np.round((threshold - low) / width * RANKS - 0.5), 0, RANKS - 1).astype(np.int64)
    first = ((((second - span.start) << COLUMN_BITS) | column) << PERSON_BITS) | person
    return np.stack([first, (((layer << K_BITS) | np.arange(len(second))) << RANK_BITS) | rank], axis=1)


def _targets(program: Program) -> np.ndarray:
    segments = len(program.names.segments)
    return np.append(segments, np.arange(segments))


def _columns(said: Said, names: Sequence[str]) -> tuple[np.ndarray, ...]:
    rows = sorted((seconds(when), names.index(what), person, *rest) for when, what, person, *rest in said)
    full = [(*row, 0.0)[:4] for row in rows]
    second, which, person = (np.array([row[i] for row in full], dtype=np.int64) for i in range(3))
    return second, which, person, np.array([row[3] for row in full], dtype=np.float64)
