"""The comparison of two runs sees every difference, and the generated models bring rules to bear."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest
from comparing import first_difference
from known_models import shipped
from pairs import Pair, pair
from worlds import SEED

from simulator.engines.readable import run_readable


@pytest.fixture(scope="module")
def small() -> Pair:
    """Run the small place with its care plans, which leaves something in every record."""
    return pair(shipped()["small place, care plans"]())


def test_a_run_equals_itself_run_again(small: Pair) -> None:
    again = run_readable(small.program, seed=SEED, replication=0, demand=small.demand, keeps_log=True)

    assert first_difference(small.readable, again, small.program) == ""


def test_the_first_event_that_differs_is_told_with_those_before_it(small: Pair) -> None:
    events = small.readable.log
    assert events is not None
    second = events.second.copy()
    second[700:] += 1

    said = first_difference(
        small.readable, replace(small.readable, log=replace(events, second=second)), small.program
    )

    assert said.startswith("Event 700 differs")
    assert [said.count(whose) for whose in ("\n  both ", "\n  expected ", "\n  found ")] == [10, 10, 10]


def test_a_log_that_is_longer_differs_at_its_end(small: Pair) -> None:
    events = small.readable.log
    assert events is not None
    shorter = replace(events, **{field.name: getattr(events, field.name)[:-1] for field in fields(events)})

    said = first_difference(small.readable, replace(small.readable, log=shorter), small.program)

    assert said.startswith(f"Event {len(events.second) - 1} differs")


def test_every_number_of_every_record_counts(small: Pair) -> None:
    paths = [path for path, value in numbers_of(small.readable) if value.size]

    for path in paths:
        changed = with_changed(small.readable, path)
        assert f"run.{'.'.join(path)}[" in first_difference(small.readable, changed, small.program)
    assert len(paths) > 25


def test_a_number_of_another_kind_differs(small: Pair) -> None:
    changed = replace(small.readable, exits=small.readable.exits.astype(np.int32))

    assert "run.exits: expected int64" in first_difference(small.readable, changed, small.program)


def numbers_of(record: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], np.ndarray]]:
    """Yield every array of a run but those of its log."""
    if isinstance(record, np.ndarray):
        yield path, record
    elif isinstance(record, tuple):
        for place, one in enumerate(record):
            yield from numbers_of(one, (*path, str(place)))
    elif is_dataclass(record) and path != ("log",):
        for field in fields(record):
            yield from numbers_of(getattr(record, field.name), (*path, field.name))


def with_changed(record: Any, path: tuple[str, ...]) -> Any:
    """Give a record with the last number of one array changed by the least."""
    if not path:
        changed = record.copy()
        last = changed.reshape(-1)[-1]
        next_one = np.nextafter(last, 9.0) if record.dtype == float else last ^ 1
        changed.reshape(-1)[-1] = next_one
        return changed
    name, *rest = path
    if isinstance(record, tuple):
        place = int(name)
        return (*record[:place], with_changed(record[place], tuple(rest)), *record[place + 1 :])
    return replace(record, **{name: with_changed(getattr(record, name), tuple(rest))})
