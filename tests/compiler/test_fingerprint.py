"""The fingerprint: the same for the same model however it is written, another for any change."""

import re
import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from compiler.models import PEOPLE, TWO

from simulator.compiler.fingerprint import fingerprint_of
from simulator.compiler.program import Program

CLOCK = """
[clocks.stay]
starts = "ae.arrival"
stops = ["ae.leave", "ward.end"]
targets = ["4 hours", "12 hours"]
"""


def in_other_order(text: str) -> str:
    """Turn the tables of a file round, and the keys in each."""
    tables = [table for table in re.split(r"^(?=\[)", text, flags=re.M) if table.strip()]
    return "".join(
        "\n".join([head, *reversed(keys)]) + "\n" for head, *keys in map(str.splitlines, reversed(tables))
    )


@pytest.mark.parametrize("text", [TWO, PEOPLE + CLOCK], ids=["referrals", "people"])
def test_the_order_of_a_file_changes_nothing(compile_text, text: str) -> None:
    other = in_other_order(text)

    assert other != text
    assert compile_text(other).fingerprint == compile_text(text).fingerprint


def test_hours_or_days_in_the_file_are_the_same(compile_text) -> None:
    hours = TWO.replace("4 days", "96 hours").replace("1 per day", "7 per week")

    assert compile_text(hours).fingerprint == compile_text(TWO).fingerprint


def test_sources_and_notes_change_nothing(compile_text) -> None:
    noted = TWO.replace('"4 days"', '{ value = "4 days", source = "a study", grade = "B" }')

    assert compile_text(noted).fingerprint == compile_text(TWO).fingerprint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("capacity = 10", "capacity = 11"),
        ("4 days", "4.001 days"),
        ("rehab = 0.25, exit = 0.75", "rehab = 0.26, exit = 0.74"),
        ("stroke", "strokes"),
    ],
)
def test_whatever_changes_a_run_changes_it(compile_text, old: str, new: str) -> None:
    assert compile_text(TWO.replace(old, new)).fingerprint != compile_text(TWO).fingerprint


def test_a_longer_horizon_is_another_program(compile_text) -> None:
    assert compile_text(TWO, horizon_days=29).fingerprint != compile_text(TWO).fingerprint


def test_every_array_counts(compile_text) -> None:
    program = compile_text(PEOPLE + CLOCK)

    known = fingerprint_of(program)
    changed = [fingerprint_of(other) for other in nudged(program)]

    assert known not in changed
    assert len(set(changed)) == len(changed) > 50


def test_what_an_array_is_called_counts(compile_text) -> None:
    program = compile_text(PEOPLE)
    prices = program.prices

    exchanged = replace(program, prices=replace(prices, contact=prices.day + 1.0))

    turned = replace(program, prices=replace(prices, day=prices.contact + 1.0))
    assert fingerprint_of(exchanged) != fingerprint_of(turned)


def nudged(program: Program) -> list[Program]:
    """Give copies of a program with one array changed in each."""
    found = []
    for part in fields(program):
        noun = getattr(program, part.name)
        if not is_dataclass(noun):
            continue
        for field in fields(noun):
            array = getattr(noun, field.name)
            if isinstance(array, np.ndarray) and array.size:
                other = array.copy()
                other.flat[0] = not other.flat[0] if other.dtype == bool else 7 - np.nan_to_num(other.flat[0])
                found.append(replace(program, **{part.name: replace(noun, **{field.name: other})}))
    return found


def test_another_hash_seed_gives_the_same_fingerprint(tmp_path: Path) -> None:
    file = tmp_path / "place.toml"
    file.write_text("schema_version = 1\nstarts = 2025-04-01\n" + PEOPLE + CLOCK, encoding="utf-8")
    script = (
        "import sys; sys.path.insert(0, 'tests'); from compiler.models import window\n"
        "from simulator.compiler import compile_model; from simulator.definition.loading import load_model\n"
        f"print(compile_model(load_model({str(file)!r}), window=window()).fingerprint)"
    )

    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).resolve().parents[2],
        ).stdout
        for seed in ("0", "1")
    }

    assert len(found) == 1
