"""Two runs held against each other: the log event by event, then every number of every record, exactly."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import numpy as np
from tally import TALLY

from simulator.compiler.program import Names, Program
from simulator.engines import log
from simulator.engines.records import EventLog, Run

CONTEXT = 10
MOST_DIFFERENCES = 12
# Who computed it, and in how many steps, is no part of what was computed; the log is compared by itself.
NOT_COMPARED = ("engine", "events", "log")
COLUMNS = tuple(column.name for column in fields(EventLog))
OF_PERSONS = (log.ENROLLED, log.LEFT_ENROLMENT, log.BECOMES, log.DEATH, log.JOINS, log.AVERTED)


def expect_equal(expected: Run, found: Run, program: Program) -> None:
    """Fail, saying what differs first, unless two runs are equal in all but the engine and its steps."""
    TALLY.pairs += 1
    difference = first_difference(expected, found, program)
    assert not difference, difference


def first_difference(expected: Run, found: Run, program: Program) -> str:
    """Say what differs first, in the logs if both keep one, else in the records; nothing if all is equal."""
    if expected.log is not None and found.log is not None:
        difference = difference_of_logs(expected.log, found.log, program)
        if difference:
            return difference
    differences = list(differences_of(expected, found, path="run", program=program))
    more = len(differences) - MOST_DIFFERENCES
    return "\n".join(differences[:MOST_DIFFERENCES] + ([f"… and {more} more differ."] if more > 0 else []))


def difference_of_logs(expected: EventLog, found: EventLog, program: Program) -> str:
    """Say which event differs first, with those around it in both; nothing where all are equal."""
    one, other = rows_of(expected), rows_of(found)
    shared = min(len(one), len(other))
    TALLY.events += shared
    differing = np.flatnonzero((one[:shared] != other[:shared]).any(axis=1))
    if not len(differing) and len(one) == len(other):
        return ""
    first = int(differing[0]) if len(differing) else shared
    return "\n".join(
        [
            f"Event {first} differs, of {len(one)} expected and {len(other)} found.",
            *said("both    ", one[max(first - CONTEXT, 0) : first], program),
            *said("expected", one[first : first + CONTEXT], program),
            *said("found   ", other[first : first + CONTEXT], program),
        ]
    )


def rows_of(events: EventLog) -> np.ndarray:
    """Give a log as an array, one row an event."""
    return np.stack([getattr(events, column) for column in COLUMNS], axis=1)


def said(whose: str, rows: np.ndarray, program: Program) -> list[str]:
    """Put events into words."""
    return [f"  {whose}  {in_words(row, program.names)}" for row in rows.tolist()]


def in_words(row: list[int], names: Names) -> str:
    """Put one event into words: day and time, what, whose case, where."""
    second, what, person, case, number, activity, resource, klass = row
    days, rest = divmod(second, 86_400)
    clock = f"day {days} {rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d} ({second})"
    if what in OF_PERSONS:
        return f"{clock} person {person} {log.NAMES[what]} {of_person(what, klass, names)} [{number}]"
    where = "".join(
        f" {of[index]}"
        for of, index in ((names.activities, activity), (names.resources, resource))
        if 0 <= index < len(of)
    )
    return (
        f"{clock} {named(names.classes, klass)}#{number} {log.NAMES[what]}{where}, person {person}, id {case}"
    )


def of_person(what: int, which: int, names: Names) -> str:
    """Name what happened to a person."""
    if what in (log.ENROLLED, log.LEFT_ENROLMENT):
        return named(names.interventions, which)
    return named(names.classes if what == log.AVERTED else names.segments, which)


def named(names: tuple[str, ...], index: int) -> str:
    """Give a name, or the index where there is none: what differs may be anything."""
    return names[index] if 0 <= index < len(names) else f"({index})"


def differences_of(expected: object, found: object, *, path: str, program: Program) -> Iterator[str]:
    """Yield a line for each number, flag or array that differs, however deep."""
    if is_dataclass(expected):
        for field in fields(expected):
            if field.name not in NOT_COMPARED:
                one, other = getattr(expected, field.name), getattr(found, field.name)
                yield from differences_of(one, other, path=f"{path}.{field.name}", program=program)
    elif isinstance(expected, tuple) and isinstance(found, tuple) and len(expected) == len(found):
        for place, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences_of(one, other, path=f"{path}.{place}", program=program)
    elif isinstance(expected, np.ndarray):
        yield from of_arrays(expected, np.asarray(found), path=path, program=program)
    else:
        TALLY.numbers += 1
        if isinstance(expected, tuple) or expected != found:
            yield f"{path}: expected {expected}, found {found}."


def of_arrays(expected: np.ndarray, found: np.ndarray, *, path: str, program: Program) -> Iterator[str]:
    """Yield a line where two arrays differ in kind, shape or any number; nothing is close enough."""
    if expected.dtype != found.dtype or expected.shape != found.shape:
        kinds = (f"{one.dtype} {one.shape}" for one in (expected, found))
        yield f"{path}: expected {next(kinds)}, found {next(kinds)}."
        return
    TALLY.numbers += expected.size
    differing = np.argwhere(expected != found)
    if len(differing):
        first = tuple(differing[0].tolist())
        yield (
            f"{path}{list(first)}: expected {expected[first]!s}, found {found[first]!s}; "
            f"{len(differing)} of {expected.size} numbers differ{rows_named(path, expected, first, program)}."
        )


def rows_named(path: str, expected: np.ndarray, first: tuple[int, ...], program: Program) -> str:
    """Name the activity of a row, or the resource, in which records differ."""
    names = program.names
    if path.endswith("activities.wait_bins"):
        return f" (first in {of_row(first[0], program)})"
    if path.endswith("resources.values"):
        return f" (first in {names.resources[first[1]]})"
    if path.endswith("clocks.stopped"):
        return f" (first in {names.clocks[first[0]]})"
    return ""


def of_row(row: int, program: Program) -> str:
    """Name the activity and the class of a record row."""
    table = program.activities.row
    activity, group = max(
        np.argwhere((table >= 0) & (table <= row)).tolist(), key=lambda pair: int(table[pair[0], pair[1]])
    )
    names = program.names
    return f"{names.activities[activity]}, class {names.classes[group % len(names.classes)]}"
