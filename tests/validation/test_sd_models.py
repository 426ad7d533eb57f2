"""The shared collection of system dynamics models: every folder passes, or has a reason why not.

The models are those of SDXorg/test-models (MIT); each file is run by the command's own rooms, and its table
compared with what other programs gave. A number agrees within 10⁻⁴ of itself, or if both are below 10⁻⁶: the
collection's own rule. Some programs count in single precision: 10⁻⁶ of a column's largest is allowed too.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from simulator.equations.tokens import canonical
from simulator.experiment.stock_files import read_stocks
from simulator.experiment.stock_runs import run_file, table_text

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
FOLDER = SHARED / "validation" / "sd-test-models"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "xmile.md"
RELATIVE, OF_COLUMN = 1e-4, 1e-6
# A folder that does not pass would stand here with its reason; one that passes all the same fails the test.
KNOWN_REASONS: dict[str, str] = {}
# Columns that Vensim writes of every model, whether the file has them or not, and what only its own file has.
NOT_IN_FILE = {
    "saveper",
    "initial_time",
    "final_time",
    "time_step",
    "input",
    "smoothed_input",
    "smoothing_time",
}
FOLDERS = [
    "SIR",
    "abs",
    "arithmetics_exp",
    "builtin_min",
    "chained_initialization",
    "constant_expressions",
    "delay_xmile",
    "exp",
    "exponentiation",
    "game",
    "if_stmt",
    "limits",
    "line_breaks",
    "ln",
    "log",
    "lookups",
    "lookups_inline",
    "model_doc",
    "non_negative_all",
    "non_negative_stocks",
    "number_handling",
    "pi",
    "reference_capitalization",
    "smooth_and_stock",
    "special_characters_xmile",
    "subscript_individually_defined_1d_arrays",
    "subscripted_trig",
    "xidz_zidz",
    "zeroled_decimals",
]


def rows_of(text: str) -> tuple[list[str], np.ndarray]:
    """Read a table; a number that is left out is the one above it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    head, *rows = csv.reader(lines, delimiter="\t" if "\t" in lines[0] else ",")
    table = np.full((len(rows), len(head)), np.nan)
    for at, row in enumerate(rows):
        for place in range(len(head)):
            said = row[place] if place < len(row) else ""
            table[at, place] = float(said) if said else table[at - 1, place]
    return [canonical(name.replace(", ", ",")) for name in head], table


def differences(folder: Path, path: Path) -> Iterator[str]:
    """Say where the table of a file differs from the numbers stored with it."""
    known_names, known = rows_of(next(folder.glob("output.*")).read_bytes().decode("utf-8"))
    names, found = rows_of(table_text(run_file(read_stocks(path))))
    if len(known) != len(found):
        yield f"{len(found)} rows, not {len(known)}"
        return
    for place, name in enumerate(known_names):
        if name not in names:
            if name not in NOT_IN_FILE:
                yield f"no column {name}"
            continue
        theirs, ours = known[:, place], found[:, names.index(name)]
        near = RELATIVE * np.maximum(np.abs(theirs), np.abs(ours)) + OF_COLUMN * max(
            1.0, np.abs(theirs).max()
        )
        if not (np.abs(theirs - ours) <= near).all():
            yield f"{name}: {ours[np.argmax(np.abs(theirs - ours))]:g}"


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_passes_or_has_a_reason(name: str, shared_file: Callable[[str], Path]) -> None:
    folder = shared_file(f"validation/sd-test-models/{name}")
    files = sorted([*folder.glob("*.xmile"), *folder.glob("*.stmx")])

    found = [f"{path.name}: {said}" for path in files for said in differences(folder, path)]

    assert files
    assert bool(found) == (name in KNOWN_REASONS), "\n".join(found)


def test_every_folder_is_in_the_manifest(shared_file: Callable[[str], Path]) -> None:
    folder = shared_file("validation/sd-test-models")

    assert sorted(one.name for one in folder.iterdir() if one.is_dir()) == sorted(FOLDERS)
    assert set(KNOWN_REASONS) <= set(FOLDERS)


def test_the_page_says_of_each_folder_what_the_tests_say() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = [line.split("|")[1:3] for line in page.splitlines() if line.startswith("| `")]
    passing = len(FOLDERS) - len(KNOWN_REASONS)

    said = {name.strip().strip("`"): result.strip() for name, result in rows}

    assert said == {name: KNOWN_REASONS.get(name, "passes") for name in FOLDERS}
    assert f"**{passing} of {len(FOLDERS)}** folders pass" in page
